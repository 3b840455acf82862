from django.db import migrations

from accounts.followed import follows_merges


class Migration(migrations.Migration):
    """What names an organization that was merged into another names the other."""

    dependencies = [
        ("accounts", "0014_merged_organizations"),
        ("catalog", "0019_speakers_have_a_room"),
    ]

    operations = [
        follows_merges("catalog_activity", "credited_to_id"),
    ]
