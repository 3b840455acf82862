from django.db import migrations

# What one row's check constraint cannot see, because it lies in two tables. The errors are of the class "integrity constraint
# violation" and name a constraint, so that Django raises IntegrityError as for any other.
GUARDS = """
CREATE FUNCTION hubs_extension_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    term record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.agreement_id, NEW.previous_ends_on, NEW.ends_on, NEW.decided_on, NEW.reason)
            IS DISTINCT FROM (OLD.agreement_id, OLD.previous_ends_on, OLD.ends_on, OLD.decided_on, OLD.reason) THEN
            RAISE EXCEPTION 'An extension stays as it was decided.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_stays';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO term FROM hubs_agreement WHERE id = NEW.agreement_id FOR UPDATE;
    IF term.signed_on IS NULL THEN
        RAISE EXCEPTION 'Agreement % is a draft: there is nothing to extend.', term.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_of_a_signed_one';
    END IF;
    IF term.ended_early_on IS NOT NULL THEN
        RAISE EXCEPTION 'Agreement % was ended early.', term.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_of_an_ended_one';
    END IF;
    IF term.ends_on <> NEW.previous_ends_on THEN
        RAISE EXCEPTION 'Agreement % ends on %, not on %.', term.id, term.ends_on, NEW.previous_ends_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'extension_of_the_end_as_it_is';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER extension_guard BEFORE INSERT OR UPDATE ON hubs_extension
FOR EACH ROW EXECUTE FUNCTION hubs_extension_guard();

CREATE FUNCTION hubs_agreement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.host_id, NEW.starts_on, NEW.signed_on) IS DISTINCT FROM (OLD.host_id, OLD.starts_on, OLD.signed_on) THEN
        RAISE EXCEPTION 'Agreement % is signed: host, first day and signature stand.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_signed_stands';
    END IF;
    IF NEW.ends_on <> OLD.ends_on AND NOT EXISTS (
        SELECT FROM hubs_extension
        WHERE agreement_id = OLD.id AND previous_ends_on = OLD.ends_on AND ends_on = NEW.ends_on
    ) THEN
        RAISE EXCEPTION 'Agreement % is signed: its end moves by an extension only.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_end_moves_by_extension';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agreement_guard BEFORE UPDATE ON hubs_agreement
FOR EACH ROW WHEN (OLD.signed_on IS NOT NULL) EXECUTE FUNCTION hubs_agreement_guard();
"""

NO_GUARDS = """
DROP TRIGGER agreement_guard ON hubs_agreement;
DROP FUNCTION hubs_agreement_guard();
DROP TRIGGER extension_guard ON hubs_extension;
DROP FUNCTION hubs_extension_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("hubs", "0002_agreements")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
