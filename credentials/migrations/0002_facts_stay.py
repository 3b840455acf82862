from django.db import migrations

# What was given out does not change. Erasing a person takes the name and the words about them, once and together with
# `erased_at`; everything else of the facts stays. The errors name a constraint, so that Django raises IntegrityError.
GUARD = """
CREATE FUNCTION credentials_certificate_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Certificate % is withdrawn or replaced, never deleted.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_is_never_deleted';
    END IF;
    IF (NEW.code, NEW.registration_id, NEW.kind, NEW.edition, NEW.language, NEW.issued_at, NEW.signature_id, NEW.replaces_id)
        IS DISTINCT FROM
        (OLD.code, OLD.registration_id, OLD.kind, OLD.edition, OLD.language, OLD.issued_at, OLD.signature_id, OLD.replaces_id)
        OR NEW.facts - ARRAY['name', 'granted'] <> OLD.facts - ARRAY['name', 'granted'] THEN
        RAISE EXCEPTION 'Certificate %: what was given out does not change.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_facts_stay';
    END IF;
    IF NEW.facts <> OLD.facts
        AND NOT (NEW.erased_at IS NOT NULL AND NEW.facts->>'name' = '' AND NEW.facts->>'granted' = '') THEN
        RAISE EXCEPTION 'Certificate %: only erasing the person takes the name.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_facts_stay';
    END IF;
    IF (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
        OR (OLD.replaced_at IS NOT NULL AND NEW.replaced_at IS DISTINCT FROM OLD.replaced_at)
        OR (OLD.erased_at IS NOT NULL AND NEW.erased_at IS DISTINCT FROM OLD.erased_at) THEN
        RAISE EXCEPTION 'Certificate %: there is no way back.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_ends_once';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER certificate_guard BEFORE UPDATE OR DELETE ON credentials_certificate
FOR EACH ROW EXECUTE FUNCTION credentials_certificate_guard();
"""

NO_GUARD = """
DROP TRIGGER certificate_guard ON credentials_certificate;
DROP FUNCTION credentials_certificate_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_first")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
