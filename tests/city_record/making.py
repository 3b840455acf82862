"""A city whose people learned, as far as it is known that they are its own. Rows are written as the actions leave them: it
takes many people until a number is told."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from accounts.models import Organization, User
from attendance.models import Attendance, Closing
from catalog.models import Session
from city_record import actions
from credentials.facts import facts_of
from credentials.models import Certificate
from membership.models import Claim
from registrations.models import Registration
from tests import cast

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def its_people(how_many: int, city: Organization | None = None, *, confirmed: bool = True) -> list[User]:
    """Of Dakar, where nothing else is said."""
    people = cast.people(how_many, organization=city or cast.organization())
    for one in people:
        claims(one, confirmed=confirmed)
    return people


def claims(person: User, city: Organization | None = None, *, confirmed: bool = True) -> Claim:
    word = {
        "confirmed_at": LONG_AGO,
        "confirmed_until": datetime(2030, 1, 1, tzinfo=UTC),
        "ground": "staff",
        "email": person.email.lower(),
    }
    return Claim.objects.create(
        person=person,
        organization=city or person.organization,
        claimed_at=LONG_AGO,
        **(word if confirmed else {}),
    )


def learned(
    people: Sequence[User],
    *,
    year: int = 2026,
    certified: Collection[User] = (),
    minutes: int | None = None,
    closed: bool = True,
    **fields,
) -> Session:
    """A session of two hours in June of that year; all were there."""
    start = datetime(year, 6, 3, 9, 0, tzinfo=UTC)
    session = cast.session(
        cast.not_listed_yet(f"Water in {year}", **fields),
        meetings=[(start, start + 2 * HOUR, "")],
        places=None,
    )
    meeting = session.meetings.get()
    registrations = Registration.objects.bulk_create(
        Registration(session=session, person=person, state="confirmed", confirmed_at=start - 9 * HOUR)
        for person in people
    )
    Attendance.objects.bulk_create(
        Attendance(
            registration=one, meeting=meeting, source="staff", state="present", minutes=minutes, counts=True
        )
        for one in registrations
    )
    if closed:
        Closing.objects.create(meeting=meeting, closed_at=start + 3 * HOUR)
    facts = facts_of(
        session, kind="participation", signatory={"name": "Mina Park", "posts": {"en": "Director"}}
    )
    Certificate.objects.bulk_create(
        Certificate(
            registration=one,
            kind="participation",
            language="en",
            facts=facts.as_json() | {"name": one.person.name},
        )
        for one in registrations
        if one.person in certified
    )
    return session


def looked_after(now: datetime = NOW) -> None:
    """As the worker does, of all sessions."""
    actions.look_after(now=now, since=LONG_AGO)
