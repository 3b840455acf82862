from django.db import migrations

from accounts.followed import follows_merges


class Migration(migrations.Migration):
    """Who proposes, alone or with others, and was merged into another person is the other."""

    dependencies = [
        ("accounts", "0016_merged_people"),
        ("proposals", "0005_merged_organizations"),
    ]

    operations = [
        follows_merges("proposals_proposal", "person_id", of="accounts_user"),
        follows_merges("proposals_coproposer", "person_id", of="accounts_user"),
    ]
