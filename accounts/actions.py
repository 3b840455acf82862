"""What a person's account goes through. The only writers of people and consents."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.audit import note
from outbox.actions import readdress
from texts.refusals import Refused

from . import letters
from .models import Consent, User
from .models.user import new_calendar_secret
from .roles import Role, give_role, role_of
from .whose import owner_of


@transaction.atomic
def find_or_create_person(*, email: str, language: str, formerly: bool = False) -> User:
    """The person with this e-mail address: known (`formerly` as in accounts/whose.py), or new with one that is still to be
    proven by a code."""
    person = owner_of(email, formerly=formerly)
    if person is None:
        try:
            with transaction.atomic():
                person = User.objects.create_user(email, language=language)
        except IntegrityError:  # the same address was typed twice at once
            person = User.objects.get(email__iexact=email)
    if not EmailAddress.objects.filter(user=person, email__iexact=person.email).exists():
        # Known by an import or made by staff: the code that follows proves this address too.
        primary = not EmailAddress.objects.filter(user=person, primary=True).exists()
        EmailAddress.objects.get_or_create(
            user=person, email=person.email.lower(), defaults={"primary": primary}
        )
    return person


def update_profile(*, person: User, by: User, **facts: Any) -> User:
    """Write the short form down. `facts` are fields of User: name, organization, organization_other, post, …"""
    for name, value in facts.items():
        setattr(person, name, value)
    person.save(update_fields=list(facts))
    return person


def forget_unproven(*, older_than: timedelta, now: datetime) -> int:
    """Delete the accounts whose address nobody proved in time. Answers how many.

    Staff, and people with anything to their name, are kept: they came another way.
    """
    unproven = User.objects.filter(
        joined_at__lt=now - older_than,
        last_login__isnull=True,
        name="",
        is_staff=False,
        erased_at__isnull=True,
        merged_from__isnull=True,
        merged_into__isnull=True,
        emailaddress__verified=False,
        registrations__isnull=True,
    ).exclude(emailaddress__verified=True)
    _rows, by_model = User.objects.filter(pk__in=list(unproven.values_list("pk", flat=True))).delete()
    return by_model.get("accounts.User", 0)


@transaction.atomic
def unmake_person(*, person: User) -> bool:
    """Delete an account that staff made by mistake, with what the history says of it. False where it was used, or where
    anything hangs on it: then it stays."""
    found = User.objects.select_for_update().filter(
        pk=person.pk, last_login=None, is_staff=False, erased_at=None, merged_into=None
    )
    if not found.exists() or EmailAddress.objects.filter(user=person, verified=True).exists():
        return False
    try:
        with transaction.atomic():
            found.get().delete()
    except models.ProtectedError:
        return False
    of_people = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=of_people, object_id=person.pk).delete()
    return True


def open_calendar_feed(*, person: User, by: User) -> str:
    """A new secret address for the person's calendar; the one before, if any, leads nowhere from now on."""
    person.calendar_secret = new_calendar_secret()
    person.save(update_fields=["calendar_secret"])
    return person.calendar_secret


def close_calendar_feed(*, person: User, by: User) -> None:
    person.calendar_secret = None
    person.save(update_fields=["calendar_secret"])


@transaction.atomic
def end_sign_ins(*, person: User, by: User) -> None:
    """Sign the person out everywhere. They may come in again by a code, as before; it is written into the history.

    Every session holds a fingerprint of the password, and nobody has one here: a new unusable one ends them all, also those
    that are on no list.
    """
    person.set_unusable_password()
    person.save(update_fields=["password"])
    sign_ins = UserSession.objects.filter(user=person)
    keys = list(sign_ins.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sign_ins.delete()
    note(person, by=by, ended="sign-ins")


def give_consent(
    *, person: User, kind: str, wording: str, about: str = "", by: User, now: datetime | None = None
) -> Consent:
    """Write down what the person agreed to and in which words. Asked again, the first one stands."""
    consent, _made = Consent.objects.get_or_create(
        person=person,
        kind=kind,
        about=about,
        withdrawn_at=None,
        defaults={"wording": wording, "given_at": now or timezone.now()},
    )
    return consent


def withdraw_consent(*, person: User, kind: str, about: str = "", by: User, now: datetime) -> bool:
    """Whether there was a consent to withdraw. It stays written down, with the moment from which it is none."""
    return bool(
        Consent.objects.filter(person=person, kind=kind, about=about, withdrawn_at=None).update(
            withdrawn_at=now
        )
    )


def stop_reminders(*, person: User, by: User | None) -> None:
    """`by` is None when the way out in a letter said so. Asked again, nothing changes."""
    person.reminders = False
    person.save(update_fields=["reminders"])


@transaction.atomic
def appoint(*, person: User, role: Role | None, by: User, now: datetime | None = None) -> None:
    """Give a person a role, or take theirs away. Who has a new one is told by letter what it is for and how to get in.

    Raises PermissionDenied as `give_role` does.
    """
    before = role_of(person)
    give_role(person=person, role=role, by=by)
    if role and role != before:
        letters.new_role(person=person, role=role, now=now)


class EmailRefused(Refused):
    """An e-mail address cannot be given to this person."""

    def __init__(self, words: str | Promise):
        self.words = words


@transaction.atomic
def correct_email(*, person: User, email: str, why: str, by: User, now: datetime | None = None) -> User:
    """Staff say on their word which e-mail address is the person's; `why` is kept in the history.

    The person proves it with the code of their next sign-in. A former address that was proven is told that it is used no
    longer, without the new one; letters that still wait go to the new one. Raises EmailRefused.
    """
    email = email.strip().lower()
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if words := refusal_to_correct(locked, by):
        raise EmailRefused(words)
    former = locked.email
    if email == former.lower():
        return locked
    was_proven = EmailAddress.objects.filter(user=locked, email__iexact=former, verified=True).exists()
    taken = EmailRefused(_("Someone with this address is here already. Search for them."))
    if EmailAddress.objects.filter(email__iexact=email).exclude(user=locked).exists():
        raise taken
    EmailAddress.objects.filter(user=locked, email=email).delete()
    locked.email = email
    try:
        with transaction.atomic():
            locked.save(update_fields=["email"])
    except IntegrityError as error:
        raise taken from error
    # One that came with another account of theirs stays a way in.
    EmailAddress.objects.filter(user=locked).exclude(verified=True, primary=False).delete()
    EmailAddress.objects.create(user=locked, email=email, primary=True, verified=False)
    note(locked, by=by, done="address_corrected", why=why)
    readdress(person=locked, former=former, to=email)
    letters.address_corrected(person=locked, to=email, now=now)
    if was_proven:
        letters.address_left(person=locked, to=former, now=now)
    return locked


def refusal_to_correct(person: User, by: User) -> str | Promise:
    """Why this member of staff may not correct the person's e-mail address; empty when they may."""
    if person.erased_at:
        return _("This account was erased.")
    if person.merged_into_id:
        return _("This account was merged into another.")
    if person.pk == by.pk:
        return _("You change your own address on your account page, where you prove it.")
    if person.is_superuser and not by.is_superuser:
        return _("Only a superuser corrects the address of a superuser.")
    return ""
