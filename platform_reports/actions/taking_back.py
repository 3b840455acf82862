from datetime import datetime

from django.db import transaction

from accounts.models import User
from attendance.actions.doors import lock_open_list

from ..models import PlatformReport
from .learning import unlearn
from .recounting import recount


@transaction.atomic
def take_back(*, report: PlatformReport, by: User, now: datetime | None = None) -> int:
    """As if it had never been read: what was learned from decisions about it goes, what other reports and other sources say
    stays. Answers of how many registrations attendance says another thing now.

    Raises ListIsClosed, MeetingDidNotHappen (of `attendance`).
    """
    door = lock_open_list(report.meeting, now)
    for found in door.meeting.platform_reports.filter(pk=report.pk):
        unlearn(found.traces.select_related("registration"))
        found.traces.all().delete()
        found.delete()
    # Of a meeting that was put off since nothing is noted yet.
    return 0 if door.is_early else recount(door, by=by)
