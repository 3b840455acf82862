"""Who was chosen a moment before they were merged: the row names the account that stays. Rule, exception, and at once."""

import time
from threading import Event
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from hubs.models import Contact
from merging import actions, undoing
from merging.models import Merge
from proposals.models import CoProposer
from tests import cast
from tests.at_once import at_once
from tests.hubs import agreements
from tests.proposals import making

A_MOMENT = 0.3
LONG = 60  # of what comes for sure


def merged(*, kept: User, gone: User, by: User) -> Merge:
    return actions.merge_people(kept=kept, gone=gone, by=by)


def chosen(gone: User) -> list[User]:
    """Whom a contact, a co-proposer and a proposal name that are written now."""
    contact = agreements.contact(agreements.draft(), person=gone)
    proposal = making.draft(gone)
    asked = CoProposer.objects.create(proposal=making.draft(), email="with@city.example", person=gone)
    rows = [contact, asked, proposal]
    for row in rows:
        row.refresh_from_db()
    return [row.person for row in rows]


@pytest.mark.django_db
def test_what_is_written_afterwards_names_who_stays_also_by_way_of_another():
    first, second, last, by = cast.person("A"), cast.person("B"), cast.person("C"), cast.secretary()
    merged(kept=second, gone=first, by=by)
    assert chosen(first) == [second] * 3
    merged(kept=last, gone=second, by=by)
    assert chosen(first) == [last] * 3
    assert chosen(cast.person("Nobody's double"))[0].name == "Nobody's double"


@pytest.mark.django_db
def test_where_who_stays_is_a_contact_already_the_other_is_left():
    kept, gone = cast.person("A"), cast.person("B")
    agreement = agreements.draft()
    agreements.contact(agreement, person=kept)
    merged(kept=kept, gone=gone, by=cast.secretary())
    left = agreements.contact(agreement, person=gone)
    left.refresh_from_db()
    assert left.person == gone


@pytest.mark.django_db
def test_an_undo_gives_back_what_was_moved():
    kept, gone, by = cast.person("A"), cast.person("B"), cast.secretary()
    contact = agreements.contact(agreements.draft(), person=gone)
    undoing.undo_merge(merge=merged(kept=kept, gone=gone, by=by), by=by)
    contact.refresh_from_db()
    assert contact.person == gone


def saved_while_merging(monkeypatch: pytest.MonkeyPatch) -> tuple[Contact, User]:
    """The form was opened before; it is sent while the merge holds both."""
    kept, gone, by = cast.person("A"), cast.person("B"), cast.secretary()
    agreement = agreements.draft()
    locked, lock_both = Event(), actions.lock_both

    def lock_and_tell(*ends: Any) -> Any:
        both = lock_both(*ends)
        locked.set()
        time.sleep(A_MOMENT)
        return both

    def save() -> None:
        locked.wait(LONG)
        agreements.contact(agreement, person=gone)

    monkeypatch.setattr(actions, "lock_both", lock_and_tell)
    at_once([lambda: merged(kept=kept, gone=gone, by=by), save])
    return Contact.objects.get(), kept


@pytest.mark.django_db(transaction=True)
def test_who_is_chosen_while_they_are_merged_is_who_stays(monkeypatch):
    contact, kept = saved_while_merging(monkeypatch)
    assert contact.person == kept


@pytest.mark.django_db(transaction=True)
def test_of_the_twin_without_the_trigger_the_account_that_went_is_named(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hubs_contact DISABLE TRIGGER person_id_follows")
    try:
        contact, kept = saved_while_merging(monkeypatch)
        assert contact.person != kept
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE hubs_contact ENABLE TRIGGER person_id_follows")
