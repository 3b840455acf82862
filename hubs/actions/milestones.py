"""What was promised, and what shows that it was done."""

from datetime import date, datetime

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from page_cache import new_edition

from .. import errors
from ..models import Agreement, Evidence, Milestone
from .deciding import require_to_decide, required_reason
from .telling import after_change
from .translated import columns


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
    file: File[bytes] | None = None,
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
        evidence.file, evidence.file_name = file, file.name or ""
    evidence.save()
    new_edition()
    return evidence
