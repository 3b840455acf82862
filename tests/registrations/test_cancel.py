from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.models import Letter
from registrations import actions, errors
from registrations.waiting_list import position_in_line, why_waiting
from tests import cast

pytestmark = pytest.mark.django_db


def letters_to(person) -> list[str]:
    return list(person.letters.order_by("pk").values_list("kind", flat=True))


def test_cancelling_gives_the_place_to_the_first_in_line_who_is_told():
    session = cast.session(places=1)
    first, second, third = (cast.register(session) for _i in range(3))

    cancelled = actions.cancel(registration=first, by=first.person)

    assert (cancelled.state, cancelled.cancelled_for, cancelled.cancelled_by) == (
        "cancelled",
        "person",
        first.person,
    )
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == ("confirmed", "waiting")
    assert second.confirmed_at == cancelled.cancelled_at
    assert letters_to(first.person) == ["confirmation", "cancellation"]
    assert letters_to(second.person) == ["waiting_list", "promotion"]
    assert letters_to(third.person) == ["waiting_list"]
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (1, 1)


def test_cancelling_again_changes_nothing_and_writes_nothing():
    session = cast.session(places=1)
    registration = cast.register(session)
    first = actions.cancel(registration=registration, by=registration.person)
    again = actions.cancel(registration=registration, by=cast.secretary())
    assert (again.cancelled_at, again.cancelled_for) == (first.cancelled_at, "person")
    assert Letter.objects.filter(kind="cancellation").count() == 1


def test_staff_cancelling_is_known_as_theirs_and_told_so():
    registration, coordinator = cast.register(cast.session()), cast.coordinator()
    cancelled = actions.cancel(registration=registration, by=coordinator)
    assert (cancelled.cancelled_for, cancelled.cancelled_by) == ("staff", coordinator)
    text = Letter.objects.get(kind="cancellation").text
    assert "The host or the secretariat cancelled your registration." in text
    assert "You changed your mind?" not in text


def test_leaving_the_waiting_list_moves_the_others_up_and_lets_nobody_in():
    session = cast.session(places=1)
    _confirmed, second, third = (cast.register(session) for _i in range(3))
    actions.cancel(registration=second, by=second.person)
    third.refresh_from_db()
    assert third.is_waiting
    assert position_in_line(third) == 1
    letter = Letter.objects.get(kind="cancellation")
    assert "You left the waiting list." in letter.text
    assert letter.calendar == ""  # they never had an entry


def test_an_overbooked_session_lets_nobody_in_until_it_fits_again():
    session = cast.session(places=1)
    first, second = cast.register(session), cast.register(session, by=cast.secretary(), over_places=True)
    waiting = cast.register(session)
    actions.cancel(registration=second, by=second.person)
    waiting.refresh_from_db()
    assert waiting.is_waiting
    actions.cancel(registration=first, by=first.person)
    waiting.refresh_from_db()
    assert waiting.is_confirmed


def test_one_may_cancel_until_the_session_ends_but_nobody_is_let_in_once_it_started():
    session = cast.session(places=1)
    first, second = cast.register(session), cast.register(session)
    actions.cancel(registration=first, by=first.person, now=session.starts_at)
    second.refresh_from_db()
    assert second.is_waiting
    with pytest.raises(errors.TooLateToCancel) as refusal:
        actions.cancel(registration=second, by=second.person, now=session.ends_at)
    assert refusal.value.sentence == "This session is over, so the registration can no longer be cancelled."


def test_a_self_paced_course_lets_people_in_while_it_is_open():
    now = timezone.now()
    course = cast.session(
        self_paced=True, places=1, starts_at=now - timedelta(days=1), lasts=timedelta(days=30)
    )
    first, second = cast.register(course), cast.register(course)
    actions.cancel(registration=first, by=first.person)
    second.refresh_from_db()
    assert second.is_confirmed


def test_what_fails_on_the_way_leaves_the_place_taken(monkeypatch):
    session = cast.session(places=1)
    first, second = cast.register(session), cast.register(session)

    def broken(*args, **kwargs):
        raise RuntimeError("no ink")

    monkeypatch.setattr("registrations.letters.promotions", broken)
    with pytest.raises(RuntimeError, match="no ink"):
        actions.cancel(registration=first, by=first.person)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("confirmed", "waiting")
    assert not Letter.objects.filter(kind="cancellation").exists()


# The waiting list


def test_a_position_is_counted_in_one_question(django_assert_num_queries):
    session = cast.session(places=1)
    line = [cast.register(session) for _i in range(4)][1:]
    with django_assert_num_queries(3):
        assert [position_in_line(registration) for registration in line] == [1, 2, 3]


def test_only_who_waits_has_a_position():
    with pytest.raises(ValueError, match="Only who waits"):
        position_in_line(cast.register(cast.session()))


@pytest.mark.parametrize(
    ("places", "position", "sentence"),
    [
        (1, 1, "The only place is taken. You are the first in line: the next place that becomes free is yours."),
        (20, 2, "All 20 places are taken. 1 person is ahead of you, in the order in which people registered."),
        (20, 4, "All 20 places are taken. 3 people are ahead of you, in the order in which people registered."),
        (0, 1, "No places have been opened yet. You are the first in line: "
               "the next place that becomes free is yours."),
    ],
)  # fmt: skip
def test_the_position_is_explained(places, position, sentence):
    session = cast.session(places=places, places_taken=places)
    assert why_waiting(session, position) == sentence


def test_a_place_may_be_free_while_others_are_let_in_first():
    session = cast.session(places=20, places_taken=19, waiting_count=2)
    assert why_waiting(session, 2) == (
        "Others came before you and are let in first. "
        "1 person is ahead of you, in the order in which people registered."
    )


def test_who_cancels_takes_the_consent_back_and_who_is_cancelled_by_staff_does_not():
    session = cast.session()
    registration, taken_back = cast.register(session), cast.register(session)
    actions.cancel(registration=registration, by=registration.person)
    actions.cancel(registration=taken_back, by=cast.secretary())
    assert registration.person.consents.get().withdrawn_at is not None
    assert taken_back.person.consents.get().withdrawn_at is None
    cast.register(session, registration.person)
    assert registration.person.consents.filter(withdrawn_at=None).count() == 1
    assert registration.person.consents.count() == 2, "what was agreed to before stays written down"
