"""What a letter is about, in words ("registration 12"): this room knows nothing of registrations."""

from django.db.models import BigIntegerField, Case, CharField, F, Model, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Substr


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


def number_of(model: type[Model]) -> Case:
    """Of a letter about a row of this model: the row's number. `about_each` goes from rows to letters, this the other way:
    where few letters are looked at and the rows are many."""
    name = f"{model._meta.model_name} "
    number = Cast(Substr("about", len(name) + 1), BigIntegerField())
    return Case(When(about__startswith=name, then=number), output_field=BigIntegerField())
