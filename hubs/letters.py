"""The letters about agreements, to the named contacts and the Secretariat; and what visitors write to a host.

Each is worded in the reader's language. Its key ends with the occurrence, the date it speaks of among it, and with whom
it is to: a new date makes a new letter, the same one is never written twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from accounts.roles import Role
from outbox.actions import write_letter
from outbox.models import Letter

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
    return write("agreement_signed", agreement, to, f"{agreement.pk}", now=now)


def extended(agreement: Agreement, to: Reader, *, reason: str, before: date, now: datetime) -> Letter | None:
    return write(
        "agreement_extended",
        agreement,
        to,
        f"{agreement.pk}/{agreement.ends_on}",
        now=now,
        reason=reason,
        before=before,
    )


def ended_early(agreement: Agreement, to: Reader, *, now: datetime) -> Letter | None:
    return write(
        "agreement_ended_early", agreement, to, f"{agreement.pk}/{agreement.ended_early_on}", now=now
    )


# What is to be done


def ending(agreement: Agreement, to: Reader, *, lead: int, now: datetime) -> Letter | None:
    """`lead` in days, as agreed; the letter tells how many are left in truth."""
    return write(
        "agreement_ending",
        agreement,
        to,
        f"{agreement.pk}/{lead}/{agreement.last_day}",
        now=now,
        days=agreement.days_left(agreement.today(now)),
    )


def milestone_due(milestone: Milestone, to: Reader, *, so_far: int, now: datetime) -> Letter | None:
    return about_milestone("milestone_due", milestone, to, so_far=so_far, now=now)


def milestone_overdue(milestone: Milestone, to: Reader, *, so_far: int, now: datetime) -> Letter | None:
    return about_milestone("milestone_overdue", milestone, to, so_far=so_far, now=now)


def about_milestone(
    kind: str, milestone: Milestone, to: Reader, *, so_far: int, now: datetime
) -> Letter | None:
    return write(
        kind,
        milestone.agreement,
        to,
        f"{milestone.pk}/{milestone.due_on}",
        now=now,
        milestone=milestone,
        so_far=so_far,
        days=(milestone.due_on - milestone.agreement.today(now)).days,
    )


def review_due(agreement: Agreement, to: Reader, *, now: datetime) -> Letter | None:
    return write("review_due", agreement, to, f"{agreement.pk}/{agreement.review_due_on}", now=now)


def review_overdue(agreement: Agreement, to: Reader, *, now: datetime) -> Letter | None:
    return write("review_overdue", agreement, to, f"{agreement.pk}/{agreement.review_due_on}", now=now)


def key(kind: str, occurrence: str, to: Reader) -> str:
    return f"{kind}/{occurrence}/{to.key}"


def about(agreement: Agreement) -> str:
    """By which the letters about an agreement are found."""
    return f"agreement {agreement.pk}"


def write(
    kind: str, agreement: Agreement, to: Reader, occurrence: str, *, now: datetime, **more: Any
) -> Letter | None:
    host = agreement.host
    with reading_as(to, host):
        return write_letter(
            kind=kind,
            key=key(kind, occurrence, to),
            person=to.person,
            to=to.address,
            template=f"hubs/{kind}",
            context={
                "agreement": agreement,
                "host": host.name,
                "name": to.name,
                "page": page_of(agreement, to),
                **more,
            },
            about=about(agreement),
            reply_to=host.email,
            now=now,
        )


def page_of(agreement: Agreement, to: Reader) -> str:
    """Who may see the agreement at the desk is led there, everybody else to the host's page, which is open to all."""
    if to.person and agreement.host.staffed_by(to.person):
        return settings.SITE_URL + reverse("admin:hubs_agreement_overview", args=[agreement.pk])
    return settings.SITE_URL + agreement.host.get_absolute_url()


# What a visitor writes to a host


def message(
    host: Host, to: Reader, *, sender: str, sender_address: str, text: str, occurrence: str, now: datetime
) -> Letter | None:
    """Answers go to the sender."""
    with reading_as(to, host):
        return write_letter(
            kind="host_message",
            key=key("host_message", f"{host.pk}/{occurrence}", to),
            person=to.person,
            to=to.address,
            template="hubs/host_message",
            context={
                "host": host.name,
                "name": to.name,
                "sender": sender,
                "sender_address": sender_address,
                "message": text,
                "page": settings.SITE_URL + host.get_absolute_url(),
            },
            about=f"host {host.pk}",
            reply_to=sender_address,
            now=now,
        )


def readers_of_messages(host: Host) -> list[Reader]:
    """The host's own address; without one its coordinators; without any the Secretariat."""
    if host.email:
        return [Reader("host", host.name, host.email, settings.LANGUAGE_CODE)]
    people = host.coordinators.filter(is_active=True, erased_at=None).order_by("pk")
    return [reader_of_person(person) for person in people] or secretariat()


@contextmanager
def reading_as(to: Reader, host: Host) -> Iterator[None]:
    """In the reader's language and clock; in the host's clock where we know none of theirs."""
    zone = to.person.zone if to.person else host.zone
    with translation.override(to.language), timezone.override(zone):
        yield
