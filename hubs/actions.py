"""Changes of agreements that a person would name. What the public sees of them is seen by the next visitor.

Signing, extending, renewing and ending are the Secretariat's: PermissionDenied is raised for anybody else. Days are days on
the host's clock.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organization, User
from page_cache import new_edition

from . import errors, letters, notices
from .delivered import counted_agreements, delivered, met
from .duration import ONE_DAY, last_day, middle
from .models import Agreement, Contact, Evidence, Extension, Host, Milestone, Party, ResearchWork, Review

# An open duty whose day lies before the new term comes due so long after its first day; staff can move it.
CARRIED_DUTIES_HAVE = timedelta(days=180)
LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]


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
    carry_duties(agreement, renewal, now=now)
    if signed_on:
        return sign(agreement=renewal, by=by, signed_on=signed_on, now=now)
    return renewal


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


@transaction.atomic
def add_milestone(
    *,
    agreement: Agreement,
    kind: str,
    title: str | dict[str, str],
    due_on: date,
    by: User | None,
    promised: int = 1,
    measure: str = "",
    is_public: bool = True,
    now: datetime | None = None,
) -> Milestone:
    milestone = Milestone.objects.create(
        agreement=agreement,
        kind=kind,
        due_on=due_on,
        promised=promised,
        measure=measure,
        is_public=is_public,
        **columns("title", title),
    )
    after_change(agreement=agreement, now=now or timezone.now())
    return milestone


@transaction.atomic
def waive(*, milestone: Milestone, reason: str, by: User, now: datetime | None = None) -> Milestone:
    """It is no longer asked for. Raises MetOrWaivedAlready, SaysNoReason."""
    require_to_decide(by)
    now = now or timezone.now()
    milestone.refresh_from_db(from_queryset=Milestone.objects.select_for_update(of=("self",)))
    if milestone.is_waived or milestone.is_carried_over:
        raise errors.MetOrWaivedAlready
    milestone.waived_reason = required_reason(reason)
    milestone.waived_at, milestone.waived_by = now, by
    milestone.save(update_fields=["waived_at", "waived_by", "waived_reason"])
    after_change(agreement=milestone.agreement, now=now)
    return milestone


@transaction.atomic
def add_evidence(
    *,
    milestone: Milestone,
    title: str | dict[str, str],
    by: User | None,
    link: str = "",
    file: File | None = None,
    is_public: bool = False,
    now: datetime | None = None,
) -> Evidence:
    """What shows that a milestone was met. The file was checked by files/uploads.py."""
    evidence = Evidence(
        milestone=milestone,
        link=link,
        is_public=is_public,
        added_by=by,
        added_at=now or timezone.now(),
        **columns("title", title),
    )
    if file is not None:
        evidence.file, evidence.file_name = file, file.name or ""  # type: ignore[assignment]
    evidence.save()
    new_edition()
    return evidence


@transaction.atomic
def add_research_work(
    *, host: Host, by: User | None, now: datetime | None = None, **facts: Any
) -> ResearchWork:
    work = ResearchWork.objects.create(host=host, added_at=now or timezone.now(), **facts)
    new_edition()
    return work


@transaction.atomic
def send_message(
    *, host: Host, sender: str, sender_email: str, text: str, occurrence: str, now: datetime | None = None
) -> int:
    """What a visitor writes to a host. Answers the number of letters; the same `occurrence` is sent once."""
    sent = [
        letters.message(
            host,
            reader,
            sender=sender,
            sender_address=sender_email,
            text=text,
            occurrence=occurrence,
            now=now or timezone.now(),
        )
        for reader in letters.readers_of_messages(host)
    ]
    return len([letter for letter in sent if letter])


def after_change(*, agreement: Agreement, now: datetime | None = None) -> int:
    """Once an agreement or what belongs to it was changed: what is due now is told at once, pages are made anew.

    Answers how many notices were written.
    """
    new_edition()
    if not agreement.is_signed:
        return 0
    return notices.write_due(agreement.pk, now=now or timezone.now())


def write_to_readers(agreement: Agreement, write: Callable[..., Any], *, now: datetime) -> None:
    for reader in letters.readers(agreement, letters.secretariat()):
        write(agreement, reader, now=now)


def require_to_decide(by: User) -> None:
    if not by.has_perm("hubs.decide_agreement"):
        raise PermissionDenied


def lock(agreement: Agreement) -> Agreement:
    """Hold the row until the transaction ends, and know its newest state.

    The host's row comes first: two agreements of one host are then decided one after the other.
    """
    Host.objects.select_for_update().get(pk=agreement.host_id)
    return Agreement.objects.for_reading().select_for_update(of=("self",)).get(pk=agreement.pk)


def refuse_overlap(agreement: Agreement, first: date, last: date) -> None:
    others = Agreement.objects.signed().filter(
        host=agreement.host, starts_on__lte=last, lasts_until__gte=first
    )
    other = others.exclude(pk=agreement.pk).order_by("starts_on").first()
    if other:
        raise errors.OtherAgreement(other.starts_on, other.last_day)


def save(agreement: Agreement, *fields: str) -> None:
    """The database has the last word on two agreements at a time."""
    try:
        with transaction.atomic():
            agreement.save(update_fields=fields)
    except IntegrityError as error:
        if "agreement_one_at_a_time" in str(error):
            raise errors.OtherAgreement from error
        raise


def required_reason(reason: str) -> str:
    if not reason.strip():
        raise errors.SaysNoReason
    return reason.strip()


def carried_facts(agreement: Agreement) -> dict[str, Any]:
    """What goes on in the next term as it is."""
    return {
        "supporters": agreement.supporters,
        "is_demonstration": agreement.is_demonstration,
        **columns("summary", texts(agreement, "summary")),
    }


def texts(row: Any, field: str) -> dict[str, str]:
    """A translated field's text in each language."""
    names = {code: f"{field}_{code}" for code in LANGUAGES}
    return {code: getattr(row, name) for code, name in names.items() if getattr(row, name)}


def columns(field: str, text: str | dict[str, str]) -> dict[str, str]:
    """The columns of a translated field: from one text in the language at hand, or from a text for each language."""
    if isinstance(text, str):
        return {field: text}
    return {f"{field}_{code}": words for code, words in text.items()}
