"""Agreements for the demonstration, one of each state, made through the actions a person's click goes through.

Real hosts, invented dates: every one is marked as demonstration data, and every page says so.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from accounts.models import User
from hubs import actions, notices
from hubs.duration import ONE_DAY
from hubs.models import Agreement, Contact, Host, Party, ResearchWork
from outbox.models import Letter

from .specs import EXAMPLE_DOMAIN, Spec, agreement_specs, columns
from .supporters import make_supporter

SIGNED_BEFORE = timedelta(days=20)


def make_agreements(*, by: User, now: datetime) -> None:
    """Make what is not there yet. `by` is of the Secretariat, and signs."""
    specs = agreement_specs()
    if Agreement.objects.filter(is_demonstration=True).exists():
        return
    for work in specs["research_works"]:
        make_research_work(work, by=by, now=now)
    for spec in specs["agreements"]:
        make_agreement(spec, by=by, now=now)
    notices.notify(now=now)


def clear_agreements() -> int:
    """Takes them out, the renewals first, with the letters about them."""
    ResearchWork.objects.filter(is_demonstration=True).delete()
    made = Agreement.objects.filter(is_demonstration=True).order_by("-starts_on", "-pk")
    count = len(made)
    for agreement in made:
        Letter.objects.about(agreement).delete()
        agreement.delete()
    return count


def make_agreement(spec: Spec, *, by: User, now: datetime) -> None:
    host = Host.objects.get(slug=spec["host"])
    starts_on = month(now, spec["starts_in_months"])
    options: dict[str, Any] = columns("summary", spec.get("summary"))
    options["is_demonstration"] = True
    agreement = actions.draft(
        host=host,
        kind=spec["kind"],
        theme=spec["theme"],
        starts_on=starts_on,
        by=by,
        **options,
    )
    for position, party in enumerate(spec.get("parties", []), start=1):
        Party.objects.create(
            agreement=agreement,
            name=party["name"],
            link=party["link"],
            position=position,
            **columns("role", party["role"]),
        )
    make_contacts(agreement, spec)
    for position, name in enumerate(spec.get("supporters", []), start=1):
        make_supporter(name, from_day=starts_on, position=position, by=by, agreement=agreement)
    signed_at = morning(starts_on - SIGNED_BEFORE)
    agreement = actions.sign(agreement=agreement, by=by, now=signed_at)
    if spec["becomes"] != "renewed":  # there the term that follows is the one to look at
        make_milestones(agreement, spec, now=signed_at)
    hold_review(agreement, by=by, now=now)
    last = continued(agreement, spec, by=by)
    if last != agreement:
        hold_review(last, by=by, now=now)


def continued(agreement: Agreement, spec: Spec, *, by: User) -> Agreement:
    """What became of it. Answers the agreement that came last."""
    starts_on = agreement.starts_on
    if spec["becomes"] == "renewed":
        when = morning(later(starts_on, spec["renewed_after_months"]))
        renewal = actions.renew(agreement=agreement, by=by, signed_on=when.date(), now=when)
        make_milestones(renewal, spec, now=when)
        return renewal
    if spec["becomes"] == "extended":
        ends_on = later(agreement.ends_on + ONE_DAY, spec["extended_by_months"]) - ONE_DAY
        when = morning(agreement.ends_on - timedelta(days=45))
        actions.extend(agreement=agreement, ends_on=ends_on, reason=spec["reason"]["en"], by=by, now=when)
    if spec["becomes"] == "ended_early":
        last = later(starts_on, spec["ended_after_months"]) - ONE_DAY
        when = morning(last - timedelta(days=30))
        agreement = actions.end_early(
            agreement=agreement, on=last, reason=spec["reason"]["en"], by=by, now=when
        )
        return actions.renew(agreement=agreement, by=by, signed_on=when.date(), now=when)
    if spec["becomes"] == "ended":
        actions.renew(agreement=agreement, by=by, now=morning(agreement.ends_on + timedelta(days=10)))
    return agreement


def hold_review(agreement: Agreement, *, by: User, now: datetime) -> None:
    due = agreement.review_due_on
    if not agreement.is_signed or due is None or morning(due) > now:
        return
    held_on = due - timedelta(days=12)
    actions.record_review(
        agreement=agreement,
        held_on=held_on,
        outcome="as_planned",
        findings="The curriculum stands and the sessions are full. More participants from other regions are sought.",
        by=by,
        now=morning(held_on + ONE_DAY),
    )


def make_milestones(agreement: Agreement, spec: Spec, *, now: datetime) -> None:
    for milestone_spec in spec.get("milestones", []):
        milestone = actions.add_milestone(
            agreement=agreement,
            kind=milestone_spec["kind"],
            measure=milestone_spec.get("measure", ""),
            title=milestone_spec["title"],
            promised=milestone_spec["promised"],
            due_on=later(agreement.starts_on, milestone_spec["due_in_months"]) - ONE_DAY,
            by=None,
            now=now,
        )
        if milestone_spec["kind"] == "research_work":
            actions.add_evidence(
                milestone=milestone,
                title={
                    "en": "Data behind the works",
                    "fr": "Données des travaux",
                    "es": "Datos de los trabajos",
                },
                link="https://files.example.org/greenway/data.zip",
                is_public=True,
                by=None,
                now=now,
            )


def make_contacts(agreement: Agreement, spec: Spec) -> None:
    """Someone of the member who has an account, and an address without one."""
    people = User.objects.filter(
        organization=agreement.host.organization, email__endswith=f".{EXAMPLE_DOMAIN}"
    )
    person = people.order_by("pk").first() if agreement.host.organization else None
    if person:
        Contact.objects.create(
            agreement=agreement, person=person, post=spec["contact_posts"]["en"], position=1
        )
    Contact.objects.create(
        agreement=agreement,
        name=f"Agreements desk, {agreement.host.city}",
        email=f"agreements@{agreement.host.slug}.{EXAMPLE_DOMAIN}",
        post="Keeps the papers",
        position=2,
    )


def make_research_work(spec: Spec, *, by: User, now: datetime) -> None:
    actions.add_research_work(
        host=Host.objects.get(slug=spec["host"]),
        by=by,
        now=now - timedelta(days=200),
        title=spec["title"],
        authors=spec["authors"],
        year=now.year - spec["years_ago"],
        language=spec["language"],
        link=spec["link"],
        is_demonstration=True,
    )


def month(now: datetime, months: int) -> date:
    """The first day of the month that is so many months from this one."""
    return later(now.date().replace(day=1), months)


def later(first: date, months: int) -> date:
    """From the first day of a month to the first day of another."""
    years, rest = divmod(first.month - 1 + months, 12)
    return date(first.year + years, rest + 1, 1)


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
