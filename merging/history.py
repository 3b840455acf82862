"""What the history of both tells of a merge."""

from auditlog.models import LogEntry
from django.utils.translation import gettext as _

MERGED_FROM = "merged from"
MERGED_INTO = "merged into"
GIVEN_BACK = "merge undone"


def what_became_of_it(entry: LogEntry) -> str:
    facts = entry.additional_data or {}
    words = {
        MERGED_FROM: _("“%(other)s” was merged into it"),
        MERGED_INTO: _("merged into “%(other)s”"),
        GIVEN_BACK: _("the merge with “%(other)s” was undone"),
    }.get(facts.get("done", ""))
    return words % {"other": facts.get("other", "")} if words else ""
