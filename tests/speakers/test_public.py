"""What the public reads of speakers: of those who agreed to be named, and of nobody else."""

import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Activity
from pictures.small import portrait_of
from speakers import actions
from tests import cast
from tests.catalog.asking import titles
from tests.sample_pictures import city

pytestmark = pytest.mark.django_db


def page_of(activity: Activity, prefix: str = "") -> str:
    return Client().get(f"{prefix}/activities/{activity.slug}/").text


@pytest.fixture
def activity() -> Activity:
    made = cast.activity()
    cast.session(made)
    return made


def told(activity: Activity, *, agreed: bool):
    speaker = cast.speaker(activity, agreed=agreed, role_en="Moderator").speaker
    speaker.words_en, speaker.words_fr, speaker.link = (
        "Runs buses.",
        "Dirige les bus.",
        "https://ada.example/",
    )
    speaker.languages = ["fr"]
    speaker.save()
    actions.set_portrait(speaker=speaker, picture=portrait_of(city()), by=None)
    actions.after_change(speaker=speaker)
    return speaker


def test_who_agreed_is_shown_with_words_picture_and_link(activity: Activity) -> None:
    speaker = told(activity, agreed=True)
    page = page_of(activity, "/fr")
    for words in ("Ada Mensah", "Moderator", "Dirige les bus.", 'href="https://ada.example/"', "français"):
        assert words in page
    tag = re.search(r"<img\s+class=\"person-picture\"[^>]*>", page)[0]
    for part in (f'src="{speaker.portrait_url}"', 'alt="Ada Mensah"', 'width="52"', 'loading="lazy"'):
        assert part in tag
    answer = Client().get(speaker.portrait_url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "max-age=86400, public"
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", page, re.S)[1])
    person = data["hasCourseInstance"][0]["performer"][0]
    assert (person["name"], person["url"], person["@type"]) == (
        "Ada Mensah",
        "https://ada.example/",
        "Person",
    )
    assert titles("q=mensah") == [activity.title]


def test_of_who_did_not_agree_nothing_is_shown_found_or_told_to_programs(activity: Activity) -> None:
    speaker = told(activity, agreed=False)
    page = page_of(activity)
    for words in ("Mensah", "Moderator", "Runs buses", "ada.example", speaker.portrait_key, "speakers-title"):
        assert words not in page
    assert titles("q=mensah") == []
    assert Client().get(speaker.portrait_url).status_code == 404


def test_consent_that_is_noted_or_taken_back_shows_at_once(activity: Activity) -> None:
    speaker = told(activity, agreed=False)
    actions.note_consent(speaker=speaker, on=timezone.localdate(), how="by letter, 3 March", by=None)
    assert "Ada Mensah" in page_of(activity)
    assert titles("q=mensah") == [activity.title]
    speaker.consented_on, speaker.consent_how = None, ""
    speaker.save()
    actions.after_change(speaker=speaker)
    assert "Mensah" not in Client().get(f"/activities/{activity.slug}/?fresh").text
    assert titles("q=mensah") == []


def test_long_words_stand_behind_a_disclosure_and_short_ones_are_whole(activity: Activity) -> None:
    speaker = told(activity, agreed=True)
    assert "About Ada Mensah" not in page_of(activity)
    speaker.words_en = "Long ago. " * 20
    speaker.save()
    assert "About Ada Mensah" in Client().get(f"/activities/{activity.slug}/?long").text


def test_the_same_person_speaks_at_many_activities_in_other_roles(activity: Activity) -> None:
    other = cast.activity("Another")
    speaker = cast.speaker(activity, role_en="Moderator").speaker
    assert cast.speaker(other, role_en="Trainer").speaker == speaker
    assert "Trainer" in page_of(other)
    assert "Trainer" not in page_of(activity)


def test_names_of_another_host_or_organization_are_other_people(activity: Activity) -> None:
    one = cast.speaker(activity).speaker
    others = [
        cast.speaker(cast.activity(host=cast.host("cairo"))).speaker,
        cast.speaker(activity, organization="City of Accra").speaker,
        cast.speaker(cast.activity(host=None, offered_by="Somebody")).speaker,
        cast.speaker(cast.activity(host=None, offered_by="Somebody")).speaker,
    ]
    assert len({one, *others}) == 5
