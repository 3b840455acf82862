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

from .words import EXAMPLE_DOMAIN, agreement_words, columns

SIGNED_BEFORE = timedelta(days=20)


def make_agreements(*, by: User, now: datetime) -> None:
    """Make what is not there yet. `by` is of the Secretariat, and signs."""
    words = agreement_words()
    if Agreement.objects.filter(is_demonstration=True).exists():
        return
    for work in words["research_works"]:
        make_research_work(work, by=by, now=now)
    for said in words["agreements"]:
        make_agreement(said, by=by, now=now)
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


def make_agreement(said: dict, *, by: User, now: datetime) -> None:
    host = Host.objects.get(slug=said["host"])
    starts_on = month(now, said["starts_in_months"])
    more: dict[str, Any] = columns("summary", said.get("summary"))
    more |= {"supporters": said.get("supporters", []), "is_demonstration": True}
    agreement = actions.draft(
        host=host,
        kind=said["kind"],
        theme=said["theme"],
        starts_on=starts_on,
        by=by,
        **more,
    )
    for position, party in enumerate(said.get("parties", []), start=1):
        Party.objects.create(
            agreement=agreement,
            name=party["name"],
            link=party["link"],
            position=position,
            **columns("role", party["role"]),
        )
    make_contacts(agreement, said)
    signed_at = morning(starts_on - SIGNED_BEFORE)
    agreement = actions.sign(agreement=agreement, by=by, now=signed_at)
    if said["becomes"] != "renewed":  # there the term that follows is the one to look at
        make_milestones(agreement, said, now=signed_at)
    hold_review(agreement, by=by, now=now)
    last = continued(agreement, said, by=by)
    if last != agreement:
        hold_review(last, by=by, now=now)


def continued(agreement: Agreement, said: dict, *, by: User) -> Agreement:
    """What became of it. Answers the agreement that came last."""
    starts_on = agreement.starts_on
    if said["becomes"] == "renewed":
        when = morning(later(starts_on, said["renewed_after_months"]))
        renewal = actions.renew(agreement=agreement, by=by, signed_on=when.date(), now=when)
        make_milestones(renewal, said, now=when)
        return renewal
    if said["becomes"] == "extended":
        ends_on = later(agreement.ends_on + ONE_DAY, said["extended_by_months"]) - ONE_DAY
        when = morning(agreement.ends_on - timedelta(days=45))
        actions.extend(agreement=agreement, ends_on=ends_on, reason=said["reason"]["en"], by=by, now=when)
    if said["becomes"] == "ended_early":
        last = later(starts_on, said["ended_after_months"]) - ONE_DAY
        when = morning(last - timedelta(days=30))
        agreement = actions.end_early(
            agreement=agreement, on=last, reason=said["reason"]["en"], by=by, now=when
        )
        return actions.renew(agreement=agreement, by=by, signed_on=when.date(), now=when)
    if said["becomes"] == "ended":
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


def make_milestones(agreement: Agreement, said: dict, *, now: datetime) -> None:
    for one in said.get("milestones", []):
        milestone = actions.add_milestone(
            agreement=agreement,
            kind=one["kind"],
            measure=one.get("measure", ""),
            title=one["title"],
            promised=one["promised"],
            due_on=later(agreement.starts_on, one["due_in_months"]) - ONE_DAY,
            by=None,
            now=now,
        )
        if one["kind"] == "research_work":
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


def make_contacts(agreement: Agreement, said: dict) -> None:
    """Someone of the member who has an account, and an address without one."""
    people = User.objects.filter(
        organization=agreement.host.organization, email__endswith=f".{EXAMPLE_DOMAIN}"
    )
    person = people.order_by("pk").first() if agreement.host.organization else None
    if person:
        Contact.objects.create(
            agreement=agreement, person=person, post=said["contact_posts"]["en"], position=1
        )
    Contact.objects.create(
        agreement=agreement,
        name=f"Agreements desk, {agreement.host.city}",
        email=f"agreements@{agreement.host.slug}.{EXAMPLE_DOMAIN}",
        post="Keeps the papers",
        position=2,
    )


def make_research_work(work: dict, *, by: User, now: datetime) -> None:
    actions.add_research_work(
        host=Host.objects.get(slug=work["host"]),
        by=by,
        now=now - timedelta(days=200),
        title=work["title"],
        authors=work["authors"],
        year=now.year - work["years_ago"],
        language=work["language"],
        link=work["link"],
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
