"""What the history of a copy tells: of what it was made."""

from auditlog.models import LogEntry
from django.utils.translation import gettext as _

COPIED = "copied"


def what_became_of_activity(entry: LogEntry) -> str:
    facts = entry.additional_data or {}
    return _("copied from “%(title)s”") % {"title": facts["source"]} if facts.get("done") == COPIED else ""
