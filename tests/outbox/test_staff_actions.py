from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from outbox import delivery
from outbox.actions import resend, stop, stop_all
from outbox.errors import Refused
from outbox.models import Letter
from tests.outbox.letters import deliver, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_templates")]


@pytest.fixture
def secretary(db) -> User:
    return User.objects.create_user("secretary@example.org", name="Mei Tanaka", is_staff=True)


def test_stop_keeps_a_waiting_letter_from_going(person, secretary, smtp):
    letter = write(person)
    now = timezone.now()
    stop(letter=letter, by=secretary, now=now)
    letter.refresh_from_db()
    assert (letter.state, letter.stopped_by, letter.stopped_at) == ("stopped", secretary, now)
    assert not deliver(letter)
    assert delivery.send_due() == 0
    assert smtp.letters == []


def test_stop_a_second_time_keeps_who_was_first(person, secretary):
    letter = write(person)
    stop(letter=letter, by=secretary)
    assert stop(letter=letter, by=person).stopped_by == secretary


@pytest.mark.parametrize("state", ["claimed", "sent", "failed"])
def test_stop_refuses_what_no_longer_waits(person, secretary, state):
    letter = write(person)
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(state=state, sent_at=now, claimed_at=now)
    with pytest.raises(Refused) as refused:
        stop(letter=letter, by=secretary)
    assert "no longer be stopped" in refused.value.sentence
    letter.refresh_from_db()
    assert (letter.state, letter.stopped_at) == (state, None)


def in_hand(letter: Letter) -> Letter:
    claimed = delivery.claim(Letter.objects.filter(pk=letter.pk), timezone.now())
    assert claimed
    return claimed


@pytest.mark.parametrize("tries", [1, delivery.MOST_ATTEMPTS])
def test_of_many_stopped_one_in_hand_is_not_tried_again(person, secretary, smtp, tries):
    letter = in_hand(write(person))
    Letter.objects.filter(pk=letter.pk).update(attempts=tries)
    letter.attempts = tries
    assert stop_all(letters=Letter.objects.all(), by=secretary) == 0
    smtp.answers["RCPT"] = ["451 4.7.1 Greylisted, come back"]
    with delivery.mail_connection() as mail:
        assert not delivery.send(letter, mail)
    letter.refresh_from_db()
    assert (letter.state, letter.stopped_by) == ("stopped", secretary)


def test_of_many_stopped_one_in_hand_may_have_left(person, secretary, smtp):
    letter = in_hand(write(person))
    assert stop_all(letters=Letter.objects.all(), by=secretary) == 0
    with delivery.mail_connection() as mail:
        assert delivery.send(letter, mail)
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_of_many_stopped_one_of_a_dead_worker_stays(person, secretary):
    letter = in_hand(write(person))
    stop_all(letters=Letter.objects.all(), by=secretary)
    assert delivery.release_abandoned(now=timezone.now() + timedelta(days=1)) == 1
    letter.refresh_from_db()
    assert letter.state == "stopped"


def test_once_stopped_and_sent_again_it_is_tried_again_like_any(person, secretary, smtp):
    letter = write(person)
    assert stop_all(letters=Letter.objects.all(), by=secretary) == 1
    letter.refresh_from_db()
    resend(letter=letter, by=secretary)
    smtp.answers["RCPT"] = ["451 4.7.1 Greylisted, come back"]
    assert not deliver(letter)
    letter.refresh_from_db()
    assert letter.state == "waiting"


@pytest.mark.parametrize("state", ["failed", "stopped", "waiting"])
def test_resend_lets_go_what_never_arrived(person, secretary, smtp, state):
    letter = write(person)
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(
        state=state, attempts=9, next_try_at=now + timedelta(days=1), last_error="550 No such person"
    )
    again = resend(letter=letter, by=secretary, now=now)
    assert again == letter
    assert (again.state, again.attempts, again.next_try_at) == ("waiting", 0, now)
    assert (again.resent_by, again.resent_at) == (secretary, now)
    assert again.last_error == "550 No such person", "the story so far is kept"
    assert deliver(letter)
    assert smtp.letters[0].message["Message-ID"] == letter.message_id
    assert Letter.objects.count() == 1


def test_resend_of_a_sent_letter_is_a_new_letter(person, secretary, smtp):
    letter = write(
        person,
        key="confirmed/1",
        from_name="MITI Seoul",
        calendar="BEGIN:VCALENDAR",
        calendar_method="REQUEST",
    )
    deliver(letter)
    copy = resend(letter=letter, by=secretary)
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert (copy.key, copy.copy_of, copy.state) == ("confirmed/1/resend/1", letter, "waiting")
    assert copy.message_id != letter.message_id
    for name in (
        "kind",
        "person",
        "to",
        "subject",
        "text",
        "html",
        "from_name",
        "calendar",
        "calendar_method",
    ):
        assert getattr(copy, name) == getattr(letter, name)
    assert deliver(copy)
    assert len(smtp.letters) == 2


def test_resend_clicked_twice_sends_one_copy(person, secretary, smtp):
    letter = write(person, key="confirmed/1")
    deliver(letter)
    assert resend(letter=letter, by=secretary) == resend(letter=letter, by=secretary)
    delivery.send_due()
    third = resend(letter=letter, by=secretary)
    assert third.key == "confirmed/1/resend/2"
    assert Letter.objects.count() == 3


def test_resend_refuses_a_letter_that_is_being_sent(person, secretary):
    letter = write(person)
    delivery.claim(Letter.objects.all(), timezone.now())
    with pytest.raises(Refused) as refused:
        resend(letter=letter, by=secretary)
    assert "being sent at this moment" in refused.value.sentence


def test_resend_refuses_a_letter_whose_text_is_forgotten(person, secretary, smtp):
    letter = write(person, secret=True)
    deliver(letter)
    with pytest.raises(Refused) as refused:
        resend(letter=letter, by=secretary)
    assert "no longer kept" in refused.value.sentence
    assert Letter.objects.count() == 1
