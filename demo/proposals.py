"""Proposals for the demonstration, one of each state and a call, made through the actions a person's click goes through."""

from datetime import datetime, time, timedelta

from accounts.models import User
from catalog.actions import publish
from catalog.models import Activity, Session
from hubs.models import Host
from outbox.about import about_each
from outbox.models import Letter
from proposals import actions
from proposals.criteria import criteria_of
from proposals.models import Call, Criterion, Proposal
from proposals.states import State
from reviews import actions as reviewing

from .specs import EXAMPLE_DOMAIN, Spec, columns, proposal_specs

# How far each went, and how long after it was sent.
READ_AFTER, ANSWERED_AFTER, PUBLISHED_AFTER = timedelta(days=4), timedelta(days=20), timedelta(days=45)
ONE_DAY = timedelta(days=1)


def make_proposals(
    *, official: User, coordinator: User, secretariat: User, people: list[User], now: datetime
) -> None:
    """Make what is not there yet."""
    if Proposal.objects.filter(person__email__endswith=f".{EXAMPLE_DOMAIN}").exists():
        return
    call = make_call(now)
    for spec in proposal_specs()["proposals"]:
        who = spec["proposer"]
        # Whoever writes in a language is written to in it.
        same = [person for person in people if person.organization_id and person.language == spec["language"]]
        make_proposal(
            spec,
            person=official if who == "official" else same[who % len(same)],
            call=call if spec.get("call") else None,
            coordinator=coordinator,
            secretariat=secretariat,
            now=now,
        )


def make_call(now: datetime) -> Call:
    spec = proposal_specs()["call"]
    host = Host.objects.get(slug=spec["host"])
    evening = time(23, 59)
    closes_on = now.astimezone(host.zone).date() + timedelta(days=spec["closes_in_days"])
    call, is_new = Call.objects.get_or_create(
        slug=spec["slug"],
        defaults={
            "timezone": host.timezone,
            "opens_at": now - timedelta(days=spec["opened_days_ago"]),
            "closes_at": datetime.combine(closes_on, evening, host.zone),
            "answers_on": (now + timedelta(days=spec["answers_in_days"])).date(),
            "hides_names": True,
            **columns("title", spec["title"]),
            **columns("about", spec["about"]),
        },
    )
    if is_new:
        call.hosts.add(host)
        for position, criterion_spec in enumerate(spec["criteria"]):
            Criterion.objects.create(
                call=call,
                weight=criterion_spec["weight"],
                position=position,
                **columns("name", criterion_spec["name"]),
                **columns("words", criterion_spec["words"]),
            )
    return call


def make_proposal(
    spec: Spec, *, person: User, call: Call | None, coordinator: User, secretariat: User, now: datetime
) -> Proposal:
    sent_at = now - timedelta(days=spec["days_ago"])
    content = content_of(spec, person, now)
    proposal = actions.start(
        start_key=f"demo-{spec['title']}",
        typed=typed_of(spec, content),
        by=person,
        call=call,
        now=sent_at - ONE_DAY,
    )
    state = State(spec["state"])
    if state == State.DRAFT:
        return proposal
    proposal = actions.send(proposal=proposal, content=content, by=person, now=sent_at)
    if state == State.SUBMITTED:
        return proposal
    if state == State.WITHDRAWN:
        return actions.withdraw(proposal=proposal, by=person, why=spec["why"], now=sent_at + READ_AFTER)
    read(
        proposal, spec, reader=coordinator if call else secretariat, by=secretariat, now=sent_at + READ_AFTER
    )
    answered_at = sent_at + ANSWERED_AFTER
    if state == State.CHANGES_ASKED:
        return reviewing.ask_for_changes(proposal=proposal, what=spec["why"], by=secretariat, now=answered_at)
    if state in (State.ACCEPTED, State.DECLINED, State.BECAME_ACTIVITY):
        decide(proposal, spec, by=secretariat, now=now, answered_at=answered_at)
    if state == State.BECAME_ACTIVITY:
        show(proposal, by=secretariat, now=sent_at + PUBLISHED_AFTER)
    return proposal


def read(proposal: Proposal, spec: Spec, *, reader: User, by: User, now: datetime) -> None:
    reviewing.assign(proposal=proposal, reviewer=reader, by=by, now=now)
    criteria = criteria_of(proposal.call)
    scores = spec.get("scores")
    if scores is None and spec["state"] == State.IN_REVIEW:
        return  # given, and waiting for its reader
    given = scores or [1 if spec["state"] == State.DECLINED else 3] * len(criteria)
    reviewing.finish_review(
        proposal=proposal,
        by=reader,
        scores={criterion.key: score for criterion, score in zip(criteria, given, strict=True)},
        to_colleagues=spec.get("to_colleagues", ""),
        to_proposer=spec.get("to_proposer", ""),
        now=now + ONE_DAY,
    )


def decide(proposal: Proposal, spec: Spec, *, by: User, now: datetime, answered_at: datetime) -> None:
    accepts = spec["state"] != State.DECLINED
    host = Host.objects.get(slug=spec["host"]) if accepts else None
    starts_at = None
    if host is not None:
        first = now.astimezone(host.zone).date() + timedelta(days=spec["plan_in_days"])
        starts_at = datetime.combine(first, time(10), host.zone)
    decision = reviewing.prepare_decision(
        proposal=proposal,
        verdict="accepted" if accepts else "declined",
        reasons=spec["why"],
        host=host,
        starts_at=starts_at,
        by=by,
        now=answered_at,
    )
    reviewing.release(decisions=[decision], by=by, now=answered_at)


def show(proposal: Proposal, *, by: User, now: datetime) -> None:
    """The activity it became is published, and the proposal follows."""
    proposal.refresh_from_db()
    assert proposal.activity is not None
    publish(activity=proposal.activity, by=by, now=now)
    actions.follow(now=now)


def content_of(spec: Spec, person: User, now: datetime) -> Spec:
    """A whole proposal; a draft is one with most of it still to write."""
    return {
        "organization": person.organization_id,
        "organization_other": "",
        "contact_name": person.name,
        "contact_post": person.post,
        "contact_email": person.email,
        "written_in": spec["language"],
        "title": spec["title"],
        "format": spec["format"],
        "topics": spec["topics"],
        "audiences": [],
        "languages": spec["languages"],
        "aim": spec["aim"],
        "outline": spec.get("outline", ""),
        "outcomes": spec.get("outcomes", ""),
        "is_public": spec.get("public", False),
        "meetings": spec.get("meetings"),
        "hours": float(spec.get("hours", 0)),
        "group_size": spec.get("group"),
        "months": [month_after(month, now) for month in spec.get("months", [])],
        "host": spec.get("host", ""),
        "speakers_wanted": "",
        "speakers": [],
        "offers": spec.get("offers", ""),
        "needs": spec.get("needs", ""),
        "evaluation": spec.get("evaluation", ""),
        "attachments": [],
    }


def month_after(month: int, now: datetime) -> str:
    """The next such month that is still to come."""
    return f"{now.year + (month <= now.month)}-{month:02}"


def typed_of(spec: Spec, content: Spec) -> Spec:
    """As the person typed it into the form."""
    typed = {
        name: [str(item) for item in value] if isinstance(value, list) else str(value or "")
        for name, value in content.items()
        if name not in {"speakers", "attachments", "is_public"}
    }
    if content["is_public"]:
        typed["is_public"] = "on"
    if not content["hours"]:
        typed["hours"] = ""
    return typed


def clear_proposals() -> int:
    """Takes them out, with the letters about them, the activities they became, and the call."""
    made = Proposal.objects.filter(person__email__endswith=f".{EXAMPLE_DOMAIN}")
    count = made.count()
    activities = Activity.objects.filter(proposal__in=made)
    ids = list(activities.values_list("pk", flat=True))
    Letter.objects.filter(about__in=about_each(made)).delete()
    made.delete()
    Session.objects.filter(activity__in=ids).delete()
    Activity.objects.filter(pk__in=ids).delete()
    Call.objects.filter(slug=proposal_specs()["call"]["slug"], proposals=None).delete()
    return count
