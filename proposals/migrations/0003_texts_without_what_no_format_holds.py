from django.db import migrations

from texts.stored import clean_columns


class Migration(migrations.Migration):
    """Control characters, old line ends and signs that turn the direction go out of what was stored. Nothing else changes."""

    dependencies = [("proposals", "0002_who_sees_names_stands")]

    operations = [
        migrations.RunPython(
            clean_columns("proposals.Proposal"),
            migrations.RunPython.noop,
        )
    ]
