"""The letters about agreements, to the named contacts and the Secretariat; and what visitors write to a host.

Each is worded in the reader's language. Its key ends with the occurrence, the date it speaks of among it, and with whom
it is to: a new date makes a new letter, the same one is never written twice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from accounts.models import User
from accounts.roles import Role
from outbox.actions import write_letter
from outbox.links import link_to
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as

from .models import Agreement, Contact, Host, Milestone


@dataclass(frozen=True)
class Reader:
    """Whom a letter is to."""

    key: str
    name: str
    address: str
    language: str
    person: User | None = None


def reader_of(contact: Contact) -> Reader:
    if contact.person:
        return reader_of_person(contact.person)
    return Reader(f"contact-{contact.pk}", contact.name, contact.email, contact.language)


def reader_of_person(person: User) -> Reader:
    return Reader(f"{person.pk}", str(person), person.email, person.language, person)


def secretariat() -> list[Reader]:
    people = User.objects.filter(groups__name=Role.SECRETARIAT, is_active=True, erased_at=None)
    return [reader_of_person(person) for person in people.order_by("pk")]


def readers(agreement: Agreement, staff: list[Reader]) -> list[Reader]:
    """The named contacts and the Secretariat (`staff`), each address once."""
    contacts = [
        reader_of(contact)
        for contact in agreement.contacts.all()
        if contact.person is None or (contact.person.is_active and contact.person.erased_at is None)
    ]
    once: dict[str, Reader] = {}
    for reader in [*contacts, *staff]:
        once.setdefault(reader.address.lower(), reader)
    return list(once.values())


# What has happened


def signed(agreement: Agreement, to: Reader, *, now: datetime) -> Letter | None:
    return write_letter(about_agreement("agreement_signed", agreement, to, f"{agreement.pk}", now))


def extended(agreement: Agreement, to: Reader, *, reason: str, before: date, now: datetime) -> Letter | None:
    occurrence = f"{agreement.pk}/{agreement.ends_on}"
    return write_letter(
        about_agreement("agreement_extended", agreement, to, occurrence, now, reason=reason, before=before)
    )


def ended_early(agreement: Agreement, to: Reader, *, now: datetime) -> Letter | None:
    occurrence = f"{agreement.pk}/{agreement.ended_early_on}"
    return write_letter(about_agreement("agreement_ended_early", agreement, to, occurrence, now))


# What is to be done


def ending(agreement: Agreement, to: Reader, *, lead: int, now: datetime) -> Letter | None:
    """`lead` in days, as agreed; the letter tells how many are left in truth."""
    occurrence = occurrence_of_end(agreement, lead)
    days = agreement.days_left(agreement.today(now))
    return write_letter(about_agreement("agreement_ending", agreement, to, occurrence, now, days=days))


def milestone_due(milestone: Milestone, to: Reader, *, so_far: int, now: datetime) -> Letter | None:
    return write_letter(about_milestone("milestone_due", milestone, to, so_far, now))


def milestone_overdue(milestone: Milestone, to: Reader, *, so_far: int, now: datetime) -> Letter | None:
    return write_letter(about_milestone("milestone_overdue", milestone, to, so_far, now))


def review_due(agreement: Agreement, to: Reader, *, now: datetime) -> Letter | None:
    return write_letter(about_agreement("review_due", agreement, to, occurrence_of_review(agreement), now))


def review_overdue(agreement: Agreement, to: Reader, *, now: datetime) -> Letter | None:
    return write_letter(
        about_agreement("review_overdue", agreement, to, occurrence_of_review(agreement), now)
    )


def about_milestone(kind: str, milestone: Milestone, to: Reader, so_far: int, now: datetime) -> NewLetter:
    agreement, occurrence = milestone.agreement, occurrence_of_milestone(milestone)
    days = (milestone.due_on - agreement.today(now)).days
    return about_agreement(
        kind, agreement, to, occurrence, now, milestone=milestone, so_far=so_far, days=days
    )


def about_agreement(
    kind: str, agreement: Agreement, to: Reader, occurrence: str, now: datetime, **more: Any
) -> NewLetter:
    return new_letter(
        kind, agreement.host, to, occurrence, now, agreement=agreement, reply_to=agreement.host.email, **more
    )


# What a visitor writes to a host


def message(
    host: Host, to: Reader, *, sender: str, sender_address: str, text: str, occurrence: str, now: datetime
) -> Letter | None:
    """Answers go to the sender."""
    return write_letter(
        new_letter(
            "host_message",
            host,
            to,
            f"{host.pk}/{occurrence}",
            now,
            reply_to=sender_address,
            sender=sender,
            sender_address=sender_address,
            message=text,
        )
    )


def readers_of_messages(host: Host) -> list[Reader]:
    """The host's own address; without one its coordinators; without any the Secretariat."""
    if host.email:
        return [Reader("host", host.name, host.email, settings.LANGUAGE_CODE)]
    people = host.coordinators.filter(is_active=True, erased_at=None).order_by("pk")
    return [reader_of_person(person) for person in people] or secretariat()


# What all of them have


def new_letter(
    kind: str,
    host: Host,
    to: Reader,
    occurrence: str,
    now: datetime,
    *,
    reply_to: str,
    agreement: Agreement | None = None,
    **more: Any,
) -> NewLetter:
    """In the reader's language and clock; in the host's clock where we know none of theirs. `more` is for the templates."""
    zone = to.person.zone if to.person else host.zone
    with reading_as(language=to.language, zone=zone):
        context = {"host": host.name, "name": to.name, "page": page_of(host, agreement, to)}
    return NewLetter(
        kind=kind,
        key=key(kind, occurrence, to),
        about=agreement or host,
        person=to.person,
        to=to.address,
        language=to.language,
        zone=zone,
        template=f"hubs/{kind}",
        context={**context, "agreement": agreement, **more},
        reply_to=reply_to,
        now=now,
    )


def page_of(host: Host, agreement: Agreement | None, to: Reader) -> str:
    """Who may see the agreement at the desk is led there, everybody else to the host's page, which is open to all."""
    if agreement and to.person and host.staffed_by(to.person):
        return link_to("admin:hubs_agreement_overview", agreement.pk)
    return link_to(host)


def key(kind: str, occurrence: str, to: Reader) -> str:
    return f"{kind}/{occurrence}/{to.key}"


def occurrence_of_end(agreement: Agreement, lead: int | None) -> str:
    return f"{agreement.pk}/{lead}/{agreement.last_day}"


def occurrence_of_review(agreement: Agreement) -> str:
    return f"{agreement.pk}/{agreement.review_due_on}"


def occurrence_of_milestone(milestone: Milestone) -> str:
    return f"{milestone.pk}/{milestone.due_on}"
