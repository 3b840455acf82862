from django.db import migrations

from texts.stored import clean_columns


class Migration(migrations.Migration):
    """Control characters, old line ends and signs that turn the direction go out of what was stored. Nothing else changes."""

    dependencies = [("accounts", "0004_codes_are_counted")]

    operations = [
        migrations.RunPython(
            clean_columns("accounts.User", "accounts.Organization"),
            migrations.RunPython.noop,
        )
    ]
