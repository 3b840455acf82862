import email.policy
import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import delivery
from outbox.message import message_of
from outbox.models import Letter
from outbox.tasks import send_waiting
from tests.outbox.letters import deliver, write
from tests.outbox.smtp_server import DROP, HANG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_templates")]

INVITE = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Réunion à Dakar\r\nEND:VCALENDAR\r\n"


def test_deliver_sends_the_letter_and_stamps_it(person, smtp):
    letter = write(person)
    assert deliver(letter)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == ("sent", 1, "")
    assert letter.sent_at is not None
    (taken,) = smtp.letters
    assert (taken.sender, taken.recipient) == ("letters@localhost", "amina@example.org")


def test_deliver_a_second_time_does_nothing(person, smtp):
    letter = write(person)
    assert deliver(letter)
    assert not deliver(letter)
    assert len(smtp.letters) == 1


def test_message_has_the_headers_a_letter_by_machine_needs(person, smtp):
    letter = write(person, from_name="MITI Séoul, “Korea”", reply_to="seoul@example.org")
    deliver(letter)
    message = smtp.letters[0].message
    assert message["Subject"] == letter.subject
    (sender,) = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("MITI Séoul, “Korea”", "letters@localhost")
    assert message["Reply-To"] == "seoul@example.org"
    assert message["To"] == "amina@example.org"
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["List-Unsubscribe"] is None
    assert message["Date"].datetime == letter.written_at.replace(microsecond=0)


def test_message_that_may_be_refused_carries_the_one_click_way_out(person, smtp):
    letter = write(person, transactional=False)
    deliver(letter)
    message = smtp.letters[0].message
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"] == letter.headers["List-Unsubscribe"]
    # As it stands in the letter, however long: mail programs do not decode it.
    assert len(letter.headers["List-Unsubscribe"]) > 100
    line = f"List-Unsubscribe: {letter.headers['List-Unsubscribe']}\r\n"
    assert line.encode() in message_of(letter).message(policy=email.policy.SMTP).as_bytes()


def test_message_is_text_with_html_beside_it(person, smtp):
    letter = write(person)
    deliver(letter)
    message = smtp.letters[0].message
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == letter.text
    assert html.get_content().replace("\r\n", "\n").strip() == letter.html.strip()


def test_message_carries_its_calendar_entry_for_each_mail_program(person, smtp):
    letter = write(person, calendar=INVITE, calendar_method="REQUEST")
    deliver(letter)
    message = smtp.letters[0].message
    assert message.get_content_type() == "multipart/mixed"
    bodies, attached = message.iter_parts()
    assert [part.get_content_type() for part in bodies.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    entry = list(bodies.iter_parts())[2]
    assert (entry.get_param("method"), entry.get_param("charset")) == ("REQUEST", "utf-8")
    assert entry.get_content() == INVITE
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "invite.ics")
    assert attached.get_content() == INVITE.encode()


def test_message_is_seven_bit(person, smtp):
    person.name = "Ánh Nguyễn 한국"
    letter = write(person, calendar=INVITE, calendar_method="REQUEST")
    deliver(letter)
    assert smtp.letters[0].raw.isascii()
    assert person.name in smtp.letters[0].message["Subject"]


def test_deliver_tries_again_a_minute_after_a_4xx(person, smtp):
    smtp.answers["RCPT"] = ["451 4.7.1 Greylisted, come back"]
    letter = write(person)
    before = timezone.now()
    assert not deliver(letter)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.held_by_server) == ("waiting", 1, False)
    assert letter.last_error == "The mail server answered 451 4.7.1 Greylisted, come back"
    assert before + timedelta(seconds=60) <= letter.next_try_at <= timezone.now() + timedelta(seconds=60)
    assert not deliver(letter), "it is not due yet"
    assert deliver(letter, now=letter.next_try_at)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == ("sent", 2, "")
    assert len(smtp.letters) == 1


@pytest.mark.parametrize(
    ("stage", "answer", "state", "held"),
    [
        ("RCPT", "550 5.1.1 No such person", "failed", False),
        ("RCPT", "450 4.2.1 Mailbox busy", "waiting", False),
        ("RCPT", "421 4.3.2 Going down", "waiting", True),
        ("MAIL", "451 4.3.0 Not now", "waiting", True),
        ("MAIL", "550 5.7.1 You may not send", "waiting", True),
        ("TEXT", "452 4.3.1 Disk full", "waiting", False),
        ("TEXT", "554 5.7.1 Looks like spam", "waiting", False),
        ("CONNECT", "554 No mail here", "waiting", True),
        ("CONNECT", HANG, "waiting", True),
        ("CONNECT", DROP, "waiting", True),
        ("EHLO", DROP, "waiting", True),
        ("DATA", DROP, "waiting", True),
        ("TEXT", HANG, "waiting", True),
    ],
)
def test_each_trouble_has_its_consequence(person, smtp, stage, answer, state, held):
    smtp.always[stage] = answer
    if stage == "EHLO":
        smtp.always["HELO"] = answer
    letter = write(person)
    assert not deliver(letter)
    letter.refresh_from_db()
    assert (letter.state, letter.held_by_server, letter.attempts) == (state, held, 1)
    assert letter.last_error
    assert smtp.letters == []


def test_deliver_waits_when_nobody_listens(person, smtp):
    smtp.refuse()
    letter = write(person)
    assert not deliver(letter)
    letter.refresh_from_db()
    assert (letter.state, letter.held_by_server) == ("waiting", True)
    assert letter.last_error.startswith("ConnectionRefusedError")


def test_deliver_gives_up_after_about_two_days(person, smtp):
    smtp.always["RCPT"] = "451 Not yet"
    letter = write(person)
    first = letter.next_try_at
    for _attempt in range(delivery.MOST_ATTEMPTS):
        assert letter.state == "waiting"
        deliver(letter, now=letter.next_try_at)
        letter.refresh_from_db()
        tried = letter.next_try_at
        Letter.objects.filter(pk=letter.pk).update(next_try_at=tried)
    assert (letter.state, letter.attempts) == ("failed", 9)
    assert letter.last_error == "The mail server answered 451 Not yet"
    assert timedelta(days=1) < sum(delivery.DELAYS, timedelta()) < timedelta(days=2)
    assert letter.next_try_at >= first


def test_delays_only_grow():
    assert list(delivery.DELAYS) == sorted(set(delivery.DELAYS))


def test_deliver_gives_up_at_once_on_an_address_that_is_none(person, smtp):
    letter = write(person, to="ana@@example")
    assert not deliver(letter)
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert "ValueError" in letter.last_error or "Invalid" in letter.last_error


def test_a_mail_server_that_hangs_at_the_goodbye_has_the_letter_already(person, smtp):
    smtp.always["QUIT"] = HANG
    letter = write(person)
    assert deliver(letter)
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert delivery.send_due() == 0
    assert len(smtp.letters) == 1


def test_a_round_sends_all_over_one_connection(person, smtp):
    letters = [write(person) for _ in range(4)]
    assert delivery.send_due() == 4
    assert [taken.message["Message-ID"] for taken in smtp.letters] == [each.message_id for each in letters]
    assert smtp.connections == 1


def test_a_round_goes_on_after_a_refused_letter(person, smtp):
    smtp.answers["RCPT"] = ["550 No such person", "450 Busy"]
    gone, busy, good = (write(person) for _ in range(3))
    assert delivery.send_due() == 1
    assert states(gone, busy, good) == ["failed", "waiting", "sent"]


def test_a_round_goes_on_after_a_letter_that_cannot_be_made(person, smtp, monkeypatch):
    made = delivery.message_of
    bad = write(person, key="bad")
    good = write(person, key="good")

    def fail(letter):
        if letter.key == "bad":
            raise TypeError("a mistake of ours")
        return made(letter)

    monkeypatch.setattr(delivery, "message_of", fail)
    assert delivery.send_due() == 1
    assert states(bad, good) == ["waiting", "sent"]


def test_a_round_ends_when_the_mail_server_is_ill(person, smtp):
    smtp.always["CONNECT"] = HANG
    letters = [write(person) for _ in range(3)]
    assert delivery.send_due() == 0
    assert smtp.connections == 1
    assert states(*letters) == ["waiting", "waiting", "waiting"]


def test_a_round_leaves_letters_that_are_not_due(person, smtp):
    later = write(person, now=timezone.now() + timedelta(minutes=5))
    assert delivery.send_due() == 0
    assert states(later) == ["waiting"]


@pytest.mark.parametrize("state", ["stopped", "failed", "sent", "claimed"])
def test_only_what_waits_is_sent(person, smtp, state):
    letter = write(person)
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(state=state, sent_at=now, claimed_at=now)
    assert delivery.send_due() == 0
    assert not deliver(letter)
    assert smtp.letters == []


def test_a_round_takes_back_what_a_dead_worker_held(person, smtp, settings):
    letter = write(person)
    now = timezone.now()
    assert delivery.claim(Letter.objects.all(), now).pk == letter.pk
    assert delivery.release_abandoned(now=now + timedelta(seconds=settings.LETTER_CLAIM_SECONDS - 1)) == 0
    assert states(letter) == ["claimed"]
    assert delivery.release_abandoned(now=now + timedelta(seconds=settings.LETTER_CLAIM_SECONDS)) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.claimed_by, letter.claimed_at) == ("waiting", "", None)
    assert deliver(letter, now=letter.next_try_at)


def test_a_letter_that_kills_each_worker_is_given_up(person, settings):
    letter = write(person)
    now = timezone.now()
    for _attempt in range(delivery.MOST_ATTEMPTS):
        assert delivery.claim(Letter.objects.all(), now)
        now += timedelta(seconds=settings.LETTER_CLAIM_SECONDS)
        delivery.release_abandoned(now=now)
    assert states(letter) == ["failed"]


def test_a_worker_that_was_taken_for_dead_changes_nothing_any_more(person, smtp, settings, caplog):
    letter = write(person)
    now = timezone.now()
    slow = delivery.claim(Letter.objects.all(), now)
    delivery.release_abandoned(now=now + timedelta(seconds=settings.LETTER_CLAIM_SECONDS))
    later = now + timedelta(hours=1)
    quick = delivery.claim(Letter.objects.all(), later)
    assert quick.pk == letter.pk
    delivery.retry_or_give_up(slow, delivery.DeliveryFailure("too late", permanent=True), now=later)
    with caplog.at_level(logging.ERROR):
        delivery.mark_sent(slow)
    assert "may go out twice" in caplog.text
    letter.refresh_from_db()
    assert (letter.state, letter.claimed_by) == ("claimed", quick.claimed_by)


def test_the_text_of_a_secret_letter_is_forgotten_once_sent(person, smtp):
    secret, plain = write(person, key="code", secret=True), write(person, key="other")
    assert "it’s noted" in secret.text
    delivery.send_due()
    secret.refresh_from_db()
    plain.refresh_from_db()
    assert (secret.state, secret.text, secret.html) == ("sent", "", "")
    assert plain.text != ""
    assert "it’s noted" in smtp.letters[0].message.get_body(("plain",)).get_content()


def test_the_demonstration_shows_secret_letters(person, smtp, settings):
    settings.DEMO = True
    letter = write(person, secret=True)
    delivery.send_due()
    letter.refresh_from_db()
    assert letter.text != ""


def test_send_waiting_leaves_a_sign_of_life(person, smtp, settings):
    from outbox.models import Heartbeat

    letter = write(person)
    before = timezone.now()
    send_waiting()
    send_waiting()
    assert before <= Heartbeat.objects.get(name="beat").at <= timezone.now()
    assert states(letter) == ["sent"]


def states(*letters: Letter) -> list[str]:
    state_of = dict(Letter.objects.values_list("pk", "state"))
    return [state_of[letter.pk] for letter in letters]
