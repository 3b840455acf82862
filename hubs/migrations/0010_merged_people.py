from django.db import migrations

from accounts.followed import follows_merges


class Migration(migrations.Migration):
    """A contact who was merged into another person is the other, unless the other is one already."""

    dependencies = [
        ("accounts", "0016_merged_people"),
        ("hubs", "0009_merged_organizations"),
    ]

    operations = [
        follows_merges("hubs_contact", "person_id", of="accounts_user", once_per="agreement_id"),
    ]
