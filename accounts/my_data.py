"""Everything held about a person, as plain data for their download (GDPR Art. 15 and 20). Rooms say here what they hold.

A test fails for a model that leads to a person or to a registration and that no room answers for
(tests/test_lists.py).
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from outbox.models import Letter

from .models import Consent, FormerAddress, User

type Tell = Callable[[User], dict[str, object]]
type Rows = Callable[[User], QuerySet[Any]]

# What this room itself tells.
OWN = (User, Consent, FormerAddress, EmailAddress, Authenticator, UserSession, Letter, LogEntry)


class Part(NamedTuple):
    tell: Tell
    covers: frozenset[type[Model]]
    own_rows: Rows | None


parts: list[Part] = []


def in_my_data(tell: Tell, *, covers: Collection[type[Model]], own_rows: Rows | None = None) -> None:
    """From now on `tell(person)` gives its part of the download: plain data, under keys that nobody else uses.

    `covers` are the models whose rows it tells. Of `own_rows(person)`, which are the person's own, the history of changes
    is told with what was changed.
    """
    part = Part(tell, frozenset(covers), own_rows)
    if part not in parts:
        parts.append(part)


def everything_about(person: User) -> dict[str, object]:
    """By what it is about. Secrets (keys, codes, the address of the calendar feed) are named, not shown."""
    everything = {
        "made_at": timezone.now(),
        "profile": profile(person),
        "addresses": list(
            EmailAddress.objects.filter(user=person).values("email", "verified", "primary").order_by("pk")
        ),
        "former_addresses": list(person.former_addresses.values("email", "until").order_by("pk")),
        "second_factors": list(
            Authenticator.objects.filter(user=person)
            .values("type", "created_at", "last_used_at")
            .order_by("pk")
        ),
        "signed_in_at": list(
            UserSession.objects.filter(user=person)
            .values("created_at", "last_seen_at", "ip", "user_agent")
            .order_by("pk")
        ),
        "consents": list(
            person.consents.values("kind", "about", "wording", "given_at", "withdrawn_at").order_by("pk")
        ),
        "letters": letters(person),
        "roles": list(person.groups.values_list("name", flat=True)),
    }
    for part in parts:
        everything |= part.tell(person)
    return everything | {
        "changes": changes(person),
        # What stayed with the account that went: consents, who did what, places taken back.
        "merged_accounts": [everything_about(one) for one in person.merged_from.order_by("pk")],
    }


def profile(person: User) -> dict[str, object]:
    return {
        "email": person.email,
        "name": person.name,
        "organization": person.organization_name,
        "post": person.post,
        "profile": person.profile,
        "country": str(person.country),
        "language": person.language,
        "timezone": person.timezone,
        "reminders": person.reminders,
        "quiet_hours": person.quiet_hours,
        "joined_at": person.joined_at,
        "last_sign_in_at": person.last_login,
        "has_calendar_feed": bool(person.calendar_secret),
        "is_staff": person.is_staff,
    }


def letters(person: User) -> list[dict[str, object]]:
    mine = Q(person=person) | Q(to__iexact=person.email)
    return [
        {
            "kind": letter.kind,
            "to": letter.to,
            "subject": "" if letter.secret else letter.subject,
            "text": "" if letter.secret else letter.text,
            "written_at": letter.written_at,
            "sent_at": letter.sent_at,
            "state": letter.state,
        }
        for letter in Letter.objects.filter(mine).order_by("written_at", "pk")
    ]


def changes(person: User) -> list[dict[str, object]]:
    """What the history of changes holds of the person's own rows, and of what they did as staff."""
    own = Q(content_type=ContentType.objects.get_for_model(User), object_pk=str(person.pk))
    for rows in (part.own_rows(person) for part in parts if part.own_rows):
        own |= Q(
            content_type=ContentType.objects.get_for_model(rows.model),
            object_id__in=list(rows.values_list("pk", flat=True)),
        )
    about_me = LogEntry.objects.filter(own)
    by_me = LogEntry.objects.filter(actor=person).exclude(pk__in=about_me.values("pk"))
    return [
        *(line(entry) | {"changes": entry.changes} for entry in in_order(about_me)),
        # What was changed there may be about somebody else, so only that it was.
        *(line(entry) for entry in in_order(by_me)),
    ]


def in_order(entries: QuerySet[LogEntry]) -> Iterable[LogEntry]:
    return entries.select_related("content_type").order_by("timestamp", "pk")


def line(entry: LogEntry) -> dict[str, object]:
    return {
        "at": entry.timestamp,
        "what": entry.content_type.model,
        "did": entry.get_action_display(),
    }
