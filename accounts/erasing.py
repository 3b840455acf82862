"""Erasing a person: what of them goes (GDPR Art. 17), and the row without a name that stays."""

import json
import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as BrowserSession
from django.db import models, transaction
from django.db.models.functions import Cast, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.actions import ERASED
from outbox.models import Letter
from texts.refusals import Refused

from .forgetting import ChangedMeanwhile, emails_of, names_of, parts
from .models import Consent, FormerAddress, User

TRIES = 5


class WasMerged(Refused):
    """The account is no longer one of its own."""

    words = _("This account was merged into another. Erase the one that stays: this one goes with it.")


# What this room itself forgets. The history and the admin's log keep deeds, not who did them.
OWN = (Consent, FormerAddress, EmailAddress, Authenticator, UserSession, Letter, LogEntry)


def erase_person(*, person: User, by: User, now: datetime | None = None) -> None:
    """Forget the person, with the accounts that were merged into theirs. What stays is a row without a name that counts are
    made from: organization, country, profile.

    Registrations to come are cancelled, so that others move up; past ones stay, without their notes.
    Consents, letters, addresses, passkeys and open sign-ins go. There is no way back. Asked again, nothing
    happens.
    """
    for remaining in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                erase(person, by=by, now=now or timezone.now())
                return
        except ChangedMeanwhile:
            if not remaining:
                raise


def erase(person: User, *, by: User, now: datetime) -> None:
    # What others wait for before the person, as everywhere: who locks in one order never waits in a circle.
    endings = [part.give_up(person, now) for part in parts if part.give_up]
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        return
    if person.merged_into_id:  # meanwhile: it is not theirs alone any more
        raise WasMerged
    for end in endings:
        end(person, by, now)
    # Those that were merged have no place to give up; who merges one into this one, or parts them, locks this one.
    for one in (*person.all_merged(), person):
        forget(one, now=now)


def forget(person: User, *, now: datetime) -> None:
    emails, names = emails_of(person), names_of(person)
    for part in parts:
        part.forget(person, now)
    forget_what_hangs_on(person, emails)
    # Last but for the row itself: forgetting writes history, too.
    forget_history_of(person, [*names, *emails])
    empty(person, now=now)


def forget_what_hangs_on(person: User, emails: list[str]) -> None:
    """All rows that would go if the person's row did (addresses, passkeys, sign-ins, consents), and letters."""
    sign_ins = UserSession.objects.filter(user=person)
    BrowserSession.objects.filter(
        session_key__in=list(sign_ins.values_list("session_key", flat=True))
    ).delete()
    for relation in User._meta.related_objects:
        # The admin's own log says what staff did, not who they were.
        if relation.on_delete is models.CASCADE and relation.related_model._meta.app_label != "admin":
            relation.related_model._base_manager.filter(**{relation.field.name: person}).delete()
    Letter.objects.annotate(lower=Lower("to")).filter(
        models.Q(person=person) | models.Q(lower__in=emails)
    ).delete()
    person.groups.clear()
    person.user_permissions.clear()


def forget_history_of(person: User, names: list[str]) -> None:
    """The history of changes keeps what was done and when, without what it says of the person."""
    entries = LogEntry.objects
    entries.filter(content_type=ContentType.objects.get_for_model(User), object_pk=str(person.pk)).delete()
    entries.filter(actor=person).update(actor_email=None, remote_addr=None)
    # Where others were changed: an invitation is known by its address, a host's coordinators by their names, an account by
    # the other from which it was parted again.
    told = {column: Cast(column, models.TextField()) for column in ("changes", "additional_data")}
    texts = {f"text_of_{column}": text for column, text in told.items()}
    naming = any_of("object_repr", names)
    for text in texts:
        naming |= any_of(text, names)
    for entry in entries.annotate(**texts).filter(naming):
        entry.changes = without(names, entry.changes)
        entry.additional_data = without_in_notes(names, entry.additional_data)
        entry.object_repr = without(names, entry.object_repr)
        entry.save(update_fields=["changes", "additional_data", "object_repr"])


def without_in_notes(names: Collection[str], value: Any) -> Any:
    """What was done is a word of ours, whoever is called so."""
    if not isinstance(value, dict):
        return value
    return without(names, value) | {key: said for key, said in value.items() if key == "done"}


def any_of(field: str, words: Iterable[str]) -> models.Q:
    condition = models.Q()
    for word in words:
        condition |= models.Q(
            **{
                f"{field}__icontains": word
                if field == "object_repr"
                else json.dumps(word, ensure_ascii=False)[1:-1]
            }
        )
    return condition


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
