"""Who was there in the demonstration, as in the field: of a webinar's registrations less than half, of a program nearly all.

All of it goes through the actions that staff's taps go through, each at the hour of its meeting.
"""

import random
from datetime import datetime, timedelta

from accounts.models import User
from attendance.actions import ask_correction, check_in, close, note, note_all_present, strike
from attendance.models import Attendance
from catalog.models import Activity, Meeting, Session
from registrations.models import Registration

from .specs import Spec, people_specs

# Of those registered, how many come: at least, at most.
SHARES = {Activity.Format.IN_PERSON_PROGRAM: (0.85, 0.95)}
ONLINE = (0.35, 0.50)
EXCUSED = 0.06
CLOSED_AFTER = timedelta(hours=20)
ASKED_AFTER = timedelta(hours=40)
# At a meeting that runs now so many of the first are noted, the next checked in themselves: the others are for whoever taps.
NOTED_NOW, CHECKED_IN_NOW = 6, 4
# What nobody took, and what nobody closed.
NOT_TAKEN, NOT_CLOSED = "not_taken", "not_closed"
# Of this a report of the meeting platform was read, and the list is still open: demo/reporting.py.
REPORTED = "reported"

State = Attendance.State
CITY = {spec["email"] for spec in people_specs()["city"]}


def attend(session: Session, spec: Spec, *, by: User, official: User, now: datetime) -> None:
    """Note who was at the meetings that began until now, and close the lists of those that are over."""
    chance = random.Random(f"{session.activity.slug} {spec['offset_days']} attended")
    if session.is_cancelled or spec.get("attendance") in (NOT_CLOSED, REPORTED):
        return
    for number, meeting in enumerate(session.meetings.filter(starts_at__lte=now).order_by("starts_at")):
        meeting.session = session
        is_over = meeting.ends_at + CLOSED_AFTER <= now
        if spec.get("attendance") == NOT_TAKEN:
            close(meeting=meeting, by=by, taken=False, now=meeting.ends_at + CLOSED_AFTER)
            continue
        placed = session.registrations.confirmed().filter(confirmed_at__lt=meeting.starts_at)
        people = list(placed.select_related("person"))
        if is_over:
            note_meeting(meeting, people, chance, by=by)
            if "official" in spec:
                note_official(meeting, people, official, present=number < spec["official"], by=by)
            note_city(meeting, people, by=by)
            close(meeting=meeting, by=by, now=meeting.ends_at + CLOSED_AFTER)
        else:
            for registration in people[:NOTED_NOW]:
                note(
                    registration=registration,
                    meeting=meeting,
                    state=State.PRESENT,
                    by=by,
                    now=min(now, meeting.ends_at),
                )
            check_in_some(meeting, people[NOTED_NOW:][:CHECKED_IN_NOW], by=by, now=now)
    if "correction" in spec:
        ask_for_correction(session, spec["correction"])


def check_in_some(meeting: Meeting, people: list[Registration], *, by: User, now: datetime) -> None:
    """By the code on the screen, one after the other; the last one was not there, and staff struck it."""
    for minute, registration in enumerate(people):
        at = min(meeting.starts_at + timedelta(minutes=minute), now, meeting.ends_at - timedelta(seconds=1))
        check_in(meeting=meeting, person=registration.person, seen_at=at, by=registration.person, now=at)
        if registration == people[-1] and len(people) > 1:
            strike(registration=registration, meeting=meeting, by=by, now=at)


def note_official(
    meeting: Meeting, people: list[Registration], official: User, *, present: bool, by: User
) -> None:
    """Of the cast: as their pages are to show it, whatever chance said."""
    own = next(registration for registration in people if registration.person_id == official.pk)
    state = State.PRESENT if present else State.ABSENT
    note(registration=own, meeting=meeting, state=state, by=by, now=meeting.ends_at)


def note_city(meeting: Meeting, people: list[Registration], *, by: User) -> None:
    """Those of the city that has a record were there, whatever chance said."""
    for one in people:
        if one.person.email in CITY:
            note(registration=one, meeting=meeting, state=State.PRESENT, by=by, now=meeting.ends_at)


def ask_for_correction(session: Session, words: str) -> None:
    """The first who was absent says that this is wrong, and nobody has answered yet."""
    absent = Attendance.objects.filter(meeting__session=session, state=State.ABSENT)
    row = absent.select_related("registration__person", "meeting").order_by("meeting", "registration")[0]
    ask_correction(
        registration=row.registration,
        meeting=row.meeting,
        words=words,
        by=row.registration.person,
        now=row.meeting.ends_at + ASKED_AFTER,
    )


def note_meeting(meeting: Meeting, people: list[Registration], chance: random.Random, *, by: User) -> None:
    """Whoever is fewer is noted one by one: who came to a webinar, who missed a day of a program."""
    least, most = SHARES.get(Activity.Format(meeting.session.activity.format), ONLINE)
    there = round(len(people) * chance.uniform(least, most))
    chosen = chance.sample(people, k=len(people))
    present, missing = chosen[:there], chosen[there:]
    excused = missing[: round(len(people) * EXCUSED)]
    for registration in excused:
        note(registration=registration, meeting=meeting, state=State.EXCUSED, by=by, now=meeting.starts_at)
    if len(present) <= len(missing):
        for registration in present:
            note(
                registration=registration,
                meeting=meeting,
                state=State.PRESENT,
                by=by,
                now=meeting.starts_at,
            )
        return
    for registration in missing[len(excused) :]:
        note(registration=registration, meeting=meeting, state=State.ABSENT, by=by, now=meeting.ends_at)
    note_all_present(meeting=meeting, by=by, now=meeting.ends_at)
