"""Sessions whose lists are closed, people who were there, and who signs."""

from datetime import date, datetime

from accounts.models import User
from attendance import actions as attendance_actions
from catalog.certificate_rule import Certificate as Kind
from catalog.certificate_rule import Counted, Rule
from catalog.models import Session
from credentials import actions
from credentials.models import Certificate, Signatory
from hubs.models import Host
from registrations.models import Registration
from tests import cast
from tests.attendance.making import DAY, START, meeting_of, program, registered

__all__ = ["DAY", "START", "meeting_of", "program", "registered"]


def rule(percent: int = 80, kind: Kind = Kind.PARTICIPATION, **fields) -> Rule:
    return Rule(
        certificate=kind, percent=percent, percent_of=fields.pop("percent_of", Counted.MEETINGS), **fields
    )


def with_rule(session: Session, asked: Rule | None = None) -> Session:
    """As if it had had the rule from the beginning."""
    session.activity.rule = asked or rule()
    session.activity.save()
    return session


def signatory(host: Host, name: str = "Dr. Mina Park", **fields) -> Signatory:
    words = {"post_en": "Director", "post_fr": "Directrice", "post_es": "Directora"}
    facts = {"name": name, "from_day": date(2020, 1, 1)} | words | fields
    made, _is_new = Signatory.objects.get_or_create(host=host, from_day=facts.pop("from_day"), defaults=facts)
    return made


def there(session: Session, registration: Registration, days: int, *, by: User, of: int = 3) -> None:
    """Present at the first so many days."""
    for day in range(1, days + 1):
        meeting = meeting_of(session, day)
        attendance_actions.note(
            registration=registration, meeting=meeting, state="present", by=by, now=meeting.starts_at
        )


def close_all(session: Session, *, by: User) -> datetime:
    """Answers when the last list was closed."""
    for meeting in session.meetings.all():
        attendance_actions.close(meeting=meeting, by=by, now=meeting.ends_at)
    return session.ends_at


def finished(people: int = 2, *, days: int = 1, signs: bool = True, asked: Rule | None = None) -> Session:
    """Everybody was there on all days, and all lists are closed."""
    session = with_rule(program(days, places=None), asked)
    by = cast.secretary()
    for registration in registered(session, *cast.people(people)):
        there(session, registration, days, by=by)
    close_all(session, by=by)
    if signs:
        signatory(session.activity.host)
    return session


def granted_by_hand(*, registration: Registration, **options) -> Certificate:
    """Once the session is over."""
    return actions.grant(registration=registration, **{"now": registration.session.ends_at} | options)


def certificate(name: str = "Amina Diallo", **fields) -> Certificate:
    """Issued by the rule to one person."""
    session = with_rule(program(1))
    by = cast.secretary()
    (registration,) = registered(session, cast.person(name, **fields))
    there(session, registration, 1, by=by)
    close_all(session, by=by)
    signatory(session.activity.host)
    actions.issue(session=session, now=session.ends_at)
    return Certificate.objects.get(registration=registration)
