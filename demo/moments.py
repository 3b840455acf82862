"""When things happen in the demonstration, counted from the moment it is made."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from .specs import Spec

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HALF_AN_HOUR = timedelta(minutes=30)


def start_of(spec: Spec, now: datetime) -> datetime:
    """The session's start on the host's clock."""
    zone = ZoneInfo(spec["zone"])
    if spec["state"] == "running_now" and spec["offset_days"] == 0:
        return (now - HALF_AN_HOUR).astimezone(zone).replace(second=0, microsecond=0)
    day = now.astimezone(zone).date() + timedelta(days=spec["offset_days"])
    if wanted := spec.get("weekday"):
        day += timedelta(days=(WEEKDAYS.index(wanted) - day.weekday()) % 7)
    return datetime.combine(day, time.fromisoformat(spec["start_local"]), zone)


def meetings_of(spec: Spec, start: datetime) -> list[tuple[datetime, datetime, dict[str, str]]]:
    """Each meeting's start, end and title in three languages. On the host's clock, also across a clock change."""
    shift = start.replace(tzinfo=None) - datetime.combine(
        start.date(), time.fromisoformat(spec["start_local"])
    )
    meetings = []
    for meeting in spec["meetings"]:
        day = start.date() + timedelta(days=meeting["day"])
        local = datetime.combine(day, time.fromisoformat(meeting["start"]))
        if spec["state"] == "running_now" and spec["offset_days"] == 0:
            local += shift
        begins = local.replace(tzinfo=start.tzinfo)
        ends = (local + timedelta(minutes=meeting["minutes"])).replace(tzinfo=start.tzinfo)
        meetings.append((begins, ends, meeting.get("title", {})))
    return meetings
