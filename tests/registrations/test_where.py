"""Where a session takes place is worded once: letters, pages and calendars say the same."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from calendars.entries import calendar_file, session_event
from outbox.models import Letter
from page_cache.edition import current_edition
from registrations import actions
from tests import cast

pytestmark = pytest.mark.django_db

LINK = "https://meet.example/secret-room"
VENUE = "City Hall, Seoul"
MARKS = dict.fromkeys(map(ord, "\u2068\u2069"))  # that keep apart what runs the other way

# What the session has, the reader's language, and where it takes place.
CASES = {
    "venue only": ({"venue": VENUE, "joining_link": ""}, "en", VENUE),
    "link only": ({"joining_link": LINK}, "en", "Online"),
    "both": ({"venue": VENUE, "joining_link": LINK}, "en", f"{VENUE}, and online"),
    "neither": ({"joining_link": ""}, "en", "Online"),
    "self-paced, link only": ({"self_paced": True, "joining_link": LINK}, "en", "Online"),
    "self-paced, both": (
        {"self_paced": True, "venue": VENUE, "joining_link": LINK},
        "en",
        f"{VENUE}, and online",
    ),
    "self-paced, neither": ({"self_paced": True, "joining_link": ""}, "en", "Online"),
    "both, in French": (
        {"venue": VENUE, "venue_fr": "Hôtel de Ville", "joining_link": LINK},
        "fr",
        "Hôtel de Ville, et en ligne",
    ),
    "both, named in English only": ({"venue": VENUE, "joining_link": LINK}, "fr", f"{VENUE}, et en ligne"),
    "both, in Arabic": ({"venue": VENUE, "joining_link": LINK}, "ar", f"{VENUE}، وعبر الإنترنت"),
    "neither, in Spanish": ({"joining_link": ""}, "es", "En línea"),
    "named in French only": ({"venue_fr": "Hôtel de Ville", "joining_link": ""}, "en", "Hôtel de Ville"),
    "with signs": ({"venue": "Hall <B> & C", "joining_link": LINK}, "en", "Hall <B> & C, and online"),
}


@pytest.mark.parametrize(("has", "language", "place"), CASES.values(), ids=CASES)
def test_letter_pages_and_calendars_say_the_same(client, has, language, place):
    session = cast.session(**has)
    reader = cast.person(language=language)
    client.force_login(reader)
    with translation.override(language):  # the addresses are those of its pages
        activity_page = client.get(session.activity.get_absolute_url())
        to_register = client.get(reverse("registrations:register", args=[session.pk]))
        registration = cast.register(session, reader)
        own_page = client.get(registration.get_absolute_url())
        public = client.get(reverse("registrations:session_calendar", args=[session.pk]))
        own = client.get(reverse("me:registration_calendar", args=[registration.code]))
    letter = Letter.objects.get(person=reader, kind="confirmation")

    assert [where_on(page, language) for page in (activity_page, to_register, own_page)] == [place] * 3
    with translation.override(language):
        line = translation.gettext("Where: %(where)s") % {"where": place}
    assert line in letter.text.translate(MARKS).split("\n")
    files = [letter.calendar, public.content, own.content]
    assert [location(file).translate(MARKS) for file in files] == [place] * 3


@pytest.mark.parametrize(
    ("has", "place"), [({}, LINK), ({"venue": VENUE}, f"{VENUE}, and online"), ({"self_paced": True}, LINK)]
)
def test_to_who_may_join_the_calendar_tells_the_link_of_what_is_online_only(has, place):
    session = cast.session(joining_link=LINK, **has)
    assert location(written(session, "en", link=LINK)) == place


def test_only_the_venue_is_in_another_language(client):
    session = cast.session(venue=VENUE, joining_link=LINK)
    page = client.get(f"/ar{session.activity.get_absolute_url()}").content.decode()
    assert f'<dd><span lang="en" dir="auto">{VENUE}</span>، وعبر الإنترنت</dd>' in page
    assert location(written(session, "ar")) == f"\u2068{VENUE}\u2069، وعبر الإنترنت"


@pytest.mark.django_db(transaction=True)  # an edition is new after a commit
def test_a_link_that_nobody_is_told_of_shows_on_the_page_at_once():
    session = cast.session(venue=VENUE, joining_link="", starts_in=timedelta(days=30))
    before = current_edition()
    actions.reschedule(session=session, by=cast.secretary(), joining_link=LINK, now=timezone.now())
    assert not Letter.objects.filter(kind="session_changed").exists()
    assert current_edition() != before


def where_on(page, language: str) -> str:
    with translation.override(language):
        label = translation.gettext("Where")
    (place,) = re.findall(rf"<dt>{label}</dt>\s*<dd>(.*?)</dd>", page.content.decode(), re.DOTALL)
    return unescape(re.sub(r"</?span[^>]*>", "", place)).strip()


def written(session, language: str, **options) -> bytes:
    return calendar_file(session_event(session, language=language, **options))


def location(file: bytes | str) -> str:
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    return str(event["LOCATION"])
