"""The one screen of an activity, as a browser would send it back."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from catalog.models import Activity, Session
from staff.sessions import meeting_lines


def change_page(activity: Activity) -> str:
    return reverse("admin:catalog_activity_change", args=[activity.pk])


def typed_in(page: Any) -> dict[str, Any]:
    """What a browser would send if one pressed “Save” at once."""
    form = page.context["adminform"].form
    data: dict[str, Any] = {}
    for bound in form:
        put(data, bound)
    for formset in page.context["inline_admin_formsets"]:
        for bound in formset.formset.management_form:
            data[bound.html_name] = bound.value()
        for row in formset.formset.forms:
            for bound in row:
                put(data, bound)
    return data


def put(data: dict[str, Any], bound: Any) -> None:
    value = (
        bound.field.widget.format_value(bound.value())
        if hasattr(bound.field.widget, "format_value")
        else None
    )
    if bound.field.widget.input_type == "checkbox" if hasattr(bound.field.widget, "input_type") else False:
        if getattr(bound.field.widget, "allow_multiple_selected", False):
            data[bound.html_name] = [getattr(chosen, "pk", chosen) for chosen in bound.value() or []]
        elif bound.value():
            data[bound.html_name] = "on"
        return
    value = bound.value() if value is None or isinstance(value, list) else value
    data[bound.html_name] = "" if value is None else value


def opened(client: Client, activity: Activity) -> dict[str, Any]:
    return typed_in(client.get(change_page(activity)))


def moved_by_a_day(session: Session) -> str:
    meetings = list(session.meetings.all())
    for meeting in meetings:
        meeting.starts_at += timedelta(days=1)
        meeting.ends_at += timedelta(days=1)
    return meeting_lines.write(meetings, session.zone)
