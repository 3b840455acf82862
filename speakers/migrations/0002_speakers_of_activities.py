"""The speakers of activities, a name with a role at each, become people whom activities name.

Every row stays, under its number, as what it is now: somebody at an activity, in a role. Rows of one host with the same name
and the same organization are one person; what is less certain (another organization, another host, none) is one person each,
and staff may name one of them in place of the other. The organization goes to the person, whose it is.

Who stood on a page that was ever public counts as having agreed to be named, on the day it was published first: they were
published. Who stands in drafts alone has not agreed yet; staff note it before they are shown.

The history keeps what was done to the rows, no longer what names and roles it was about.
"""

from collections import defaultdict

from django.db import migrations

AGREED = "on a public page before agreeing was noted"
HIDDEN = ["•••", "•••"]
TEXTS = {"name", "organization", "role_en", "role_fr", "role_es"}

OLD = """
SELECT s.id, s.name, s.organization, a.host_id, (a.published_at AT TIME ZONE 'UTC')::date
FROM catalog_speaker s JOIN catalog_activity a ON a.id = s.activity_id ORDER BY s.id
"""
NEW_ROWS = """
INSERT INTO speakers_appearance
    (id, activity_id, speaker_id, organization, role, role_en, role_fr, role_es, position)
SELECT s.id, s.activity_id, of.speaker, '', s.role, s.role_en, s.role_fr, s.role_es, s.position
FROM catalog_speaker s JOIN unnest(%s::bigint[], %s::bigint[]) of (id, speaker) ON of.id = s.id
"""
NEXT_NUMBER = """
SELECT setval(pg_get_serial_sequence('speakers_appearance', 'id'), max(id)) FROM speakers_appearance HAVING max(id) > 0
"""
BACK = """
INSERT INTO catalog_speaker (id, activity_id, name, organization, role, role_en, role_fr, role_es, position)
SELECT there.id, there.activity_id, s.name, coalesce(nullif(there.organization, ''), s.organization),
    there.role, there.role_en, there.role_fr, there.role_es, there.position
FROM speakers_appearance there JOIN speakers_speaker s ON s.id = there.speaker_id
"""


def move(apps, schema_editor):
    Speaker = apps.get_model("speakers", "Speaker")
    people = defaultdict(list)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(OLD)
        for pk, name, organization, host, published in cursor.fetchall():
            # No host: one each.
            certain = (host, plain(name), plain(organization)) if host else pk
            people[certain].append((pk, name, organization, host, published))
        numbers, speakers = [], []
        for rows in people.values():
            _pk, name, organization, host, _published = rows[0]
            days = [published for *_rest, published in rows if published]
            speaker = Speaker.objects.create(
                host_id=host,
                name=name,
                organization=organization,
                consented_on=min(days, default=None),
                consent_how=AGREED if days else "",
            )
            numbers += [pk for pk, *_rest in rows]
            speakers += [speaker.pk for _row in rows]
        cursor.execute(NEW_ROWS, [numbers, speakers])
        cursor.execute(NEXT_NUMBER)
    move_history(apps, from_room="catalog", from_model="speaker", to_room="speakers", to_model="appearance")


def plain(text):
    return " ".join(text.split()).casefold()


def move_history(apps, *, from_room, from_model, to_room, to_model):
    ContentType = apps.get_model("contenttypes", "ContentType")
    LogEntry = apps.get_model("auditlog", "LogEntry")
    before = ContentType.objects.filter(app_label=from_room, model=from_model).first()
    if before is None:  # nothing was ever written down
        return
    after, _new = ContentType.objects.get_or_create(app_label=to_room, model=to_model)
    for entry in LogEntry.objects.filter(content_type=before).iterator():
        changes = entry.changes or {}
        entry.changes = {name: HIDDEN if name in TEXTS else change for name, change in changes.items()}
        entry.content_type = after
        entry.save(update_fields=["changes", "content_type"])


def back(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(BACK)
        cursor.execute("DELETE FROM speakers_appearance")
        cursor.execute("DELETE FROM speakers_speaker")
    move_history(apps, from_room="speakers", from_model="appearance", to_room="catalog", to_model="speaker")


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0001_first"),
        ("auditlog", "0017_add_actor_email"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(move, back)]
