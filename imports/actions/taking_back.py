"""An import is undone: who was told nothing is taken out as if never entered, who was told is told that it was cancelled."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.actions import unmake_person
from accounts.models import User
from catalog.models import Session
from outbox.holding import drop
from registrations import actions as one_by_one
from registrations.actions.lock import lock_session
from registrations.models import Registration

from .. import errors
from ..models import Entry, Import
from .lock import AT_ONCE, lock_import, lock_people, steps, take_turns

Back = Entry.Back


@transaction.atomic
def begin_undo(*, of: Import, by: User, now: datetime | None = None) -> Import:
    """From now on no more of its rows are done, and those done are taken back by whoever calls `take_back`. Raises
    NotToBeUndone."""
    of = lock_import(of.pk)
    if not of.may_be_undone:
        raise errors.NotToBeUndone
    of.undo_began_at = of.moved_at = now or timezone.now()
    of.undone_by = by
    of.save(update_fields=["undo_began_at", "moved_at", "undone_by"])
    return of


def take_back(*, of: Import, now: datetime | None = None, seconds: float | None = None) -> Import:
    """What is left to be taken back, some rows at a time, as `go_on` does them."""
    steps(lambda: step(of, now=now), seconds=seconds)
    of.refresh_from_db()
    return of


@transaction.atomic
def step(of: Import, *, now: datetime | None = None) -> bool:
    of = lock_import(of.pk)
    take_turns()
    by = of.undone_by or of.read_by
    if not of.is_being_undone or by is None:
        return False
    entries = list(of.entries.to_take_back().select_related("registration__person")[:AT_ONCE])
    if not entries:
        of.undone_at = of.moved_at = now or timezone.now()
        of.save(update_fields=["undone_at", "moved_at"])
        return False
    session = lock_session(of.session_id)
    lock_people([entry.registration.person_id for entry in entries if entry.registration])
    moment = now or timezone.now()
    anew = set(of.entries.anew().filter(pk__in=[entry.pk for entry in entries]).values_list("pk", flat=True))
    for entry in entries:
        entry.back = Back.ANEW if entry.pk in anew else undo(entry, session, by=by, now=moment)
        entry.taken_back_at = moment
    Entry.objects.bulk_update(entries, ["back", "taken_back_at", "registration", "account_stays"])
    of.moved_at = moment
    of.save(update_fields=["moved_at"])
    return True


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
