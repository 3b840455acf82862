"""What of the catalog is written down when it changes. What the actions work out by themselves is not."""

from typing import Any

from auditlog.models import LogEntry
from django.conf import settings
from django.utils.translation import gettext as _

from desk.audit import record
from desk.history import OWN_DEEDS

from .models import Activity, Material, Meeting, Session, Topic


def record_changes() -> None:
    record(Topic)
    shown = [f"description_html_{code}" for code, _name in settings.CONTENT_LANGUAGES]
    worked_out = ["ends_at", "news_at", "search_vector", "indexed_by"]
    record(Activity, without=[*worked_out, *shown], many=["topics"])
    record(
        Session,
        without=["sequence", "places_taken", "waiting_count", "listed_at", "closes_at", "promised"],
    )
    record(Meeting, without=["promised"])
    OWN_DEEDS[Meeting] = what_became_of_meeting
    record(Material, without=["given_at", "file", "file_size"])


def what_became_of_meeting(entry: LogEntry) -> Any:
    match entry.action:
        case LogEntry.Action.CREATE:
            return _("added")
        case LogEntry.Action.DELETE:
            return _("dropped")
    return _("moved") if not {"starts_at", "ends_at"}.isdisjoint(entry.changes or {}) else ""
