"""Addresses that people had before we remembered them stand in the history of changes."""

from django.db import migrations


def remember(apps, schema_editor):
    User, FormerAddress = apps.get_model("accounts", "User"), apps.get_model("accounts", "FormerAddress")
    entries = apps.get_model("auditlog", "LogEntry").objects.filter(
        content_type__app_label="accounts", content_type__model="user", action=1, changes__has_key="email"
    )
    for entry in entries.iterator():
        before = entry.changes["email"][0]
        person = User.objects.filter(pk=entry.object_id, erased_at=None).first()
        if person and before and "@" in before and before.lower() != person.email.lower():
            FormerAddress.objects.get_or_create(
                person=person, email=before.lower(), defaults={"until": entry.timestamp}
            )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_former_addresses"),
        ("auditlog", "0017_add_actor_email"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
