"""Everything held about a person, as plain data for their download."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from outbox.models import Letter

from .models import Invitation, Registration


def everything_about(person: User) -> dict[str, Any]:
    """By what it is about. Secrets (keys, codes, the address of the calendar feed) are named, not shown."""
    return {
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
        "registrations": registrations(person),
        "invitations": invitations(person),
        "consents": list(
            person.consents.values("kind", "about", "wording", "given_at", "withdrawn_at").order_by("pk")
        ),
        "letters": letters(person),
        **written_for_proposals(person),
        "coordinator_of": [host.name for host in person.hosts.all()],
        "roles": list(person.groups.values_list("name", flat=True)),
        "changes": changes(person),
    }


def written_for_proposals(person: User) -> dict[str, Any]:
    """By relation: the room of the proposals stands beside this one and is not imported."""
    return {
        "proposals": list(
            person.proposals.values("code", "title", "language", "state", "state_since", "draft").order_by(
                "pk"
            )
        ),
        "co_proposals": list(
            person.co_proposals.values("proposal__code", "email", "invited_at", "confirmed_at").order_by("pk")
        ),
        "reviews_written": list(
            person.proposal_reviews.values(
                "proposal__code", "assigned_at", "finished_at", "to_colleagues", "to_proposer", "conflict_why"
            ).order_by("pk")
        ),
    }


def profile(person: User) -> dict[str, Any]:
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
        "joined_at": person.joined_at,
        "last_sign_in_at": person.last_login,
        "has_calendar_feed": bool(person.calendar_secret),
        "is_staff": person.is_staff,
    }


def registrations(person: User) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "activity": one.session.activity.title,
            "host": one.session.activity.host_name,
            "session_starts_at": one.session.starts_at,
            "session_ends_at": one.session.ends_at,
            "state": one.state,
            "note": one.note,
            "registered_at": one.registered_at,
            "in_line_since": one.queued_at,
            "confirmed_at": one.confirmed_at,
            "cancelled_at": one.cancelled_at,
            "cancelled_for": one.cancelled_for,
            "beyond_the_places": one.over_places,
            "registered_by_staff_because": one.ground,
            "the_host_sees_who_i_am": one.discloses,
        }
        for one in person.registrations.select_related("session__activity__host").order_by("pk")
    ]


def invitations(person: User) -> list[dict[str, Any]]:
    return [
        {"activity": one.session.activity.title, "email": one.email, "invited_at": one.invited_at}
        for one in Invitation.objects.filter(email__iexact=person.email)
        .select_related("session__activity")
        .order_by("pk")
    ]


def letters(person: User) -> list[dict[str, Any]]:
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


def changes(person: User) -> list[dict[str, Any]]:
    """What the history of changes holds of the person's own rows, and of what they did as staff."""
    of_person = Q(content_type=ContentType.objects.get_for_model(User), object_pk=str(person.pk))
    of_registrations = Q(
        content_type=ContentType.objects.get_for_model(Registration),
        object_id__in=list(person.registrations.values_list("pk", flat=True)),
    )
    about_me = LogEntry.objects.filter(of_person | of_registrations)
    by_me = LogEntry.objects.filter(actor=person).exclude(pk__in=about_me.values("pk"))
    return [
        *(line(entry) | {"changes": entry.changes} for entry in in_order(about_me)),
        # What was changed there may be about somebody else, so only that it was.
        *(line(entry) for entry in in_order(by_me)),
    ]


def in_order(entries: QuerySet) -> QuerySet:
    return entries.select_related("content_type").order_by("timestamp", "pk")


def line(entry: LogEntry) -> dict[str, Any]:
    return {
        "at": entry.timestamp,
        "what": entry.content_type.model,
        "did": entry.get_action_display(),
    }
