"""Entries of the history in words."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from auditlog.models import LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField, Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from texts.numbers import number_in
from texts.rows import listed

from .clock import shown
from .languages import column_label

ACTIONS = {
    LogEntry.Action.CREATE: gettext_lazy("made"),
    LogEntry.Action.UPDATE: gettext_lazy("changed"),
    LogEntry.Action.DELETE: gettext_lazy("removed"),
}
DEEDS = {
    "resent": gettext_lazy("sent again"),
    "stopped": gettext_lazy("stopped"),
    "address_corrected": gettext_lazy("address corrected on staff’s word"),
    "still right": gettext_lazy("translation still right"),
    "let in early": gettext_lazy("added by staff before registration opened"),
    "let in late": gettext_lazy("added by staff after registration closed"),
    "let in before members": gettext_lazy("added by staff while places were kept for members"),
    "added afterwards": gettext_lazy("added by staff after the session was over"),
    "cancelled by staff": gettext_lazy("cancelled by staff"),
    "record opened": gettext_lazy("record opened, with the names of people"),
}

# For each kind of thing that has words of its own for what is done with it, what answers them.
OWN_DEEDS: dict[type[Model], Callable[[LogEntry], StrOrPromise]] = {}


def tell(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """Each with its `deed` and what is `told` of it. What tells nothing is left out: programs saved a row as it was."""
    telling = []
    for entry in entries:
        entry.deed, entry.told = deed(entry), changes(entry)
        if entry.told or entry.action != LogEntry.Action.UPDATE:
            telling.append(entry)
    return telling


def deed(entry: LogEntry) -> str:
    """“Session (…): changed”."""
    facts = entry.additional_data or {}
    if facts.get("done") == "exported":
        rows = facts.get("rows", 0)
        return ngettext("exported %(rows)d row (%(format)s)", "exported %(rows)d rows (%(format)s)", rows) % {
            "rows": rows,
            "format": facts.get("format", ""),
        }
    own = OWN_DEEDS.get(entry.content_type.model_class(), nothing_else)
    verb = (
        DEEDS.get(facts.get("done", ""))
        or own(entry)
        or ACTIONS.get(entry.action, entry.get_action_display())
    )
    return _("%(kind)s “%(thing)s”: %(what)s") % {
        "kind": capfirst(entry.content_type.name),
        "thing": entry.object_repr,
        "what": verb,
    }


def nothing_else(entry: LogEntry) -> str:
    return ""


def changes(entry: LogEntry) -> list[tuple[str, str, str]]:
    """What changed: the field's name, what it was, what it is."""
    model = entry.content_type.model_class()
    facts = entry.additional_data or {}
    # Whose clock: the one that the thing itself is told by, else the reader's.
    clock = ZoneInfo(facts["zone"]) if "zone" in facts else timezone.get_current_timezone()
    changed = []
    for name, change in sorted((entry.changes or {}).items()):
        label, field = name, None
        if model is not None:
            try:
                field = model._meta.get_field(name)
                label = name_of(field)
            except FieldDoesNotExist:
                pass
        # The number that only programs know it by, and what it belongs to, on whose page this is read.
        if getattr(field, "primary_key", False) or name in facts:
            continue
        if isinstance(change, dict):  # many to many
            objects = listed(change.get("objects", []))
            added = change.get("operation") == "add"
            changed.append((capfirst(label), "" if added else objects, objects if added else ""))
        else:
            before, after = (said(value, field, clock) for value in change)
            if before != after or before == "•••":
                changed.append((capfirst(label), before, after))
    if why := facts.get("why"):
        changed.append((_("Why"), "", why))
    for name in facts.get("columns", []):
        changed.append((capfirst(name_of(model._meta.get_field(name))), "", _("still right")))
    return changed


def name_of(field: Any) -> str:
    """“Title in English” of a translated column."""
    return (
        column_label(field)
        if hasattr(field, "translated_field")
        else str(getattr(field, "verbose_name", field.name))
    )


def said(value: object, field: Any, clock: tzinfo) -> str:
    """A value as people say it: the word of a choice, the name of what a number points to, the clock of a time."""
    text = "" if value in (None, "None") else str(value)
    if not text or field is None:
        return text
    if field.is_relation and number_in(text, most=2**63 - 1) is not None:
        # By its number in the history, by its name here: who was erased since has none.
        related = field.related_model._base_manager.filter(pk=text).first()
        return str(related) if related is not None else f"#{text}"
    if isinstance(field, DateTimeField):
        assert isinstance(clock, ZoneInfo), clock
        return shown(moment_of(text), clock)
    return {str(choice): str(label) for choice, label in getattr(field, "flatchoices", [])}.get(text, text)


def moment_of(text: str) -> datetime:
    """auditlog writes moments in UTC, without saying so."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
