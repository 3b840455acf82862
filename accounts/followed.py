"""Rows that name an organization which was merged into another: the database writes the other.

Who chose an organization a moment before it was merged saves a moment after that. No form can see it; the database does,
under the lock that the merge holds.
"""

from django.db.migrations import RunSQL

FOLLOWS = """
CREATE FUNCTION {table}_{column}_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    next bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.{column} IS NOT DISTINCT FROM NEW.{column} THEN
        RETURN NEW;
    END IF;
    LOOP
        SELECT merged_into_id INTO next FROM accounts_organization WHERE id = NEW.{column} FOR KEY SHARE;
        EXIT WHEN next IS NULL;
        NEW.{column} := next;
    END LOOP;
    RETURN NEW;
END $$;

CREATE TRIGGER {column}_follows BEFORE INSERT OR UPDATE OF {column} ON {table}
FOR EACH ROW WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION {table}_{column}_follows();
"""

NO_LONGER = """
DROP TRIGGER {column}_follows ON {table};
DROP FUNCTION {table}_{column}_follows();
"""


def follows_merges(table: str, column: str) -> RunSQL:
    """For a migration of the room that holds the table; after accounts 0014."""
    return RunSQL(
        FOLLOWS.format(table=table, column=column),
        NO_LONGER.format(table=table, column=column),
    )
