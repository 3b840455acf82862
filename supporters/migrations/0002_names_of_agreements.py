"""The names that an agreement had under “With the support of” become its supporters, in the same order: from its first day on, shown
while the host's page tells of it, as before."""

from django.db import migrations

MOVE = """
INSERT INTO supporters_supporter (name, link, agreement_id, from_day, position)
SELECT named.name, '', a.id, a.starts_on, named.place - 1
FROM hubs_agreement a, unnest(a.supporters) WITH ORDINALITY named (name, place)
"""
BACK = """
UPDATE hubs_agreement a SET supporters = named.names
FROM (SELECT agreement_id, array_agg(name ORDER BY position, id) AS names
    FROM supporters_supporter WHERE agreement_id IS NOT NULL GROUP BY agreement_id) named
WHERE named.agreement_id = a.id
"""


def move(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(MOVE)


def back(apps, schema_editor):
    """Of the others nothing was known before."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(BACK)
        cursor.execute("DELETE FROM supporters_logo")
        cursor.execute("DELETE FROM supporters_supporter")


class Migration(migrations.Migration):
    dependencies = [("supporters", "0001_first")]

    operations = [migrations.RunPython(move, back)]
