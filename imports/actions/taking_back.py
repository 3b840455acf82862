"""Registrations are undone: who was told nothing is taken out as if never entered, who was told hears of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.actions import unmake_person
from accounts.models import User
from catalog.models import Session
from outbox.holding import drop
from registrations import actions as one_by_one
from registrations.actions.lock import lock_session
from registrations.models import Registration

from ..kinds import of_session
from ..models import Entry, Import
from .lock import lock_people

Back = Entry.Back


def take_back_rows(
    of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None = None
) -> datetime:
    """These rows, in the transaction that is open. Answers when: after the lock."""
    session = lock_session(of_session(of).pk)
    lock_people([entry.registration.person_id for entry in entries if entry.registration])
    moment = now or timezone.now()
    anew = set(of.entries.anew().filter(pk__in=[entry.pk for entry in entries]).values_list("pk", flat=True))
    for entry in entries:
        entry.back = Back.ANEW if entry.pk in anew else undo(entry, session, by=by, now=moment)
        entry.taken_back_at = moment
    return moment


def undo(entry: Entry, session: Session, *, by: User, now: datetime) -> Back:
    registration = entry.registration
    if registration is None:
        return Back.GONE
    registration = session.registrations.select_related("person").get(pk=registration.pk)
    entry.account_stays = entry.made_account
    if stays := why_it_stays(registration, session, now):
        return stays
    assert entry.at is not None  # it was done
    untold = drop(registration, since=entry.at, now=now)
    if not registration.is_standing:
        return Back.GONE
    if untold and entry.outcome == Entry.Outcome.NEW:
        unmake(entry, registration, by=by, now=now)
        return Back.UNTOLD
    one_by_one.cancel(registration=registration, by=by, reason=reasons(), now=now, tell=not untold)
    return Back.UNTOLD if untold else Back.TOLD


def unmake(entry: Entry, registration: Registration, *, by: User, now: datetime) -> None:
    """The registration, and the account that was made for it unless somebody has used it since."""
    person = registration.person
    entry.registration = None
    one_by_one.unmake(registration=registration, by=by, now=now)
    if entry.made_account:
        entry.account_stays = not unmake_person(person=person)


def why_it_stays(registration: Registration, session: Session, now: datetime) -> Back | None:
    """By relation: attendance and certificates stand in rooms of their own."""
    if registration.certificates.exists():
        return Back.CERTIFIED
    if registration.attendance.exists():
        return Back.ATTENDED
    return Back.OVER if registration.is_standing and now >= session.ends_at else None


def reasons() -> Mapping[str, str]:
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = _("The list out of which you were entered was entered by mistake.")
    return found
