"""Traces of what was read: made before anything is stored, so that what is shown is what will be noted."""

from collections.abc import Container, Mapping
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from catalog.models import Meeting

from . import errors
from .decisions import LATER, Decision
from .matching import Listed, Match, matched
from .models import PlatformReport, Trace
from .models.trace import TraceQuerySet
from .reading import Participant, Reading, united

How = Trace.How


def report_of(
    meeting: Meeting,
    reading: Reading,
    *,
    sha256: str,
    file_name: str,
    present_from: int,
    by: User,
    now: datetime,
    earlier: PlatformReport | None = None,
) -> PlatformReport:
    """Not saved. Read anew, it is the `earlier` one."""
    report = earlier or PlatformReport(meeting=meeting)
    report.sha256, report.file_name = sha256, file_name[-255:]
    report.platform, report.kind = reading.platform, reading.kind
    report.zone, report.date_order = str(reading.zone), reading.date_order
    report.has_times, report.lines = reading.has_times, len(reading.entries)
    report.present_from = present_from
    report.read_at, report.read_by, report.erased_at = now, by, None
    return report


def traces_of(
    report: PlatformReport,
    reading: Reading,
    among: Listed,
    decided: Mapping[int, Decision],
    *,
    without: Container[int] = (),
) -> list[tuple[Trace, Match]]:
    """Not saved. `decided` is by the first line of a trace, and goes before what was matched; `without` are such lines."""
    meeting = among.meeting
    people = united(reading, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
    return [
        (trace_of(report, one, match, decided.get(one.lines[0], LATER), among), match)
        for one, match in zip(people, matched(people, among), strict=True)
        if one.lines[0] not in without
    ]


def trace_of(
    report: PlatformReport, one: Participant, match: Match, decision: Decision, among: Listed
) -> Trace:
    trace = Trace(
        report=report,
        line=one.lines[0],
        name=one.name[:200],
        other_names=", ".join(one.other_names)[:200],
        email=one.email[:254],
        spans=[[start.isoformat(), end.isoformat()] for start, end in one.spans],
        minutes=one.minutes,
        is_outside=report.has_times and one.minutes == 0 and not one.spans,
        registration=match.registration,
        how=match.how,
    )
    if decision != LATER:
        decide_about(trace, decision, among, by=report.read_by, now=report.read_at)
    return trace


def decide_about(trace: Trace, decision: Decision, among: Listed, *, by: User | None, now: datetime) -> None:
    """Not saved. Raises NotOnTheList."""
    if decision.registration and decision.registration not in among.registrations:
        raise errors.NotOnTheList(trace.name or trace.email)
    trace.registration_id = decision.registration
    trace.how = How.STAFF if decision.registration else ""
    trace.set_aside_at = now if decision.aside else None
    trace.set_aside_by = by if decision.aside else None


def decided_before(report: PlatformReport | None, among: Listed) -> dict[int, Decision]:
    """By staff, about what is read anew; not for whom is no longer on the list."""
    if report is None:
        return {}
    return {
        trace.line: Decision(trace.registration_id, aside=trace.set_aside_at is not None)
        for trace in report.traces.all()
        if trace.set_aside_at or (trace.how == How.STAFF and trace.registration_id in among.registrations)
    }


def forgotten_in(report: PlatformReport | None) -> TraceQuerySet:
    """Traces of people who were erased since: read anew they stay as they are, and nothing of them is read."""
    if report is None:
        return Trace.objects.none()
    erased = Q(registration__person__erased_at__isnull=False)
    if report.erased_at is None:  # else all traces are without names
        nobodys = Q(set_aside_at__isnull=False) | Q(how=How.GUEST)
        erased |= nobodys & Q(registration=None, name="", email="")
    return report.traces.filter(erased)


def differs(report: PlatformReport, reading: Reading, present_from: int) -> bool:
    """From how it was read before."""
    before = (report.zone, report.present_from, report.erased_at)
    return before != (str(reading.zone), present_from, None) or is_measured_otherwise(report, reading)


def is_measured_otherwise(report: PlatformReport, reading: Reading) -> bool:
    """Because the meeting has other hours by now."""
    people = united(reading, starts_at=report.meeting.starts_at, ends_at=report.meeting.ends_at)
    now = {one.lines[0]: one.minutes for one in people}
    then = report.traces.values_list("line", "minutes")
    return any(line in now and now[line] != minutes for line, minutes in then)
