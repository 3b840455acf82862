"""Proposals that could exist, made through the actions."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from proposals import actions
from proposals.models import Call, Decision, Proposal
from reviews import actions as reviewing
from tests import cast

number = count(1)


def content(**fields: Any) -> dict[str, Any]:
    """A whole proposal as the forms hand it over."""
    return {
        "organization": cast.organization().pk,
        "organization_other": "",
        "contact_name": "Amina Diallo",
        "contact_post": "Head of Mobility",
        "contact_email": "amina@city.example",
        "written_in": "en",
        "title": "Night buses that people trust",
        "format": "webinar",
        "topics": [cast.topic().slug],
        "audiences": ["technical"],
        "languages": ["en", "fr"],
        "aim": "Officials leave with a plan for one line.",
        "outline": "First what we tried.\n\nThen what went wrong.",
        "outcomes": "Plan a night line and count who rides it.",
        "is_public": False,
        "meetings": 2,
        "hours": 1.5,
        "group_size": 30,
        "months": [],
        "host": "",
        "speakers_wanted": "",
        "speakers": [],
        "offers": "Our data and two drivers.",
        "needs": "",
        "evaluation": "",
        "attachments": [],
    } | fields


def draft(by: User | None = None, **options: Any) -> Proposal:
    return actions.start(
        start_key=f"key-{next(number)}", typed={"title": "Night buses that people trust"}, by=by, **options
    )


def sent(
    by: User | None = None, *, call: Call | None = None, now: datetime | None = None, **fields: Any
) -> Proposal:
    """Sent by somebody new, unless told otherwise."""
    by = by or cast.person()
    return actions.send(proposal=draft(by, call=call, now=now), content=content(**fields), by=by, now=now)


def call(*, title: str = "Cities at night", closes_in: timedelta = timedelta(days=10), **fields: Any) -> Call:
    hosts = fields.pop("hosts", [])
    now = timezone.now()
    made = Call.objects.create(
        slug=f"call-{next(number)}",
        title=title,
        **{
            "opens_at": now - timedelta(days=10),
            "closes_at": now + closes_in,
            "answers_on": (now + closes_in + timedelta(days=30)).date(),
        }
        | fields,
    )
    made.hosts.set(hosts)
    return made


def reviewer(name: str = "Renu Pillai", **fields: Any) -> User:
    return cast.with_role(Role.REVIEWER, cast.person(name, member=False, **fields))


ALL_WELL = dict.fromkeys(("need", "method", "experience", "reach", "capacity", "fairness", "evaluation"), 3)


def decision(of: Proposal, by: User, verdict: str = "accepted", **fields: Any) -> Decision:
    if verdict == "accepted":
        fields = {"host": cast.host()} | fields
    return reviewing.prepare_decision(
        proposal=of,
        verdict=verdict,
        reasons=fields.pop("reasons", "It fits, and you did it."),
        by=by,
        **fields,
    )


def read(answer: Any) -> bytes:
    """What a download holds. Its file is closed by hand: closing the answer would close the test's connection too."""
    body = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return body


NOON = datetime(2077, 3, 2, 12, 0, tzinfo=UTC)
