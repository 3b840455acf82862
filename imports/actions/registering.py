"""The rows are done a few at a time, each by the actions by which the desk registers one person."""

from datetime import datetime
from typing import TypeGuard

from django.db import transaction
from django.utils import timezone

from accounts.actions import find_or_create_person, update_profile
from accounts.models import User
from catalog.models import Session
from hubs.scope import in_scope, sees_all_hosts
from outbox.holding import holding
from registrations import actions as one_by_one
from registrations import errors
from registrations.actions.lock import lock_session
from registrations.entering import Entered

from ..models import Entry, Import
from ..outlook import Outlook, Outlooks, row_words
from .lock import AT_ONCE, lock_import, lock_people, numbers_of, steps, take_turns
from .neutral import neutral

CELLS = ["outcome", "why", "at", "registration", "made_account"]


def go_on(*, of: Import, now: datetime | None = None, seconds: float | None = None) -> Import:
    """Do the rows that are left, some at a time, each part in a transaction of its own; in so many `seconds`, if any.

    Whoever is killed leaves what was done, and whoever goes on does the rest; two at once take turns. Nobody is done twice.
    """
    steps(lambda: step(of, now=now), seconds=seconds)
    of.refresh_from_db()
    return of


@transaction.atomic
def step(of: Import, *, now: datetime | None = None) -> bool:
    """The next rows. False once there are none."""
    of = lock_import(of.pk)
    take_turns()
    by = of.read_by
    # Undone meanwhile; or nobody stands for it any more, and it stands still.
    if not of.is_registering or not may_still(by, of):
        return False
    entries = list(of.entries.to_do()[:AT_ONCE])
    if not entries:
        of.done_at = of.moved_at = now or timezone.now()
        of.save(update_fields=["done_at", "moved_at"])
        return False
    session = lock_session(of.session_id)
    lock_people(numbers_of(entry.email for entry in entries))
    moment = now or timezone.now()  # after the lock: the order of the file is the order of arrival
    of.session = session
    with holding(of.letters_leave_at(moment)):
        for outlook in Outlooks(of, entries, session, moment).all():
            settle(outlook, of, session, by=by, now=moment)
    Entry.objects.bulk_update(entries, CELLS)
    of.moved_at = moment
    of.save(update_fields=["moved_at"])
    return True


def may_still(by: User | None, of: Import) -> TypeGuard[User]:
    """Whether who began it is still one who may: a role or a host may be gone since."""
    if by is None or not by.is_active or not by.has_perm("imports.add_import"):
        return False
    return in_scope(Import.objects.filter(pk=of.pk), by, host="session__activity__host").exists()


def settle(outlook: Outlook, of: Import, session: Session, *, by: User, now: datetime) -> None:
    """Write into the row what came of it."""
    entry = outlook.entry
    entry.outcome, entry.why, entry.at = outlook.outcome, outlook.why, now
    if outlook.outcome not in Entry.REGISTERED:
        return
    try:
        with transaction.atomic():
            register(outlook, of, session, by=by, now=now)
    except errors.Refused as refusal:
        entry.outcome = Entry.Outcome.REFUSED
        entry.why = row_words(refusal) if sees_all_hosts(by) else neutral(refusal)
        entry.registration, entry.made_account = None, False


def register(outlook: Outlook, of: Import, session: Session, *, by: User, now: datetime) -> None:
    facts, entry = outlook.facts, outlook.entry
    person = find_or_create_person(email=facts.email, language=facts.language)
    entry.made_account = outlook.person is None
    was_complete = person.has_profile
    if not was_complete:
        update_profile(person=person, by=by, **facts.profile_facts)
    entry.registration = one_by_one.register(
        session=session,
        person=person,
        by=by,
        note=facts.note,
        ground=of.ground,
        # As at the desk: it knows whom it typed. A coordinator does not learn whom the station knew before, by anybody.
        discloses=not was_complete and sees_all_hosts(by),
        why=of.why,
        entered=Entered(by=str(by), source=of.source, ground=of.ground),
        now=now,
    )
