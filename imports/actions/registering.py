"""The rows of a list of people for a session, each by the actions by which the desk registers one person."""

from collections.abc import Sequence
from datetime import datetime

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

from ..kinds import of_session
from ..models import Entry, Import
from ..outlook import Outlook, Outlooks, row_words
from .lock import lock_people, numbers_of
from .neutral import neutral


def do(of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None = None) -> datetime:
    """These rows, in the transaction that is open. Answers when: after the lock."""
    session = lock_session(of_session(of).pk)
    lock_people(numbers_of(entry.email for entry in entries))
    moment = now or timezone.now()  # after the lock: the order of the file is the order of arrival
    of.session = session
    with holding(of.letters_leave_at(moment)):
        for outlook in Outlooks(of, entries, session, moment).all():
            settle(outlook, of, session, by=by, now=moment)
    return moment


def still_stands_for(of: Import, by: User) -> bool:
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
    person = find_or_create_person(email=facts.email, language=facts.language, formerly=sees_all_hosts(by))
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
