from django.db import migrations

# What one row's check constraint cannot see, because it lies in two tables: once something was sent to a call, whether its
# reviewers see names stands, whoever writes the row. Sending holds the call's row shared, so the two never cross.
GUARD = """
CREATE FUNCTION proposals_call_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM proposals_proposal WHERE call_id = OLD.id AND state <> 'draft') THEN
        RAISE EXCEPTION 'Something was sent to call % already: who sees names in it stands.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'call_names_stand_once_sent';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER call_guard BEFORE UPDATE ON proposals_call
FOR EACH ROW WHEN (OLD.hides_names IS DISTINCT FROM NEW.hides_names) EXECUTE FUNCTION proposals_call_guard();
"""

NO_GUARD = """
DROP TRIGGER call_guard ON proposals_call;
DROP FUNCTION proposals_call_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_first")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
