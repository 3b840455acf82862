"""Rows that name an organization, or a person, that was merged into another: the database writes the other.

Who chose one of them a moment before it was merged saves a moment after that. No form can see it; the database does,
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
        SELECT merged_into_id INTO next FROM {of} WHERE id = NEW.{column} FOR KEY SHARE;
        EXIT WHEN next IS NULL{or_there};
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


# Of what names each once: what names the other already stays as it is, as the merge leaves it.
THERE = " OR EXISTS (SELECT FROM {table} WHERE {once_per} = NEW.{once_per} AND {column} = next)"


def follows_merges(
    table: str, column: str, *, of: str = "accounts_organization", once_per: str = ""
) -> RunSQL:
    """For a migration of the room that holds the table; after accounts 0014, of people after 0016."""
    or_there = THERE.format(table=table, column=column, once_per=once_per) if once_per else ""
    return RunSQL(
        FOLLOWS.format(table=table, column=column, of=of, or_there=or_there),
        NO_LONGER.format(table=table, column=column),
    )
