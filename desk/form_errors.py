"""What is wrong with a long form of the administration, as a list on top of it, each line leading to its field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.contrib.admin.helpers import InlineAdminFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

# Of a form that somebody went back to from the page that asks: it is to be shown once more, and nothing is wrong with it.
WENT_BACK = "went_back"


@dataclass(frozen=True)
class Problem:
    """`anchor` is the id of the field, or empty where the whole form is meant."""

    label: str
    sentence: str
    anchor: str = ""


def problems(form: forms.BaseForm, inline_admin_formsets: Iterable[InlineAdminFormSet] = ()) -> list[Problem]:
    """Those of the form and of the rows below it, in the order of the page. Empty when nothing was sent or all is right."""
    if not form.is_bound:
        return []
    listed = list(of_form(form))
    for inline in inline_admin_formsets:
        name = capfirst(str(inline.opts.verbose_name_plural))
        anchor = f"{inline.formset.prefix}-group"
        listed += [Problem(name, str(error), anchor) for error in inline.formset.non_form_errors()]
        for number, row in enumerate(inline.formset.forms, start=1):
            listed += of_form(row, _("%(list)s, line %(number)d") % {"list": name, "number": number}, anchor)
    return listed


def of_form(form: forms.BaseForm, where: str = "", anchor: str = "") -> Iterator[Problem]:
    for name, errors in form.errors.items():
        if form.has_error(name, WENT_BACK):
            continue
        for error in errors:
            if name not in form.fields:
                yield Problem(where, str(error), anchor)
                continue
            field = form[name]
            label = capfirst(str(field.label))
            yield Problem(f"{where}: {label}" if where else label, str(error), anchor_of(field))


def anchor_of(field: forms.BoundField) -> str:
    """A group of choices has no field of its own: its first choice is led to, where there is one."""
    return field.id_for_label or (f"{field.auto_id}_0" if len(field.subwidgets) else "")
