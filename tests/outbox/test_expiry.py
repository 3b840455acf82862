"""A letter that is too late for what it says is not sent, and says so."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts import letters as account_letters
from outbox import expiry
from outbox.actions import resend, stop
from outbox.backdating import backdating
from outbox.errors import Refused
from outbox.models import Letter
from outbox.tasks import send_waiting
from registrations import letters as registration_letters
from registrations.actions import register
from tests import cast
from tests.outbox.letters import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_templates")]

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_a_letter_goes_until_its_moment_and_not_after_it(person, smtp):
    now = timezone.now()
    in_time, late = write(person, useless_after=now + HOUR), write(person, useless_after=now - MINUTE)
    send_waiting()
    assert [state(in_time), state(late)] == ["sent", "too_late"]
    assert len(smtp.letters) == 1


def test_a_letter_put_off_by_the_mail_server_is_not_tried_after_its_moment(person, smtp):
    smtp.answers["RCPT"] = ["451 4.7.1 Greylisted"]
    letter = write(person, useless_after=timezone.now() + HOUR)
    send_waiting()
    assert state(letter) == "waiting"
    past = timezone.now() - MINUTE
    Letter.objects.update(next_try_at=past, useless_after=past)
    send_waiting()
    assert (state(letter), smtp.letters) == ("too_late", [])


def test_a_letter_without_a_moment_of_its_own_lasts_as_long_as_news(person):
    now = timezone.now() - 5 * HOUR
    assert write(person, now=now).useless_after == now + 2 * DAY


def test_a_code_lasts_as_long_as_it_opens_and_is_forgotten_then(person, smtp, rf):
    with translation.override("en"):
        letter = account_letters.sign_in_code(person=person, to=person.email, code="1234-5678", minutes=7)
        address_letter = account_letters.address_code(
            person=person, to="new@example.org", code="8765", minutes=9
        )
    assert letter.useless_after == letter.written_at + 7 * MINUTE
    assert address_letter.useless_after == address_letter.written_at + 9 * MINUTE
    Letter.objects.filter(pk=letter.pk).update(useless_after=timezone.now())
    send_waiting()
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html) == ("too_late", "", "")
    with pytest.raises(Refused):
        resend(letter=letter, by=None)


@pytest.mark.parametrize(("ends_in", "lasts"), [(-3 * DAY, 2 * DAY), (-HOUR, 23 * HOUR), (9 * DAY, 10 * DAY)])
def test_a_letter_about_an_event_lasts_a_day_longer_and_afterwards_it_is_news(ends_in, lasts):
    now = timezone.now()
    assert expiry.for_event(now + ends_in, now) == now + lasts


def test_letters_about_a_session_know_when_it_is(db):
    session = cast.session()
    registration = register(session=session, person=cast.person("Ana Silva"), by=None)
    confirmation = Letter.objects.get(kind="confirmation")
    assert confirmation.useless_after == session.ends_at + DAY
    now = timezone.now()
    session.joining_link = ""
    registration.session = session
    assert (
        registration_letters.reminder(
            registration, lead=1440, starts_at=session.starts_at, now=now
        ).useless_after
        == session.starts_at
    )
    session.joining_link = "https://meet.example.org/1"
    soon = session.starts_at - HOUR
    assert (
        registration_letters.reminder(
            registration, lead=60, starts_at=session.starts_at, now=soon
        ).useless_after
        == session.ends_at
    )


def test_what_is_too_late_goes_again_when_staff_want_it_and_is_not_stopped(person, smtp):
    late, sent = write(person, useless_after=timezone.now() - MINUTE), write(person)
    send_waiting()
    with pytest.raises(Refused):
        stop(letter=late, by=None)
    Letter.objects.update(useless_after=timezone.now() - MINUTE)
    resend(letter=late, by=None)
    copy = resend(letter=sent, by=None)
    send_waiting()
    assert [state(late), state(copy)] == ["sent", "sent"]


def test_letters_of_an_invented_past_were_sent_then_and_are_not_sent_now(
    person, smtp, django_capture_on_commit_callbacks
):
    then = timezone.now() - 40 * DAY
    with django_capture_on_commit_callbacks() as hints, backdating():
        letter = write(person, now=then)
    send_waiting()
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, smtp.letters, hints) == ("sent", then, [], [])
    send_waiting()
    assert state(write(person)) == "waiting", "what is written afterwards really goes"


def state(letter: Letter) -> str:
    return Letter.objects.values_list("state", flat=True).get(pk=letter.pk)
