"""The next term of an agreement: people, parties and open duties go on."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from .. import errors
from ..delivered import counted_agreements, delivered, met
from ..duration import ONE_DAY
from ..models import Agreement, Contact, Milestone, Party
from .agreements import draft, sign
from .deciding import lock, require_to_decide
from .translated import columns, texts

# An open duty whose day lies before the new term comes due so long after its first day; staff can move it.
CARRIED_DUTIES_HAVE = timedelta(days=180)


@transaction.atomic
def renew(
    *,
    agreement: Agreement,
    by: User,
    signed_on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    now: datetime | None = None,
) -> Agreement:
    """The next term, in one step: people, parties and open duties go on. Signed at once where `signed_on` is given.

    It begins the day after this one ends, or on `starts_on` if that is later, and lasts three years. A duty that is not
    met goes on with what is left of it; where its day lies before the new term, it comes due CARRIED_DUTIES_HAVE after
    the new start.
    Raises NotSigned, AlreadyRenewed, EndsTooEarly, SignedInTheFuture, OtherAgreement.
    """
    require_to_decide(by)
    now = now or timezone.now()
    agreement = lock(agreement)
    if not agreement.is_signed:
        raise errors.NotSigned
    if agreement.has_renewal:
        raise errors.AlreadyRenewed
    begins = starts_on or agreement.last_day + ONE_DAY
    if begins <= agreement.last_day:
        raise errors.OtherAgreement(agreement.starts_on, agreement.last_day)
    renewal = draft(
        host=agreement.host,
        kind=agreement.kind,
        theme=texts(agreement, "theme"),
        starts_on=begins,
        ends_on=ends_on,
        member=agreement.member,
        by=by,
        renews=agreement,
        **carried_facts(agreement),
    )
    copy_people(agreement, renewal)
    agreement.supporters.all().carry_on(since=renewal.starts_on, agreement=renewal)
    carry_duties(agreement, renewal, now=now)
    if signed_on:
        return sign(agreement=renewal, by=by, signed_on=signed_on, now=now)
    return renewal


def carried_facts(agreement: Agreement) -> dict[str, Any]:
    """What goes on in the next term as it is."""
    return {
        "is_demonstration": agreement.is_demonstration,
        **columns("summary", texts(agreement, "summary")),
    }


def copy_people(agreement: Agreement, renewal: Agreement) -> None:
    for party in agreement.parties.all():
        Party.objects.create(
            agreement=renewal,
            organization=party.organization,
            name=party.name,
            link=party.link,
            is_public=party.is_public,
            position=party.position,
            **columns("role", texts(party, "role")),
        )
    for contact in agreement.contacts.all():
        Contact.objects.create(
            agreement=renewal,
            person=contact.person,
            name=contact.name,
            email=contact.email,
            language=contact.language,
            post=contact.post,
            position=contact.position,
        )


def carry_duties(agreement: Agreement, renewal: Agreement, *, now: datetime) -> None:
    so_far = delivered(counted_agreements(Agreement.objects.filter(pk=agreement.pk), now=now).get())
    for milestone in Milestone.objects.standing().filter(agreement=agreement):
        if met(milestone, so_far):
            continue
        later = min(renewal.starts_on + CARRIED_DUTIES_HAVE, renewal.ends_on)
        Milestone.objects.create(
            agreement=renewal,
            kind=milestone.kind,
            measure=milestone.measure,
            promised=milestone.promised - so_far.counted(milestone.measure),
            due_on=milestone.due_on if milestone.due_on >= renewal.starts_on else later,
            is_public=milestone.is_public,
            carried_from=milestone,
            **columns("title", texts(milestone, "title")),
        )
