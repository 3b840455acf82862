"""A speaker who is forgotten is gone from everywhere, the history too; the activity stays whole."""

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse

from catalog.models import Activity
from pictures.small import portrait_of
from speakers import actions
from speakers.errors import IsGone
from speakers.models import Appearance, Portrait, Speaker
from tests import cast
from tests.catalog.asking import titles
from tests.sample_pictures import city

pytestmark = pytest.mark.django_db

NAME = "Zineb Alaoui"


def everything_written() -> str:
    """All texts in all tables."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name != "catalog_word"]
        parts = " UNION ALL ".join(f'SELECT t::text FROM "{name}" t' for name in tables)
        cursor.execute(parts)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.fixture
def spoken() -> Activity:
    activity = cast.activity()
    cast.session(activity)
    once = cast.speaker(activity, NAME, role_en="Zq moderator", organization="Zq Waterworks")
    once.delete()  # named there before, and no more
    speaker = cast.speaker(activity, NAME, role_en="Zq trainer", organization="Zq Waterworks").speaker
    speaker.words_en, speaker.link = "Zq words", "https://zq.example/"
    speaker.save()
    actions.set_portrait(speaker=speaker, picture=portrait_of(city()), by=None)
    return activity


def test_nothing_is_left_of_who_is_forgotten(spoken: Activity) -> None:
    before = everything_written()
    assert NAME in before
    client = Client()
    client.force_login(cast.secretary())
    speaker = Speaker.objects.get()
    page = f"{reverse('admin:speakers_speaker_forgetting')}?ids={speaker.pk}"
    assert "1 activity names this person" in client.get(page).text
    assert Speaker.objects.exists(), "looking changes nothing"
    answer = client.post(page, follow=True)
    assert "forgotten." in answer.text
    assert not Speaker.objects.exists()
    assert not Portrait.objects.exists()
    after = everything_written()
    for words in (NAME, "Zq "):
        assert words not in after
    assert "zq.example" not in after
    spoken.refresh_from_db()
    assert spoken.is_public
    assert spoken.sessions.count() == 1
    assert titles("q=alaoui") == []
    assert LogEntry.objects.filter(content_type__model="appearance").exists(), "that it was done is told"


def test_the_history_never_held_what_was_said(spoken: Activity) -> None:
    for entry in LogEntry.objects.filter(content_type__app_label="speakers"):
        assert "Zq" not in str(entry.changes)
        assert NAME not in str(entry.changes)


def test_forgetting_twice_says_so(spoken: Activity) -> None:
    speaker = Speaker.objects.get()
    same = Speaker.objects.get()
    assert actions.forget_speaker(speaker=speaker, by=None) == 1
    with pytest.raises(IsGone):
        actions.forget_speaker(speaker=same, by=None)
    assert not Appearance.objects.exists()
