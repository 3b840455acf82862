"""Undone within the hour it is as if nobody had been entered; afterwards who was told is told again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from attendance.models import Attendance
from imports import actions, errors
from imports.models import Entry, Import
from imports.outlook_of_undoing import UndoOutlook
from imports.tasks import go_on_with_all
from outbox.delivery import send_due
from outbox.models import Letter
from registrations import actions as one_by_one
from registrations.models import Registration
from tests import cast

from .making import done, imported, outcomes, people

pytestmark = pytest.mark.django_db


def undone(of, by=None):
    actions.begin_undo(of=of, by=by or of.read_by)
    return actions.take_back(of=of)


def back(of) -> dict[str, str]:
    return dict(of.entries.values_list("email", "back"))


def test_within_the_hour_nobody_has_heard_of_it_and_nobody_is_left(mailoutbox):
    session, staff = cast.session(places=3), cast.secretary()
    known = cast.person("Known Person")
    before = set(User.objects.values_list("pk", flat=True))
    of = done(session, [*people(4), (known.email, *people(1)[0][1:])], by=staff)
    assert undone(of).undone_at
    assert set(back(of).values()) == {"untold"}
    assert set(User.objects.values_list("pk", flat=True)) == before
    assert not Registration.objects.exists()
    send_due()
    assert mailoutbox == []
    assert not Letter.objects.exists()
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (0, 0)


def test_nobody_of_the_list_is_let_in_by_it_and_others_who_wait_are(mailoutbox):
    session = cast.session(places=3)
    of = done(session, people(5))
    waiting = cast.register(session)
    undone(of)
    assert list(session.registrations.values_list("person", "state")) == [(waiting.person_id, "confirmed")]
    assert list(Letter.objects.order_by("pk").values_list("kind", flat=True)) == ["waiting_list", "promotion"]


def test_who_was_told_is_told_that_it_is_cancelled(mailoutbox):
    session = cast.session()
    of = done(session, people(2))
    first, second = session.registrations.select_related("person").order_by("pk")
    Letter.objects.filter(person=first.person).update(next_try_at=timezone.now())
    assert send_due() == 1
    undone(of)
    assert back(of) == {first.person.email: "told", second.person.email: "untold"}
    send_due()
    assert [mail.to for mail in mailoutbox] == [[first.person.email]] * 2
    assert "The list out of which you were entered was entered by mistake." in mailoutbox[1].body
    first.refresh_from_db()
    assert first.state == "cancelled"
    # Imported again without the mistake, the place is given anew.
    again = done(session, people(2))
    assert outcomes(again) == {first.person.email: "changed", second.person.email: "new"}


def test_what_it_cannot_take_back_it_names():
    session, staff = cast.session(starts_in=timedelta(hours=3)), cast.secretary()
    of = done(session, people(3), by=staff)
    attended, signed_in, _left = (one.registration for one in of.entries.all())
    Attendance.objects.create(
        registration=attended,
        meeting=session.meetings.get(),
        source="staff",
        state="present",
        counts=True,
        noted_at=timezone.now(),
    )
    User.objects.filter(pk=signed_in.person_id).update(last_login=timezone.now())
    undone(of)
    assert list(back(of).values()) == ["attended", "untold", "untold"]
    assert list(of.entries.values_list("account_stays", flat=True)) == [True, True, False]
    assert list(session.registrations.all()) == [attended]
    assert User.objects.filter(pk=signed_in.person_id).exists()


def test_who_left_meanwhile_is_left_alone():
    session = cast.session()
    of = done(session, people(1))
    registration = session.registrations.get()
    one_by_one.cancel(registration=registration, by=registration.person)
    letters = Letter.objects.count()
    undone(of)
    assert back(of) == {registration.person.email: "gone"}
    assert Letter.objects.count() <= letters


def test_of_one_under_way_no_more_is_done(monkeypatch):
    session = cast.session()
    of = imported(session, people(3))
    actions.begin(of=of, by=of.read_by)
    actions.begin_undo(of=of, by=of.read_by)
    actions.go_on(of=of)
    assert not session.registrations.exists()
    Import.objects.update(moved_at=timezone.now() - timedelta(minutes=3))
    assert go_on_with_all() == 1  # a killed worker's undoing goes on, too
    of.refresh_from_db()
    assert of.undone_at
    assert not Entry.objects.exclude(outcome="").exists()
    with pytest.raises(errors.NotToBeUndone):
        actions.begin_undo(of=of, by=of.read_by)


@pytest.mark.parametrize("by_staff", [False, True])
def test_who_left_and_registered_again_since_keeps_that_place(by_staff):
    """By themselves, or by staff, one by one: it is not the work of this one any more, whether letters left or wait."""
    session = cast.session()
    of = done(session, people(2))
    registration = session.registrations.select_related("person").first()
    person, later = registration.person, timezone.now() + timedelta(minutes=30)
    one_by_one.cancel(registration=registration, by=person, now=later)
    by, ground = (cast.secretary(), "asked") if by_staff else (person, "")
    one_by_one.register(
        session=session, person=person, by=by, ground=ground, now=later + timedelta(minutes=5)
    )
    outlook = UndoOutlook(of, later, reader=of.read_by)
    assert (outlook.anew, outlook.told, outlook.untold) == ([str(registration.seen)], 0, 1)
    undone(of)
    assert list(of.entries.order_by("number").values_list("back", flat=True)) == ["anew", "untold"]
    assert list(session.registrations.values_list("person", "state")) == [(person.pk, "confirmed")]


def test_of_a_session_that_is_over_nobody_is_promised_to_be_taken_out():
    session = cast.session(starts_in=timedelta(hours=3))
    of = done(session, people(2))
    outlook = UndoOutlook(of, session.ends_at, reader=of.read_by)
    assert (outlook.is_over, outlook.told, outlook.untold) == (True, 0, 0)
    actions.begin_undo(of=of, by=of.read_by)
    actions.take_back(of=of, now=session.ends_at)
    assert set(back(of).values()) == {"over"}
