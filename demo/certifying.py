"""Who signs in the demonstration, and certificates in every state, through the actions that staff and the worker use."""

from datetime import datetime, timedelta

from accounts.models import User
from attendance.actions import close, note, open_again
from attendance.models import Attendance
from catalog.certificate_rule import Certificate as Kind
from catalog.models import Session
from credentials import actions, errors
from credentials.models import Certificate, Signatory
from credentials.outcomes import What, outcomes
from hubs.models import Host

from .attending import CLOSED_AFTER
from .specs import columns, read

SIGNS_SINCE = timedelta(days=900)
ISSUED_AFTER = CLOSED_AFTER + timedelta(minutes=5)
# Of this edition somebody's name was corrected, one certificate was withdrawn, one is hidden, one doubted, one granted.
IN_EVERY_STATE = "neighborhood-that-reads-its-meter"
WHY_WITHDRAWN = (
    "The report of the meeting platform had two people of the same name, and the other one was there."
)
WHY_GRANTED = "Led the exercise on meter readings; the connection broke off before the end."
WHY_OPENED = "The technician’s list shows that one person left at the beginning."


def name_signatories(*, now: datetime) -> None:
    first = (now - SIGNS_SINCE).date()
    for slug, spec in read("signatories.toml")["signatories"].items():
        host = Host.objects.get(slug=slug)
        texts = columns("post", spec["post"])
        Signatory.objects.get_or_create(host=host, name=spec["name"], defaults={"from_day": first} | texts)


def certify(session: Session, *, by: User, now: datetime) -> None:
    """As the worker does once all lists are closed. Where something is missing, nothing is issued, and the desk says so."""
    moment = session.ends_at + ISSUED_AFTER
    if session.is_cancelled or moment > now:
        return
    try:
        actions.issue(session=session, now=moment)
    except errors.Refused:
        return
    if session.activity.slug == IN_EVERY_STATE:
        show_every_state(session, by=by, now=moment + timedelta(days=1))


def show_every_state(session: Session, *, by: User, now: datetime) -> None:
    """As far as there are people for it."""

    def withdraw(certificate: Certificate) -> None:
        actions.withdraw(certificate=certificate, why=WHY_WITHDRAWN, by=by, now=now)

    def hide(certificate: Certificate) -> None:
        actions.show_name(certificate=certificate, shown=False, by=certificate.registration.person, now=now)

    def correct(certificate: Certificate) -> None:
        name = f"{certificate.said.name} (Dipl.-Ing.)"
        actions.correct_name(certificate=certificate, name=name, by=certificate.registration.person, now=now)

    def doubt(certificate: Certificate) -> None:
        cast_doubt(certificate, by=by, now=now)

    issued = Certificate.objects.filter(registration__session=session).for_showing().order_by("pk")
    for certificate, change in zip(issued, (correct, withdraw, hide, doubt), strict=False):
        change(certificate)
    for outcome in outcomes(session):
        if outcome.what == What.NOT_MET:
            actions.grant(
                registration=outcome.registration, kind=Kind.PARTICIPATION, why=WHY_GRANTED, by=by, now=now
            )
            break


def cast_doubt(certificate: Certificate, *, by: User, now: datetime) -> None:
    registration = certificate.registration
    meeting = registration.session.meetings.get()
    open_again(meeting=meeting, by=by, why=WHY_OPENED, now=now)
    note(registration=registration, meeting=meeting, state=Attendance.State.ABSENT, by=by, now=now)
    close(meeting=meeting, by=by, now=now)
    actions.issue(session=registration.session, now=now)
