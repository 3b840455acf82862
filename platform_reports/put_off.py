"""A report says nothing any more of a meeting that was put off after it had been read."""

from django.db.models import F, Q

from attendance.expected import EARLY, noted_from

from .models import PlatformReport


def of_the_meeting_now(report: str = "") -> Q:
    """Of reports: read since the meeting may be noted at the hours that it has now. `report` leads to them from what is
    asked, with its `__`."""
    return Q((f"{report}read_at__gte", F(f"{report}meeting__starts_at") - EARLY))


def is_of_before(report: PlatformReport) -> bool:
    """The opposite, of one."""
    return report.read_at < noted_from(report.meeting)
