"""What became of the speakers of before, who belonged to one activity each."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from speakers.models import Appearance, Speaker
from tests import cast

pytestmark = pytest.mark.django_db

BEFORE = """
CREATE TABLE catalog_speaker (
    id bigint PRIMARY KEY, activity_id bigint, name varchar(200), organization varchar(200), role varchar(200),
    role_en varchar(200), role_fr varchar(200), role_es varchar(200), position smallint
)
"""
ROW = "INSERT INTO catalog_speaker VALUES (%s, %s, %s, %s, '', %s, NULL, NULL, 0)"


def test_each_row_stays_and_only_the_certain_are_one_person() -> None:
    march = datetime(2026, 3, 3, tzinfo=UTC)
    first = cast.activity("First", published_at=march)
    second, cairo = cast.activity("Second", published=False), cast.activity(host=cast.host("cairo"))
    draft = cast.activity("Draft", published=False)
    nobodys = cast.activity(host=None, offered_by="Somebody")
    rows = [
        (11, first, "Ada Mensah", "Accra", "Moderator"),
        (12, second, "ada  mensah", "Accra", "Trainer"),
        (13, second, "Ada Mensah", "Kumasi", ""),
        (14, cairo, "Ada Mensah", "Accra", ""),
        (15, nobodys, "Bo Chen", "", ""),
        (16, nobodys, "Bo Chen", "", ""),
        (17, draft, "Chidi Obi", "", ""),
    ]
    before = ContentType.objects.create(app_label="catalog", model="speaker")
    entry = LogEntry.objects.create(
        content_type=before,
        object_pk="11",
        object_id=11,
        object_repr="Ada Mensah",
        action=0,
        changes={"name": ["None", "Ada Mensah"], "position": ["None", "0"]},
    )
    migration = import_module("speakers.migrations.0002_speakers_of_activities")
    with connection.cursor() as cursor:
        cursor.execute(BEFORE)
        for pk, activity, name, organization, role in rows:
            cursor.execute(ROW, [pk, activity.pk, name, organization, role])
    with connection.schema_editor() as editor:
        migration.move(apps, editor)
    found = {there.pk: there for there in Appearance.objects.select_related("speaker")}
    assert set(found) == {pk for pk, *_rest in rows}
    assert found[11].speaker == found[12].speaker
    assert len({there.speaker_id for there in found.values()}) == 6
    ada = found[12].speaker
    assert (ada.name, ada.organization, ada.host.slug, ada.consented_on) == (
        "Ada Mensah",
        "Accra",
        "seoul",
        date(2026, 3, 3),
    )
    assert (found[11].role_en, found[12].role_en) == ("Moderator", "Trainer")
    assert Speaker.objects.get(name="Chidi Obi").consented_on is None, "never published"
    entry.refresh_from_db()
    assert entry.content_type == ContentType.objects.get_for_model(Appearance)
    assert entry.changes == {"name": ["•••", "•••"], "position": ["None", "0"]}
    assert cast.speaker(draft, "Later").pk == 18, "numbers go on"
    Appearance.objects.get(pk=18).delete()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_speaker")
    with connection.schema_editor() as editor:
        migration.back(apps, editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, activity_id, organization, role_en FROM catalog_speaker ORDER BY id")
        assert cursor.fetchall() == [
            (pk, activity.pk, organization, role) for pk, activity, _name, organization, role in rows
        ]
