from django.db import migrations

# Nobody loses anything on the day this lands: whoever acts for an organization counts as confirmed, and is asked in
# waves, from a month on and within a year.
ON_RECORD = """
INSERT INTO membership_claim
    (person_id, organization_id, claimed_at, confirmed_at, confirmed_until, ground, email, "end")
SELECT id, organization_id, joined_at, now(), now() + interval '30 days' + (id % 48) * interval '7 days', 'record',
    lower(email), ''
FROM accounts_user
WHERE organization_id IS NOT NULL AND erased_at IS NULL AND merged_into_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_first"), ("accounts", "0016_merged_people")]

    operations = [
        migrations.RunSQL(
            ON_RECORD, "DELETE FROM membership_claim WHERE ground = 'record'"
        ),
    ]
