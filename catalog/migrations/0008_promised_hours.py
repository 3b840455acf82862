import catalog.models.promised
from django.db import migrations

# Of what is to come. Nobody wrote down which table of time zones told these moments: an empty one says so, and
# `manage.py zones` lists them (docs/operator.md). What is over promises nothing any more.
PROMISES = """
UPDATE {table} AS row SET promised = (
    SELECT jsonb_object_agg(name, jsonb_build_object(
        'local', to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
        'zone', {zone},
        'table', ''
    ))
    FROM (VALUES {moments}) AS promise (name, moment)
    WHERE moment IS NOT NULL
)
{where}
"""


def keep_promises(apps, schema_editor):
    def moments(*names):
        return ", ".join(f"('{name}', row.{name})" for name in names)

    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            PROMISES.format(
                table="catalog_session",
                zone="row.timezone",
                moments=moments(
                    "starts_at",
                    "ends_at",
                    "members_first_until",
                    "registration_opens_at",
                    "registration_closes_at",
                ),
                where="WHERE row.ends_at > now()",
            )
        )
        cursor.execute(
            PROMISES.format(
                table="catalog_meeting",
                zone="session.timezone",
                moments=moments("starts_at", "ends_at"),
                where="FROM catalog_session AS session WHERE session.id = row.session_id AND session.ends_at > now()",
            )
        )


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_words_for_who_did_it"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="promised",
            field=catalog.models.promised.Promises(db_default={}, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="promised",
            field=catalog.models.promised.Promises(db_default={}, default=dict, editable=False),
        ),
        migrations.RunPython(keep_promises, migrations.RunPython.noop),
    ]
