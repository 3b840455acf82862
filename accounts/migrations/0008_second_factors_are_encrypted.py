"""Seeds of second factors, written in clear until now, are encrypted. Staff alone have them, so there are few."""

from django.db import migrations

from accounts.encryption import decrypt_seeds, encrypt_seeds


def change(apps, how):
    Authenticator = apps.get_model("mfa", "Authenticator")
    for authenticator in Authenticator.objects.exclude(type="webauthn").select_for_update():
        authenticator.data = how(authenticator.data)
        authenticator.save(update_fields=["data"])


def encrypt(apps, schema_editor):
    change(apps, encrypt_seeds)


def decrypt(apps, schema_editor):
    change(apps, decrypt_seeds)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_organization_names"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, decrypt)]
