"""What of focal points is written down: each change, and each time that one looked at their lists."""

from auditlog.models import LogEntry
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desk.audit import record
from desk.history import OWN_DEEDS

from .models import FocalPoint

OPENED = "lists opened"


def record_changes() -> None:
    record(FocalPoint)
    OWN_DEEDS[FocalPoint] = looked


def looked(entry: LogEntry) -> StrOrPromise:
    return _("opened the lists") if (entry.additional_data or {}).get("done") == OPENED else ""
