from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from attendance.actions.doors import lock_list_to_note
from catalog.models import Meeting

from .. import errors
from ..decisions import Decision
from ..matching import Listed
from ..models import PlatformReport, Trace
from ..reading import Reading
from ..tracing import decided_before, differs, forgotten_in, report_of, traces_of
from .learning import learn, use
from .recounting import recount

How = Trace.How


@dataclass(frozen=True)
class Noted:
    """`is_new` is False where the same had been noted before, and nothing changed. `changes` counts the registrations of
    which attendance says another thing now."""

    report: PlatformReport
    is_new: bool
    changes: int = 0


@transaction.atomic
def note_report(
    *,
    meeting: Meeting,
    reading: Reading,
    sha256: str,
    file_name: str = "",
    present_from: int = 1,
    decisions: Mapping[int, Decision] | None = None,
    by: User,
    now: datetime | None = None,
) -> Noted:
    """Keep what a report says: its traces, whose they are, and so who was there. `decisions` are about traces by their
    first line. The same file (`sha256`) again changes nothing; on another clock, or with another `present_from`, it takes
    the place of its earlier reading, and what staff had decided stays.

    Raises OfAnotherDay, NotOnTheList; ListIsClosed, MeetingDidNotHappen, TooEarly (of `attendance`).
    """
    door = lock_list_to_note(meeting, now)
    earlier = door.meeting.platform_reports.filter(sha256=sha256).first()
    if earlier and not differs(earlier, reading, present_from):
        return Noted(earlier, is_new=False)
    if not reading.is_of(door.meeting.starts_at, door.meeting.ends_at):
        raise errors.OfAnotherDay
    among = Listed(door.meeting)
    decided = decided_before(earlier, among) | dict(decisions or {})
    forgotten = {trace.pk: trace.line for trace in forgotten_in(earlier)}
    report = report_of(
        door.meeting,
        reading,
        sha256=sha256,
        file_name=file_name,
        present_from=present_from,
        by=by,
        now=door.now,
        earlier=earlier,
    )
    report.save()
    report.traces.exclude(pk__in=forgotten).delete()
    found = traces_of(report, reading, among, decided, without=forgotten.values())
    traces = Trace.objects.bulk_create(trace for trace, _match in found)
    learn(traces, among, by=by, now=door.now)
    use([match.by for trace, match in found if match.by and trace.how == How.ALIAS], now=door.now)
    return Noted(report, is_new=True, changes=recount(door, by=by))
