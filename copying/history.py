"""What the history of a copy tells: of what it was made."""

from collections.abc import Mapping
from datetime import timedelta

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Activity

COPIED = "copied"
# Who asks for the very same twice within it has clicked twice.
A_DOUBLE_CLICK = timedelta(seconds=10)


def copied_just_now(how: Mapping[str, object], *, by: User | None) -> Activity | None:
    """The draft that this person was given for the very same a moment ago. Asked under the lock of what is copied."""
    before = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Activity),
        actor=by,
        timestamp__gte=timezone.now() - A_DOUBLE_CLICK,
        additional_data__contains={"done": COPIED, **how},
    )
    number = before.values_list("object_id", flat=True).first() if by else None
    return Activity.objects.filter(pk=number, published_at=None).first() if number else None


def what_became_of_activity(entry: LogEntry) -> str:
    facts = entry.additional_data or {}
    return _("copied from “%(title)s”") % {"title": facts["source"]} if facts.get("done") == COPIED else ""
