"""What a letter is about, in words ("registration 12"): this room knows nothing of registrations."""

from django.db.models import CharField, F, Model, QuerySet, Value
from django.db.models.functions import Cast, Concat


def about(row: Model) -> str:
    """The row as letters name it: the name of its model and its number.

    What is written stays, so a model keeps its name. Two statements word it by themselves: those of
    registrations/reminders.py and registrations/materials.py.
    """
    return f"{row._meta.model_name} {row.pk}"


def about_each(rows: QuerySet[Model]) -> QuerySet[Model, dict[str, str]]:
    """The same of many rows, as a query of one column that stands in another query."""
    name = Concat(Value(f"{rows.model._meta.model_name} "), Cast(F("pk"), CharField()))
    named: QuerySet[Model, dict[str, str]] = rows.order_by().annotate(as_letters_name_it=name)
    return named.values("as_letters_name_it")
