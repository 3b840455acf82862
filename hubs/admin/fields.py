"""Form fields of these pages: a day, a reason, a large text."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.years import validate_year


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [validate_year]


# A day is a day on the host's clock: the browser's own picker knows no zone, where Django's would warn of one.
DATE_WIDGETS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {models.DateField: {"widget": Day.widget}}


def reason_field() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=500, widget=large_text(rows=3))


def large_text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
