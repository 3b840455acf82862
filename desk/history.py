"""Entries of the history in words."""

from typing import Any

from auditlog.models import LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .languages import column_label

ACTIONS = {
    LogEntry.Action.CREATE: gettext_lazy("made"),
    LogEntry.Action.UPDATE: gettext_lazy("changed"),
    LogEntry.Action.DELETE: gettext_lazy("removed"),
}
DEEDS = {
    "resent": gettext_lazy("sent again"),
    "stopped": gettext_lazy("stopped"),
    "still right": gettext_lazy("translation still right"),
}


def deed(entry: LogEntry) -> str:
    """“Session (…): changed”."""
    facts = entry.additional_data or {}
    if facts.get("done") == "exported":
        rows = facts.get("rows", 0)
        return ngettext("exported %(rows)d row (%(format)s)", "exported %(rows)d rows (%(format)s)", rows) % {
            "rows": rows,
            "format": facts.get("format", ""),
        }
    what = DEEDS.get(facts.get("done", "")) or ACTIONS.get(entry.action, entry.get_action_display())
    return _("%(kind)s “%(thing)s”: %(what)s") % {
        "kind": capfirst(entry.content_type.name),
        "thing": entry.object_repr,
        "what": what,
    }


def changes(entry: LogEntry) -> list[tuple[str, str, str]]:
    """What changed: the field's name, what it was, what it is."""
    model = entry.content_type.model_class()
    told = []
    for name, change in sorted((entry.changes or {}).items()):
        label, field = name, None
        if model is not None:
            try:
                field = model._meta.get_field(name)
                label = name_of(field)
            except FieldDoesNotExist:
                pass
        if isinstance(change, dict):  # many to many
            things = ", ".join(change.get("objects", []))
            added = change.get("operation") == "add"
            told.append((capfirst(label), "" if added else things, things if added else ""))
        else:
            before, after = (said(value, field) for value in change)
            if before != after or before == "•••":
                told.append((capfirst(label), before, after))
    for name in (entry.additional_data or {}).get("columns", []):
        told.append((capfirst(name_of(model._meta.get_field(name))), "", _("still right")))
    return told


def name_of(field: Any) -> str:
    """“Title in English” of a translated column."""
    return (
        column_label(field)
        if hasattr(field, "translated_field")
        else str(getattr(field, "verbose_name", field.name))
    )


def said(value: Any, field: Any) -> str:
    """A value as people say it: the word of a choice, the name of what a number points to, the clock of a time."""
    text = "" if value in (None, "None") else str(value)
    if not text or field is None:
        return text
    if field.is_relation and text.isdigit():
        # By its number in the history, by its name here: who was erased since has none.
        thing = field.related_model._base_manager.filter(pk=text).first()
        return str(thing) if thing is not None else f"#{text}"
    if isinstance(field, DateTimeField):
        return f"{text} UTC"
    return {str(choice): str(word) for choice, word in getattr(field, "flatchoices", [])}.get(text, text)
