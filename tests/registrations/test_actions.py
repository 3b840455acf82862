"""What holds for all actions alike."""

import datetime
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts import erasing
from catalog.certificate_rule import Certificate, Counted, Rule
from page_cache.edition import announce
from promised_hours import actions as hours
from registrations import actions
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    """A session of one place, somebody with it, somebody waiting, and a secretary."""
    session = cast.session(places=1)
    return session, cast.register(session), cast.register(session), cast.secretary()


def register(session, confirmed, waiting, staff):
    cast.register(session)


def cancel(session, confirmed, waiting, staff):
    actions.cancel(registration=confirmed, by=confirmed.person)


def change_places(session, confirmed, waiting, staff):
    actions.change_places(session=session, places=2, by=staff)


def reschedule(session, confirmed, waiting, staff):
    actions.reschedule(session=session, by=staff, starts_at=session.starts_at + timedelta(days=1))


def cancel_session(session, confirmed, waiting, staff):
    actions.cancel_session(session=session, reason="", by=staff)


def erase_person(session, confirmed, waiting, staff):
    erasing.erase_person(person=confirmed.person, by=staff)


def keep_promised_hours(session, confirmed, waiting, staff):
    """An older table put the promised hour of Seoul at another moment."""
    for row in (session, *session.meetings.all()):
        local = row.starts_at.astimezone(datetime.timezone(timedelta(hours=8))).isoformat()
        row.promised["starts_at"] |= {"local": local, "table": "2019z"}
        type(row).objects.filter(pk=row.pk).update(promised=row.promised)
    hours.keep_promised_hours(session=session, by=staff)


def change_rule(session, confirmed, waiting, staff):
    rule = Rule(certificate=Certificate.PARTICIPATION, percent=80, percent_of=Counted.MEETINGS)
    actions.change_rule(activity=session.activity, rule=rule, by=staff)


def settle_holds(session, confirmed, waiting, staff):
    """The time of a place held for somebody is over: who waits moves up."""
    Registration.objects.filter(pk=confirmed.pk).update(state="held", hold_until=timezone.now())
    actions.settle_holds(session=session)


def agree(session, confirmed, waiting, staff):
    actions.agree(registration=confirmed, by=confirmed.person)


def unmake(session, confirmed, waiting, staff):
    actions.unmake(registration=confirmed, by=staff)


SEEN = [
    register,
    cancel,
    unmake,
    change_places,
    reschedule,
    cancel_session,
    erase_person,
    keep_promised_hours,
    change_rule,
    settle_holds,
]
# Between the person and the host: no page of the catalog tells it.
UNSEEN = [agree]
ALL = [*SEEN, *UNSEEN]


def test_every_action_is_here():
    assert {action.__name__ for action in ALL} == set(actions.__all__) | {
        "erase_person",
        "keep_promised_hours",
    }


@pytest.mark.parametrize("action", SEEN)
def test_the_next_visitor_sees_the_change(action, stage, django_capture_on_commit_callbacks):
    connection.run_on_commit.clear()  # what making the stage left there
    with django_capture_on_commit_callbacks() as after_the_commit:
        action(*stage)
    assert announce in after_the_commit


@pytest.mark.parametrize("action", ALL)
def test_the_counts_kept_for_lists_are_those_of_the_rows(action, stage):
    action(*stage)
    session = stage[0]
    session.refresh_from_db()
    assert session.places_taken == session.registrations.confirmed().count()
    assert session.waiting_count == session.registrations.waiting().count()


@pytest.mark.parametrize("action", ALL)
def test_every_change_begins_with_the_lock_of_the_session(action, stage, monkeypatch):
    locked = []
    whole, whole_of = actions.lock.lock_session, actions.lock.lock_sessions_of

    def lock_session(session_id):
        locked.append(session_id)
        return whole(session_id)

    def lock_sessions_of(activity_id):
        sessions = whole_of(activity_id)
        locked.extend(session.pk for session in sessions)
        return sessions

    monkeypatch.setattr("registrations.actions.lock.lock_session", lock_session)
    monkeypatch.setattr("registrations.actions.lock.lock_sessions_of", lock_sessions_of)
    action(*stage)
    assert locked == [stage[0].pk]
