from django.db import migrations

from accounts.followed import follows_merges


class Migration(migrations.Migration):
    """What names an organization that was merged into another names the other."""

    dependencies = [
        ("accounts", "0014_merged_organizations"),
        ("hubs", "0008_supporters_have_a_room"),
    ]

    operations = [
        follows_merges("hubs_host", "organization_id"),
        follows_merges("hubs_agreement", "member_id"),
        follows_merges("hubs_party", "organization_id"),
    ]
