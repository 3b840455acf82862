"""A certificate may go to another registration of the same session: a person had two accounts, and both were registered.

For a moment, during a deploy, the old code meets the new rule: it moves no certificate at all.
"""

from importlib import import_module

from django.db import migrations

guard = import_module("credentials.migrations.0002_facts_stay").GUARD

ROW = "NEW.code, NEW.registration_id, NEW.kind", "OLD.code, OLD.registration_id, OLD.kind"
SESSION = "(SELECT session_id FROM registrations_registration WHERE id = {row}.registration_id)"

ANOTHER = guard
for row in ROW:
    name = row[:3]
    ANOTHER = ANOTHER.replace(row, row.replace(f"{name}.registration_id", SESSION.format(row=name)))
assert guard != ANOTHER


def function_of(sql: str) -> str:
    """Without the trigger, which stays as it is."""
    return sql[: sql.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("credentials", "0003_looked_at_again"), ("registrations", "0005_contract_as_ground")]

    operations = [migrations.RunSQL(function_of(ANOTHER), function_of(guard))]
