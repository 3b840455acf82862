"""Seeds of second factors, written in clear until now, are encrypted. Staff alone have them, so there are few."""

from django.db import migrations

from accounts.encryption import reseal, unseal


def change(apps, how):
    for one in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn").select_for_update():
        one.data = how(one.data)
        one.save(update_fields=["data"])


def encrypt(apps, schema_editor):
    change(apps, reseal)


def decrypt(apps, schema_editor):
    change(apps, unseal)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_organization_names"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, decrypt)]
