"""The letters about certificates: issued, with a name corrected, withdrawn. Each leads to the certificate's page."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.clock_words import day, days
from calendars.entries import from_name
from catalog.models import Session
from outbox.actions import write_letter, write_letters
from outbox.links import link_to
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as

from .models import Certificate
from .models.certificate import TO_CORRECT

# It says until when the name can be corrected; the certificate itself is on “My pages” for ever.
OF_USE = timedelta(days=30)


def issued(certificates: Sequence[Certificate], *, now: datetime) -> int:
    """In a few statements, however many."""
    return write_letters([new_letter("certificate_issued", one, now=now) for one in certificates])


def replaced(certificate: Certificate, *, now: datetime) -> Letter | None:
    return write_letter(new_letter("certificate_replaced", certificate, now=now))


def withdrawn(certificate: Certificate, *, now: datetime) -> Letter | None:
    return write_letter(new_letter("certificate_withdrawn", certificate, now=now))


def new_letter(kind: str, certificate: Certificate, *, now: datetime) -> NewLetter:
    """The session is the registration's; its activity has a host."""
    registration = certificate.registration
    session: Session = registration.session
    person = certificate.owner
    said = certificate.said
    host = session.activity.host
    until = certificate.first_issued_at() + TO_CORRECT
    with reading_as(person):
        return NewLetter(
            kind=kind,
            key=f"{kind}/{certificate.code}",
            about=registration,
            person=person,
            template=f"credentials/{kind}",
            context={
                "title": said.title,
                "host": said.host,
                "dates": days(said.first_day, said.last_day),
                "name": said.name,
                "code": certificate.code_in_groups,
                "is_completion": said.kind == "completion",
                "granted": said.granted,
                "why": certificate.why_withdrawn,
                "until": day(until.astimezone(person.zone)) if now < until else "",
                "page": link_to("credentials:certificate", certificate.code),
                "registration_page": link_to("me:registration", registration.code),
            },
            from_name=from_name(session),
            reply_to=host.email if host else "",
            useless_after=now + OF_USE,
            now=now,
        )
