from django.db import migrations

# What was learned before this was kept counts for the organization that each person acts for on this day: nobody wrote down
# for whom they acted before. Who was erased can be confirmed by nobody any more, and loses nothing either.
ON_RECORD = """
INSERT INTO city_record_belonging (registration_id, organization_id, noted_at, confirmed_at)
SELECT r.id, p.organization_id, now(), CASE WHEN p.erased_at IS NOT NULL THEN now() END
FROM registrations_registration r
JOIN catalog_session s ON s.id = r.session_id
JOIN accounts_user p ON p.id = r.person_id
WHERE s.ends_at <= now() AND s.cancelled_at IS NULL AND p.organization_id IS NOT NULL
    AND (r.state = 'confirmed' OR EXISTS (
        SELECT FROM attendance_attendance a WHERE a.registration_id = r.id AND a.counts AND a.state = 'present'
    ))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("city_record", "0001_first"),
        ("attendance", "0002_struck_check_ins"),
        ("catalog", "0022_overbooked_in_order"),
        ("membership", "0002_people_on_record"),
    ]

    operations = [migrations.RunSQL(ON_RECORD, "DELETE FROM city_record_belonging")]
