"""Promise 2 with a real worker, a broker that dies, and a mail server that refuses, hangs and changes its mind."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from outbox import wakeup
from outbox.actions import resend
from outbox.models import Heartbeat, Letter
from outbox.tasks import send_waiting
from registrations.tasks import remind
from tests import cast
from tests.outbox.letters import write
from tests.outbox.processes import (
    Broker,
    Worker,
    folder,
    ids,
    publish,
    send_waiting_now,
    wait_for_state,
    wait_until,
    wake_worker,
)
from tests.outbox.smtp_server import HANG, SmtpServer, smtp_server
from tests.waiting import PATIENCE

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("example_templates", "our_broker"),
]


@pytest.fixture(scope="module")
def place() -> Iterator:
    with folder() as path:
        yield path


@pytest.fixture(scope="module")
def broker(place) -> Iterator[Broker]:
    broker = Broker(place)
    yield broker
    broker.kill()


@pytest.fixture(scope="module")
def mail_server() -> Iterator[SmtpServer]:
    with smtp_server() as server:
        yield server


@pytest.fixture(scope="module")
def long_lived_worker(place, broker, mail_server, django_db_setup) -> Iterator[Worker]:
    worker = Worker(place, broker, EMAIL_URL=mail_server.url, EMAIL_TIMEOUT="12")
    yield worker.wait_until_ready()
    worker.kill()


@pytest.fixture
def smtp(mail_server) -> Iterator[SmtpServer]:
    mail_server.behave()
    yield mail_server
    mail_server.behave()


@pytest.fixture
def worker(long_lived_worker, smtp) -> Worker:
    return long_lived_worker


@pytest.fixture
def our_broker(broker, monkeypatch) -> None:
    """This process hands over to the broker of these tests."""
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", broker.celery_url)


@pytest.fixture
def person(transactional_db) -> User:
    return User.objects.create_user("amina@example.org", name="Amina Diallo", timezone="Africa/Dakar")


def test_a_committed_letter_arrives(worker, smtp, person):
    letter = write(person)
    smtp.wait_for_letters(1)
    wait_for_state(letter, "sent")
    assert smtp.letters[0].message["Message-ID"] == letter.message_id


def test_a_broker_that_dies_neither_fails_the_page_nor_loses_the_letter(worker, broker, smtp, person):
    broker.kill()
    during = write(person, key="while the broker is dead")
    wait_for_state(during, "waiting")
    broker.start()
    wakeup.breaker().answered()
    wait_until(lambda: wakeup.wake_worker(), worker.text)
    after = write(person, key="when it is back")
    wait_for_state(during, "sent")
    wait_for_state(after, "sent")
    assert sorted(ids(smtp)) == sorted([during.message_id, after.message_id])


def test_a_registration_while_the_broker_is_dead_is_kept_and_confirmed_later(worker, broker, smtp, client):
    amina, session = cast.person("Amina Diallo"), cast.session()
    client.force_login(amina)
    broker.kill()
    answer = client.post(reverse("registrations:register", args=[session.pk]), {})
    registration = amina.registrations.get()
    assert (answer.status_code, answer.url) == (302, registration.get_absolute_url())
    confirmation = Letter.objects.get(kind="confirmation")
    assert confirmation.state == "waiting"
    broker.start()
    wakeup.breaker().answered()
    wait_until(lambda: wakeup.wake_worker(), worker.text)
    wait_for_state(confirmation, "sent")
    assert ids(smtp) == [confirmation.message_id]


def test_what_was_not_handed_over_goes_with_the_next_round(worker, smtp, person):
    wakeup.breaker()._quiet_until = float("inf")
    letters = [write(person) for _ in range(3)]
    wakeup.breaker().answered()
    send_waiting_now()
    for letter in letters:
        wait_for_state(letter, "sent")
    assert ids(smtp) == [letter.message_id for letter in letters]


def test_a_mail_server_that_refuses_is_tried_again(worker, smtp, person):
    smtp.refuse()
    letter = write(person)
    wait_until(lambda: Letter.objects.filter(state="waiting", attempts=1), worker.text)
    letter.refresh_from_db()
    assert letter.last_error.startswith("ConnectionRefusedError")
    smtp.listen()
    resend(letter=letter, by=None)
    wait_for_state(letter, "sent")
    assert ids(smtp) == [letter.message_id]


def test_a_mail_server_that_hangs_holds_up_one_letter_and_for_a_while(worker, smtp, person):
    smtp.answers["RCPT"] = [HANG]
    stuck = write(person, key="stuck")
    smtp.wait_for("RCPT")
    others = [write(person) for _ in range(3)]
    for letter in others:
        wait_for_state(letter, "sent")
    wait_until(lambda: Letter.objects.filter(pk=stuck.pk, state="waiting", attempts=1), worker.text)
    resend(letter=stuck, by=None)
    wait_for_state(stuck, "sent")
    assert sorted(ids(smtp)) == sorted(letter.message_id for letter in [stuck, *others])


def test_a_4xx_and_then_a_250_is_one_letter(worker, smtp, person):
    smtp.answers["RCPT"] = ["451 4.7.1 Greylisted"]
    letter = write(person)
    wait_until(lambda: Letter.objects.filter(state="waiting", attempts=1), worker.text)
    assert smtp.letters == []
    Letter.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    send_waiting_now()
    wait_for_state(letter, "sent")
    assert ids(smtp) == [letter.message_id]


def test_the_same_task_three_times_is_one_letter(worker, smtp, person):
    go_on = threading.Event()
    first_is_sending = threading.Event()

    def hold_the_first(stage: str) -> None:
        if stage == "TEXT" and not first_is_sending.is_set():
            first_is_sending.set()
            go_on.wait(120)

    smtp.before_answer = hold_the_first
    letter = write(person, key="the same")
    assert first_is_sending.wait(120), worker.text()
    wake_worker()
    wake_worker()
    # The queue is served in order: when the letter behind them is sent, both were looked at while the first was under way.
    behind = write(person, key="behind")
    wait_for_state(behind, "sent")
    go_on.set()
    wait_for_state(letter, "sent")
    assert sorted(ids(smtp)) == sorted([letter.message_id, behind.message_id])


def test_two_rounds_at_once_share_the_letters(worker, smtp, person):
    wakeup.breaker()._quiet_until = float("inf")
    letters = [write(person) for _ in range(8)]
    wakeup.breaker().answered()
    both_are_sending = threading.Barrier(2, timeout=PATIENCE)
    first_letters = iter([True, True])

    def meet(stage: str) -> None:
        if stage == "TEXT" and next(first_letters, False):
            both_are_sending.wait()

    smtp.before_answer = meet
    send_waiting_now()
    send_waiting_now()
    for letter in letters:
        wait_for_state(letter, "sent")
    assert not both_are_sending.broken
    assert sorted(ids(smtp)) == sorted(letter.message_id for letter in letters)


SENDING_SLOTS = 2  # as tests/outbox/processes.py starts its workers


def test_a_code_passes_a_crowd_and_a_mail_server_that_hangs_holds_up_no_reminder(worker, smtp, person):
    in_an_hour = cast.session(
        starts_at=timezone.now() + timedelta(minutes=50), joining_link="https://meet.example.org/1"
    )
    cast.register(in_an_hour, cast.person("Ana Silva"), now=timezone.now() - timedelta(days=3))
    crowd(write(person), 5000)
    for _page in range(200):
        wake_worker()
    smtp.wait_for_letters(20)
    code = write(person, key="the code", urgent=True)
    written = timezone.now()
    wait_for_state(code, "sent")
    code.refresh_from_db()
    # What goes while one slot has the code in hand held it up no longer. A slot looks at its clock before it takes a letter:
    # so it is asked what had gone, and not what was taken, by then.
    before_it = Letter.objects.filter(sent_at__gt=written, sent_at__lt=code.claimed_at)
    assert before_it.count() <= SENDING_SLOTS

    hangs = threading.Event()
    smtp.before_answer = lambda stage: hangs.wait(300) and None
    for tick in (remind, send_waiting):
        publish(tick, queue="ticks")
    wait_until(lambda: Heartbeat.objects.filter(name__in=["remind", "beat"]).count() == 2, worker.text)
    assert Letter.objects.filter(kind="joining_link", state="waiting").exists()
    assert Letter.objects.filter(kind="example", state="waiting").count() > 1000
    Letter.objects.all().delete()
    hangs.set()


def test_a_call_of_the_beat_that_nobody_heard_in_time_is_void(worker, smtp, person):
    publish(remind, queue="ticks", expires=timezone.now() - timedelta(seconds=1))
    publish(send_waiting, queue="ticks")
    wait_until(lambda: Heartbeat.objects.filter(name="beat").exists(), worker.text)
    wait_until(lambda: b"Discarding revoked task" in worker.log.read_bytes(), worker.text)
    assert not Heartbeat.objects.filter(name="remind").exists()


def crowd(letter: Letter, size: int) -> None:
    """As many letters, waiting."""
    Letter.objects.bulk_create(
        (
            Letter(**letter_fields(letter) | {"key": f"crowd/{number}", "message_id": f"<{number}@crowd>"})
            for number in range(size)
        ),
        batch_size=1000,
    )


def letter_fields(letter: Letter) -> dict:
    names = (
        "kind",
        "to",
        "language",
        "subject",
        "text",
        "html",
        "written_at",
        "next_try_at",
        "useless_after",
    )
    return {name: getattr(letter, name) for name in names}
