from django.db import migrations

from accounts.followed import follows_merges


class Migration(migrations.Migration):
    """What names an organization that was merged into another names the other."""

    dependencies = [
        ("accounts", "0014_merged_organizations"),
        ("proposals", "0004_sensible_years"),
    ]

    operations = [
        follows_merges("proposals_proposal", "organization_id"),
    ]
