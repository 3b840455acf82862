"""What a person learned here: what they attended, how long, and what they can show of it. By years, the newest first.

It counts what happened: meetings whose list is closed and at which the person was present. What is said of a session that
has a certificate is what the certificate says.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from accounts.models import User
from attendance.models import Attendance
from attendance.own_attendance import standing
from catalog.models import Meeting
from registrations.models import Registration

from .facts import MINUTE, country_of, was_left_out
from .models import Certificate


@dataclass(frozen=True)
class Learned:
    """One session. `present` of its `meetings` but those at which attendance was not taken, `minutes` there; `certificates`
    are those that stand."""

    registration: Registration
    title: str
    host: str
    starts_on: date
    ends_on: date  # on the host's clock
    present: int
    meetings: int
    minutes: int
    certificates: list[Certificate]

    @property
    def was_recorded(self) -> bool:
        """False of what was granted without a meeting at which the person is known to have been."""
        return self.present > 0


@dataclass(frozen=True)
class Year:
    year: int
    learned: list[Learned]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.learned)


@dataclass(frozen=True)
class Record:
    name: str
    country: str  # ISO 3166-1 alpha-2, "" where it is not known
    years: list[Year]

    @property
    def learned(self) -> list[Learned]:
        return [one for year in self.years for one in year.learned]

    @property
    def minutes(self) -> int:
        return sum(year.minutes for year in self.years)

    @property
    def certificates(self) -> list[Certificate]:
        return [certificate for one in self.learned for certificate in one.certificates]

    @property
    def is_empty(self) -> bool:
        return not self.years


def record_of(person: User) -> Record:
    """In five queries, however much it is."""
    certificates: dict[int, list[Certificate]] = defaultdict(list)
    for one in certificates_of(person):
        certificates[one.registration_id].append(one)
    rows: dict[int, dict[int, Attendance]] = defaultdict(dict)
    for row in Attendance.objects.present().filter(registration__person=person):
        rows[row.registration_id][row.meeting_id] = row
    registrations = list(
        Registration.objects.filter(pk__in=[*rows, *certificates])
        .select_related("session__activity__host")
        .prefetch_related("session__meetings")
    )
    prefetch_related_objects(
        [each for one in registrations for each in one.session.meetings.all()], "closings"
    )
    found = [learned(one, rows[one.pk], certificates[one.pk]) for one in registrations]
    return Record(
        person.name,
        country_of(person),
        by_years(one for one in found if one.was_recorded or one.certificates),
    )


def certificates_of(person: User) -> list[Certificate]:
    """Those that stayed with an account that was merged into theirs are told with their own registration for the session."""
    found = Certificate.objects.current().of(person).filter(erased_at=None).select_related("registration")
    own: list[Certificate] = []
    others: list[Certificate] = []
    for one in found:
        (own if one.registration.person_id == person.pk else others).append(one)
    if others:
        sessions = [one.registration.session_id for one in others]
        rows = {row.session_id: row for row in person.registrations.filter(session__in=sessions)}
        for one in others:
            one.registration = rows.get(one.registration.session_id, one.registration)
    return [*own, *others]


def learned(
    registration: Registration, rows: dict[int, Attendance], certificates: list[Certificate]
) -> Learned:
    session = registration.session
    meetings = list(session.meetings.all())
    attended = [meeting for meeting in meetings if meeting.pk in rows and was_taken(meeting)]
    said = certificates[0].said if certificates else None
    zone = session.zone
    return Learned(
        registration,
        title=said.title if said else session.activity.title,
        host=said.host if said else session.activity.host_name,
        starts_on=said.first_day if said else session.starts_at.astimezone(zone).date(),
        ends_on=said.last_day if said else session.ends_at.astimezone(zone).date(),
        present=len(attended),
        meetings=sum(not was_left_out(meeting) for meeting in meetings),
        minutes=sum(minutes_there(meeting, rows[meeting.pk]) for meeting in attended),
        certificates=certificates,
    )


def was_taken(meeting: Meeting) -> bool:
    closing = standing(meeting)
    return closing is not None and closing.taken


def minutes_there(meeting: Meeting, row: Attendance) -> int:
    """As measured; the whole meeting where nobody measured."""
    whole: int = (meeting.ends_at - meeting.starts_at) // MINUTE
    return whole if row.minutes is None else min(row.minutes, whole)


def by_years(found: Iterable[Learned]) -> list[Year]:
    years: dict[int, list[Learned]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.ends_on, one.starts_on, one.registration.pk), reverse=True):
        years[one.ends_on.year].append(one)
    return [Year(year, learned) for year, learned in years.items()]


def as_json(record: Record) -> dict[str, object]:
    """For the file: days as ISO 8601, lengths in minutes, certificates by their codes."""
    return {
        "name": record.name,
        "minutes": record.minutes,
        "learned": [
            {
                "title": one.title,
                "host": one.host,
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
                "meetings": one.meetings,
                "meetings_present": one.present,
                "minutes": one.minutes,
                "certificates": [
                    {
                        "kind": certificate.kind,
                        "code": certificate.code,
                        "edition": certificate.edition,
                        "issued_at": certificate.issued_at,
                    }
                    for certificate in one.certificates
                ],
            }
            for one in record.learned
        ],
    }
