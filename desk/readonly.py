"""What is only read on a page leads to the page of what it names, for whoever may open it: Django leads everybody there."""

from collections.abc import Callable, Iterable
from functools import partial

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.helpers import AdminReadonlyField
from django.db.models import ForeignObjectRel, Model
from django.forms import BaseForm
from django.http import HttpRequest

OPENS = "opens"  # of a form: whether its reader may open the page of a thing


def opens(site: AdminSite, request: HttpRequest, thing: Model) -> bool:
    if not site.is_registered(type(thing)):
        return False
    desk: ModelAdmin[Model] = site.get_model_admin(type(thing))
    may = desk.has_view_or_change_permission(request, thing)
    return may and desk.get_queryset(request).filter(pk=thing.pk).exists()


def read_by(site: AdminSite, request: HttpRequest, forms: Iterable[BaseForm]) -> None:
    """From now on what is read in these forms leads where their reader may go."""
    for form in forms:
        setattr(form, OPENS, partial(opens, site, request))


def link_or_name(field: AdminReadonlyField, relation: ForeignObjectRel, thing: Model) -> str:
    may: Callable[[Model], bool] | None = getattr(field.form, OPENS, None)
    return django_link(field, relation, thing) if may and may(thing) else str(thing)


# A field knows no request, and Django makes it deep inside a template: its form is what reaches it.
django_link = AdminReadonlyField.get_admin_url
setattr(AdminReadonlyField, "get_admin_url", link_or_name)  # noqa: B010 - mypy lets no method be replaced
