from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from attendance.actions.doors import lock_open_list
from desk.audit import note

from .. import errors
from ..decisions import Decision
from ..matching import Listed
from ..models import PlatformReport, Trace
from ..tracing import decide_about
from .learning import learn, unlearn
from .recounting import recount


@dataclass(frozen=True)
class Said:
    """A decision, and how the trace stood (`Trace.stands_as`) on the page on which it was taken."""

    decision: Decision
    seen: str = ""


@transaction.atomic
def decide(
    *, report: PlatformReport, said: Mapping[int, Said], by: User, now: datetime | None = None
) -> list[Trace]:
    """Say of some of the report's traces whose they are, that they are nobody's, or that it is open again. Attendance
    follows, and what is decided for somebody is learned. Answers those that somebody else changed meanwhile: they stand.

    Raises NotOnTheList, TracesAreErased; ListIsClosed, MeetingDidNotHappen, TooEarly (of `attendance`).
    """
    door = lock_open_list(report.meeting, now)
    report = door.meeting.platform_reports.get(pk=report.pk)
    if report.erased_at:
        raise errors.TracesAreErased
    found = report.traces.select_related("registration").filter(pk__in=said)
    traces = [trace for trace in found if trace.stands_as != said[trace.pk].decision.stands_as]
    meanwhile = [trace for trace in traces if trace.stands_as != said[trace.pk].seen]
    changing = [trace for trace in traces if trace not in meanwhile]
    if not changing:
        return meanwhile
    among = Listed(door.meeting)
    unlearn(changing)
    for trace in changing:
        decide_about(trace, said[trace.pk].decision, among, by=by, now=door.now)
    Trace.objects.bulk_update(changing, ["registration", "how", "set_aside_at", "set_aside_by"])
    learn(changing, among, by=by, now=door.now)
    changes = recount(door, by=by)
    note(report, done="decided", traces=len(changing), changes=changes)
    return meanwhile
