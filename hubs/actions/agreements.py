"""An agreement from its draft to its end. What the Secretariat alone decides raises PermissionDenied for anybody else.

Days are days on the host's clock.
"""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organization, User

from .. import errors, letters
from ..duration import ONE_DAY, last_day, middle
from ..models import Agreement, Extension, Host, Review
from .deciding import lock, refuse_overlap, require_to_decide, required_reason, save
from .telling import after_change, write_to_readers
from .translated import columns


@transaction.atomic
def draft(
    *,
    host: Host,
    kind: str,
    theme: str | dict[str, str],
    starts_on: date,
    by: User | None,
    ends_on: date | None = None,
    review_due_on: date | None = None,
    member: Organization | None = None,
    **more: Any,
) -> Agreement:
    """Write an agreement down. It holds nobody until it is signed.

    It lasts three years unless `ends_on` says otherwise, with the mid-term review in the middle.
    """
    agreement = Agreement(
        host=host,
        kind=kind,
        member=member or host.organization,
        starts_on=starts_on,
        **columns("theme", theme),
        **more,
    )
    fill_term(agreement, ends_on=ends_on, review_due_on=review_due_on)
    agreement.save()
    return agreement


def fill_term(agreement: Agreement, *, ends_on: date | None, review_due_on: date | None) -> None:
    """Give a draft the end and the review that are usual, where none is said. Raises EndsTooEarly."""
    agreement.ends_on = ends_on or last_day(agreement.starts_on)
    if agreement.ends_on < agreement.starts_on:
        raise errors.EndsTooEarly(agreement.starts_on - ONE_DAY)
    agreement.review_due_on = review_due_on or middle(agreement.starts_on, agreement.ends_on)


@transaction.atomic
def sign(
    *, agreement: Agreement, by: User, signed_on: date | None = None, now: datetime | None = None
) -> Agreement:
    """From now on the agreement holds for its term, and its contacts know. Signed twice is signed.

    Raises SignedInTheFuture, and OtherAgreement when the host has another one at that time.
    """
    require_to_decide(by)
    now = now or timezone.now()
    agreement = lock(agreement)
    if agreement.is_signed:
        return agreement
    if signed_on and signed_on > agreement.today(now):
        raise errors.SignedInTheFuture
    refuse_overlap(agreement, agreement.starts_on, agreement.ends_on)
    agreement.signed_on, agreement.signed_by = signed_on or agreement.today(now), by
    save(agreement, "signed_on", "signed_by")
    write_to_readers(agreement, letters.signed, now=now)
    after_change(agreement=agreement, now=now)
    return agreement


@transaction.atomic
def extend(
    *, agreement: Agreement, ends_on: date, reason: str, by: User, now: datetime | None = None
) -> Extension:
    """Let the agreement last longer. The extension is a record with its reason; the end follows from it.

    Raises NotSigned, IsOver, AlreadyRenewed, EndsTooEarly, SaysNoReason, OtherAgreement.
    """
    require_to_decide(by)
    now = now or timezone.now()
    agreement = lock(agreement)
    today = agreement.today(now)
    if not agreement.is_signed:
        raise errors.NotSigned
    if agreement.ended_early_on or today > agreement.ends_on:
        raise errors.IsOver(agreement.last_day)
    if agreement.has_renewal:
        raise errors.AlreadyRenewed
    if ends_on <= agreement.ends_on:
        raise errors.EndsTooEarly(agreement.ends_on)
    reason = required_reason(reason)
    refuse_overlap(agreement, agreement.starts_on, ends_on)
    before = agreement.ends_on
    extension = Extension.objects.create(
        agreement=agreement,
        previous_ends_on=before,
        ends_on=ends_on,
        reason=reason,
        decided_on=today,
        decided_by=by,
    )
    agreement.ends_on = ends_on
    save(agreement, "ends_on")
    write_to_readers(agreement, partial(letters.extended, reason=reason, before=before), now=now)
    after_change(agreement=agreement, now=now)
    return extension


@transaction.atomic
def end_early(
    *, agreement: Agreement, on: date, reason: str, by: User, now: datetime | None = None
) -> Agreement:
    """The agreement ends with the day `on`, before its term is over, for a reason that stays with it.

    Raises NotSigned, IsOver, AlreadyRenewed, EndsTooEarly, EndsTooLate, SaysNoReason.
    """
    require_to_decide(by)
    now = now or timezone.now()
    agreement = lock(agreement)
    if not agreement.is_signed:
        raise errors.NotSigned
    if agreement.ended_early_on or agreement.today(now) > agreement.ends_on:
        raise errors.IsOver(agreement.last_day)
    if agreement.is_renewed:
        raise errors.AlreadyRenewed
    if on < agreement.starts_on:
        raise errors.EndsTooEarly(agreement.starts_on - ONE_DAY)
    if on >= agreement.ends_on:
        raise errors.EndsTooLate(agreement.ends_on)
    agreement.ended_early_reason = required_reason(reason)
    agreement.ended_early_on, agreement.ended_early_by = on, by
    save(agreement, "ended_early_on", "ended_early_reason", "ended_early_by")
    write_to_readers(agreement, letters.ended_early, now=now)
    after_change(agreement=agreement, now=now)
    return agreement


@transaction.atomic
def record_review(
    *,
    agreement: Agreement,
    held_on: date,
    outcome: str,
    findings: str,
    by: User,
    now: datetime | None = None,
) -> Review:
    """Write down the mid-term review and what came of it. Raises NotSigned, ReviewedAlready, HeldTooEarly."""
    require_to_decide(by)
    now = now or timezone.now()
    agreement = lock(agreement)
    if not agreement.is_signed:
        raise errors.NotSigned
    if Review.objects.filter(agreement=agreement).exists():
        raise errors.ReviewedAlready
    if not agreement.starts_on <= held_on <= agreement.today(now):
        raise errors.HeldTooEarly
    review = Review.objects.create(
        agreement=agreement, held_on=held_on, outcome=outcome, findings=findings.strip(), recorded_by=by
    )
    after_change(agreement=agreement, now=now)
    return review
