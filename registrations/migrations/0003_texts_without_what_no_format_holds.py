from django.db import migrations

from texts.stored import clean_columns


class Migration(migrations.Migration):
    """Control characters, old line ends and signs that turn the direction go out of what was stored. Nothing else changes."""

    dependencies = [("registrations", "0002_words_for_who_invited")]

    operations = [
        migrations.RunPython(
            clean_columns("registrations.Registration"),
            migrations.RunPython.noop,
        )
    ]
