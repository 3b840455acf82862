import json
import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as BrowserSession
from django.db import models, transaction
from django.db.models.functions import Cast, Lower
from django.utils import timezone

from accounts.forgetting import emails_of, forget_elsewhere, names_of
from accounts.models import User
from catalog.models import Session
from outbox.actions import ERASED
from outbox.models import Letter

from ..models import Invitation, Registration
from . import lock
from .cancelling import end
from .line import let_in_who_waits

TRIES = 5


class RegisteredMeanwhile(Exception):
    """The person registered somewhere while their account was being erased."""


def erase_person(*, person: User, by: User, now: datetime | None = None) -> None:
    """Forget the person. What stays is a row without a name that counts are made from: organization, country, profile.

    Registrations to come are cancelled, so that others move up; past ones stay, without their notes.
    Consents, letters, addresses, passkeys and open sign-ins go. There is no way back. Asked again, nothing
    happens.
    """
    for remaining in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                forget(person, by=by, now=now or timezone.now())
                return
        except RegisteredMeanwhile:
            if not remaining:
                raise


def forget(person: User, *, by: User, now: datetime) -> None:
    # Sessions before the person and in order, as everywhere: who locks in one order never waits in a circle.
    coming = person.registrations.standing().filter(session__ends_at__gt=now)
    sessions = [lock.lock_session(pk) for pk in coming.order_by("session").values_list("session", flat=True)]
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        return
    if coming.exclude(session__in=sessions).exists():
        raise RegisteredMeanwhile
    for session in sessions:
        leave(session, person, by=by, now=now)
    addresses, names = emails_of(person), names_of(person)
    forget_elsewhere(person, now=now)
    forget_what_hangs_on(person, addresses)
    # Last but for the row itself: forgetting writes history, too.
    forget_history_of(person, [*names, *addresses])
    empty(person, now=now)


def leave(session: Session, person: User, *, by: User, now: datetime) -> None:
    """Cancel without a letter: there will be nobody to write to."""
    registration = session.registrations.get(person=person)
    if registration.is_standing:
        end(registration, why=Registration.CancelledFor.ERASURE, by=None if by == person else by, now=now)
        let_in_who_waits(session, now=now)


def forget_what_hangs_on(person: User, addresses: list[str]) -> None:
    """All rows that would go if the person's row did (addresses, passkeys, sign-ins, consents), letters and
    invitations."""
    sign_ins = apps.get_model("usersessions", "UserSession").objects.filter(user=person)
    BrowserSession.objects.filter(
        session_key__in=list(sign_ins.values_list("session_key", flat=True))
    ).delete()
    for relation in User._meta.related_objects:
        # The admin's own log says what staff did, not who they were.
        if relation.on_delete is models.CASCADE and relation.related_model._meta.app_label != "admin":
            relation.related_model._base_manager.filter(**{relation.field.name: person}).delete()
    Letter.objects.annotate(lower=Lower("to")).filter(
        models.Q(person=person) | models.Q(lower__in=addresses)
    ).delete()
    Invitation.objects.annotate(lower=Lower("email")).filter(lower__in=addresses).delete()
    person.registrations.update(note="")
    person.hosts.clear()
    person.groups.clear()
    person.user_permissions.clear()


def forget_history_of(person: User, names: list[str]) -> None:
    """The history of changes keeps what was done and when, without what it says of the person."""
    entries = apps.get_model("auditlog", "LogEntry").objects
    entries.filter(content_type=ContentType.objects.get_for_model(User), object_pk=str(person.pk)).delete()
    entries.filter(actor=person).update(actor_email=None, remote_addr=None)
    of_registrations = entries.filter(
        content_type=ContentType.objects.get_for_model(Registration),
        object_id__in=person.registrations.values("pk"),
        changes__has_key="note",
    )
    for entry in of_registrations:
        entry.changes.pop("note")
        entry.save(update_fields=["changes"])
    # Where others were changed: an invitation is known by its address, a host's coordinators by their names.
    text = Cast("changes", models.TextField())
    for entry in entries.annotate(text=text).filter(any_of("text", names) | any_of("object_repr", names)):
        entry.changes = without(names, entry.changes)
        entry.object_repr = without(names, entry.object_repr)
        entry.save(update_fields=["changes", "object_repr"])


def any_of(field: str, words: Iterable[str]) -> models.Q:
    found = models.Q()
    for word in words:
        found |= models.Q(
            **{f"{field}__icontains": json.dumps(word, ensure_ascii=False)[1:-1] if field == "text" else word}
        )
    return found


def without(names: Collection[str], value: Any) -> Any:
    """The value with the names taken out of each text in it, also where they stand among other words."""
    if isinstance(value, dict):
        return {key: without(names, part) for key, part in value.items()}
    if isinstance(value, list):
        return [without(names, part) for part in value]
    if isinstance(value, str) and names:
        whole = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        return re.sub(rf"(?<!\w)(?:{whole})(?!\w)", ERASED, value, flags=re.IGNORECASE)
    return value


def empty(person: User, *, now: datetime) -> None:
    emptied: dict[str, Any] = {
        "email": f"erased-{person.pk}@erased.invalid",
        "name": "",
        "organization_other": "",
        "post": "",
        "timezone": "",
        "language": "en",
        "calendar_secret": None,
        "is_staff": False,
        "is_superuser": False,
        "is_active": False,
        "last_login": None,
        "erased_at": now,
    }
    for name, value in emptied.items():
        setattr(person, name, value)
    person.set_unusable_password()
    # Not through save(): the history of changes would write the name down once more.
    User.objects.filter(pk=person.pk).update(**emptied, password=person.password)
