"""For migrations: what was stored before the door cleaned it is brought to the same rule."""

from typing import Any

from django.db import models
from psycopg import sql

# As texts/cleaning.py says it, for the regular expressions of PostgreSQL. NUL and halves of pairs it never takes.
LINE_ENDS = r"\r\n?"
SOFT_ENDS = r"[\u000b\u000c\u001c-\u001e\u0085\u2028\u2029]"
UNFIT = (
    r"[\u0001-\u0008\u000e-\u001b\u001f\u007f-\u0084\u0086-\u009f\ufeff"
    r"\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)

CLEAN = sql.SQL(
    "UPDATE {table} SET {column} = regexp_replace(regexp_replace(regexp_replace({column}, {line}, {newline}, 'g'),"
    " {soft}, ' ', 'g'), {unfit}, '', 'g') WHERE {column} ~ {any}"
)


def clean_columns(*names: str) -> Any:
    """A function for RunPython that cleans the free texts of these models ("catalog.Activity"): one pass for each column."""

    def clean(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for name in names:
                model = apps.get_model(name)
                for field in free_texts(model):
                    cursor.execute(
                        CLEAN.format(
                            table=sql.Identifier(model._meta.db_table),
                            column=sql.Identifier(str(field.column)),
                            line=sql.Literal(LINE_ENDS),
                            newline=sql.Literal("\n"),
                            soft=sql.Literal(SOFT_ENDS),
                            unfit=sql.Literal(UNFIT),
                            any=sql.Literal(rf"\r|{SOFT_ENDS}|{UNFIT}"),
                        )
                    )

    return clean


def free_texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """What people type as they like: no codes, choices, addresses."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.EmailField | models.SlugField | models.URLField)
        and not field.unique
        and not field.choices
    ]
