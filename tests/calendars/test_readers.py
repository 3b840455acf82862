"""Our entries as other programs read them: each start and end is that of a meeting, in every shape that we write.

Two readers are Python's. `make test-calendars` has two of JavaScript read the same files; without what it brings they are
left out.
"""

import json
import subprocess
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from dateutil.rrule import rrulestr
from icalendar import Calendar, vRecur

from calendars.entries import calendar_file, session_event
from calendars.series import series_of
from catalog.models import Meeting, Session
from tests import cast
from tests.calendars.shapes import SHAPES

type Hours = list[tuple[datetime | date, datetime | date]]

SELF_PACED = "self-paced"  # marked on its last day

HERE = Path(__file__).parent
JAVASCRIPT = HERE.parent.parent / "var" / "calendars"


def written() -> dict[str, bytes]:
    """Each shape as the file of a session. The rows are made together: there are many shapes."""
    activity = cast.activity()
    moments = {name: shape.moments() for name, shape in SHAPES.items()}
    Session.objects.bulk_create(
        Session(
            activity=activity,
            label=name,
            timezone=SHAPES[name].zone,
            starts_at=meetings[0][0],
            ends_at=max(end for _start, end, _title in meetings),
        )
        for name, meetings in moments.items()
    )
    sessions = {session.label: session for session in activity.sessions.all()}
    Meeting.objects.bulk_create(
        Meeting(session=sessions[name], starts_at=start, ends_at=end, title=title)
        for name, meetings in moments.items()
        for start, end, title in meetings
    )
    ends_at = datetime(2027, 3, 1, tzinfo=ZoneInfo("Asia/Seoul"))  # the last day is the 28th of February
    cast.session(
        activity, label=SELF_PACED, self_paced=True, starts_at=ends_at - timedelta(days=30), ends_at=ends_at
    )
    shown_sessions = activity.sessions.select_related("activity__host").prefetch_related("meetings")
    return {session.label: calendar_file(session_event(session, language="en")) for session in shown_sessions}


def expected() -> dict[str, Hours]:
    hours = {name: [(start, end) for start, end, _title in shape.moments()] for name, shape in SHAPES.items()}
    return hours | {SELF_PACED: [(date(2027, 2, 28), date(2027, 3, 1))]}


def by_recurring_ical_events(file: bytes) -> Hours:
    occurrences = recurring_ical_events.of(Calendar.from_ical(file)).between(
        datetime(2027, 1, 1), datetime(2028, 1, 1)
    )
    return [(event["DTSTART"].dt, event["DTEND"].dt) for event in occurrences]


def by_vobject(file: bytes) -> Hours:
    """It works out the rule and what is left out; what is moved it leaves to its caller, as here."""
    master, *overrides = vobject.readOne(file.decode()).vevent_list
    moved = {override.recurrence_id.value: override for override in overrides}
    lasts = master.dtend.value - master.dtstart.value
    hours = []
    for start in master.rruleset or [master.dtstart.value]:
        override = moved.pop(start, None)
        hours.append((override.dtstart.value, override.dtend.value) if override else (start, start + lasts))
    assert not moved, "an override stands for a date that the rule has not"
    return hours


@pytest.mark.django_db
def test_each_meeting_is_read_at_its_hours():
    files = written()
    for reader in (by_recurring_ical_events, by_vobject):
        read = {name: sorted(reader(file)) for name, file in files.items()}
        assert read == expected(), reader.__name__


@pytest.mark.django_db
@pytest.mark.skipif(
    not (JAVASCRIPT / "node").exists(), reason="`make test-calendars` brings Node and its readers"
)
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
def test_each_meeting_is_read_at_its_hours_by_javascript(reader: str, tmp_path):
    files = written()
    asked = [tmp_path / f"{number}.ics" for number in range(len(files))]
    for path, file in zip(asked, files.values(), strict=True):
        path.write_bytes(file)
    command = [JAVASCRIPT / "node", HERE / "readers" / "read.mjs", JAVASCRIPT, reader]
    answer = subprocess.run([*command, *asked], capture_output=True, check=True, env={"TZ": "Asia/Tokyo"})
    read = {
        name: sorted((moment_or_day(start), moment_or_day(end)) for start, end in hours)
        for name, hours in zip(files, json.loads(answer.stdout), strict=True)
    }
    assert read == expected()


def moment_or_day(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_series_keeps_to_what_outlook_can(shape: str):
    """Its start is the first meeting's; one meeting a day; none is moved past a neighbor, which is where the rule has it or
    where it was moved to itself ([MS-OXOCAL], PidLidAppointmentRecur)."""
    starts = SHAPES[shape].walls()
    if len(starts) == 1:
        return
    series = series_of(starts)
    assert series.slots[0] == starts[0]
    dates = list(rrulestr(vRecur(series.rule).to_ical().decode(), dtstart=starts[0]))
    assert sorted(series.slots + series.left_out) == dates
    if len({start.date() for start in starts}) < len(starts):
        return  # Outlook cannot have two on one day.
    by_slot = dict(zip(series.slots, starts, strict=True))
    assert list(by_slot) == sorted(by_slot)
    for before, slot in pairwise(dates):
        assert before.date() < by_slot.get(slot, slot).date()
        assert by_slot.get(before, before).date() < slot.date()


@pytest.mark.parametrize(
    ("days", "rule", "moved", "left_out"),
    [
        ([0, 1, 2, 3], "FREQ=DAILY;COUNT=4", 0, 0),
        ([0, 3, 6], "FREQ=DAILY;COUNT=3;INTERVAL=3", 0, 0),
        ([0, 7, 14], "FREQ=WEEKLY;COUNT=3", 0, 0),
        ([0, 14, 28], "FREQ=WEEKLY;COUNT=3;INTERVAL=2", 0, 0),
        ([0, 2, 7, 9], "FREQ=WEEKLY;COUNT=4;BYDAY=TU,TH", 0, 0),
        ([0, 1, 2, 3, 6, 7], "FREQ=WEEKLY;COUNT=6;BYDAY=MO,TU,WE,TH,FR", 0, 0),
        ([0, 7, 15, 21], "FREQ=WEEKLY;COUNT=4", 1, 0),
        ([0, 7, 21, 28], "FREQ=WEEKLY;COUNT=5", 0, 1),
        ([0, 7, 7, 14], "FREQ=WEEKLY;COUNT=4", 1, 0),
    ],
)
def test_the_rule_is_the_one_that_the_fewest_depart_from(days, rule, moved, left_out):
    first = datetime(2027, 2, 2, 9)  # a Tuesday
    starts = [
        first + timedelta(days=day, hours=5 * days[:number].count(day)) for number, day in enumerate(days)
    ]
    series = series_of(starts)
    assert vRecur(series.rule).to_ical().decode() == rule
    assert sum(slot != start for slot, start in zip(series.slots, starts, strict=True)) == moved
    assert len(series.left_out) == left_out
