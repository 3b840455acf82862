from django.db import migrations

from texts.stored import clean_columns


class Migration(migrations.Migration):
    """Control characters, old line ends and signs that turn the direction go out of what was stored. Nothing else changes."""

    dependencies = [("catalog", "0009_series_are_their_meetings")]

    operations = [
        migrations.RunPython(
            clean_columns("catalog.Activity", "catalog.Session", "catalog.Meeting", "catalog.Speaker", "catalog.Material", "catalog.Topic"),
            migrations.RunPython.noop,
        )
    ]
