"""What all platform reports of a meeting say together, made attendance."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import User
from attendance.actions import Told, reported, write_reported
from attendance.actions.doors import Door
from attendance.models import Attendance
from catalog.models import Meeting

from ..models import Trace
from ..put_off import of_the_meeting_now

MINUTE = timedelta(minutes=1)


def recount(door: Door, *, by: User) -> int:
    """Under the session's lock: let attendance say what the traces say that have a registration. Answers of how many it says
    another thing now."""
    told = told_of(stored_traces(door.meeting), door.meeting)
    return write_reported(door, told, by=by)


def stored_traces(meeting: Meeting) -> list[Trace]:
    """Of somebody's registration, and read no earlier than the meeting is now."""
    found = Trace.objects.matched().filter(of_the_meeting_now("report__"), report__meeting=meeting)
    return list(found.select_related("report"))


def told_of(traces: Iterable[Trace], meeting: Meeting) -> dict[int, Told]:
    """By registration. The report that was read last says from how many minutes on one was present."""
    by_registration: dict[int, list[Trace]] = {}
    latest = None
    for trace in traces:
        if latest is None or trace.report.read_at > latest.read_at:
            latest = trace.report
        if trace.registration_id and not trace.is_outside:
            by_registration.setdefault(trace.registration_id, []).append(trace)
    if latest is None:
        return {}
    # The meeting may have been made shorter since: who was there for all of it was present.
    least = min(latest.present_from, (meeting.ends_at - meeting.starts_at) // MINUTE)
    before = reported(meeting)
    return {
        pk: told_by(of_one, meeting, least=least, stands=before[pk].minutes if pk in before else None)
        for pk, of_one in by_registration.items()
    }


def told_by(traces: Iterable[Trace], meeting: Meeting, *, least: int, stands: int | None = None) -> Told:
    """Present, or absent with fewer minutes than `least`; present where nobody measured. What `stands` in attendance is not
    made less because the hours it was made of were deleted."""
    traces = list(traces)
    whole = [trace for trace in traces if not trace.has_lost_its_hours]
    if stands is not None and len(whole) < len(traces):
        minutes: int | None = max(stands, minutes_of(whole, meeting) or 0)
    else:
        minutes = minutes_of(traces, meeting)
    is_unknown = any(trace.minutes is None for trace in traces)
    if minutes is None or (is_unknown and minutes < least):
        return Told(Attendance.State.PRESENT)
    state = Attendance.State.PRESENT if minutes >= least else Attendance.State.ABSENT
    return Told(state, minutes)


def minutes_of(traces: Iterable[Trace], meeting: Meeting) -> int | None:
    """Whole minutes of the union of all hours, within the meeting; where there are none, the sum of lengths, at most the
    meeting's. No less than any one report says alone. None where nobody measured."""
    traces = list(traces)
    whole = (meeting.ends_at - meeting.starts_at) // MINUTE
    lengths = [trace.minutes for trace in traces if trace.minutes is not None]
    if not lengths:
        return None
    spans = [span for trace in traces for span in trace.hours]
    if not spans:
        return min(sum(lengths), whole)
    return min(max(union(spans, meeting) // MINUTE, *lengths), whole)


def union(spans: Iterable[tuple[datetime, datetime]], meeting: Meeting) -> timedelta:
    """How long all of them together last within the meeting."""
    total, reached = timedelta(), meeting.starts_at
    for start, end in sorted(spans):
        start, end = max(start, reached), min(end, meeting.ends_at)
        if start < end:
            total += end - start
            reached = end
    return total
