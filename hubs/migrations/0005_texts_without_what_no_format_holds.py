from django.db import migrations

from texts.stored import clean_columns


class Migration(migrations.Migration):
    """Control characters, old line ends and signs that turn the direction go out of what was stored. Nothing else changes."""

    dependencies = [("hubs", "0004_words_as_of")]

    operations = [
        migrations.RunPython(
            clean_columns("hubs.Host", "hubs.Agreement", "hubs.Party", "hubs.Contact", "hubs.Milestone", "hubs.Evidence", "hubs.ResearchWork"),
            migrations.RunPython.noop,
        )
    ]
