"""Promise 2 when workers die: killed before the sending, and in the one moment in which nothing can be done."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from outbox.actions import write_letters
from outbox.models import Letter
from outbox.new_letter import NewLetter, worded
from tests import cast
from tests.outbox.letters import write
from tests.outbox.processes import (
    Broker,
    Worker,
    database_url,
    folder,
    ids,
    send_waiting_now,
    wait_for_state,
    wait_until,
)
from tests.outbox.smtp_server import HANG, smtp_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("example_templates")]

KEY = "the unavoidable"


@pytest.fixture
def smtp() -> Iterator:
    with smtp_server() as server:
        yield server


@pytest.fixture
def start_worker(smtp, monkeypatch) -> Iterator:
    """Starts workers that share a broker; this process hands over to it as well."""
    started: list[Worker] = []
    with folder() as place:
        broker = Broker(place)
        monkeypatch.setenv("CELERY_BROKER_WRITE_URL", broker.celery_url)

        def start(**variables: str) -> Worker:
            started.append(Worker(place, broker, EMAIL_URL=smtp.url, **variables).wait_until_ready())
            return started[-1]

        yield start
        for worker in started:
            worker.kill()
        broker.kill()


@pytest.fixture
def person(transactional_db) -> User:
    return User.objects.create_user("amina@example.org", name="Amina Diallo", timezone="Africa/Dakar")


def test_a_worker_killed_between_claim_and_sending_loses_nothing(start_worker, smtp, person):
    smtp.always["CONNECT"] = HANG
    doomed = start_worker(EMAIL_TIMEOUT="300")
    letter = write(person)
    smtp.wait_for("CONNECT")
    wait_for_state(letter, "claimed")
    doomed.kill()
    smtp.behave()
    start_worker(LETTER_CLAIM_SECONDS="0")
    send_waiting_now()
    wait_for_state(letter, "sent")
    assert ids(smtp) == [letter.message_id]
    letter.refresh_from_db()
    assert letter.attempts == 2


@pytest.mark.long
def test_a_worker_killed_in_the_one_unavoidable_moment_sends_twice_with_one_message_id(
    start_worker, smtp, person
):
    """The moment: the mail server has said 250, and the mark is not committed. A lock on the row holds it open for us."""
    with psycopg.connect(database_url()) as locking:

        def hold_the_row(stage: str) -> None:
            if stage == "TEXT":
                # By its key: the worker may be here before write() has told us the number.
                locking.execute("SELECT 1 FROM outbox_letter WHERE key = %s FOR UPDATE", [KEY])

        smtp.before_answer = hold_the_row
        doomed = start_worker()
        letter = write(person, key=KEY)
        wait_until(blocked_backends, doomed.text)
        assert ids(smtp) == [letter.message_id], "the mail server has it"
        doomed.kill()
        for backend in blocked_backends():
            locking.execute("SELECT pg_terminate_backend(%s)", [backend])
        # Not before they are gone: one that gets the lock would still write its mark.
        wait_until(lambda: not blocked_backends(), "the dead worker's statement still waits")
        smtp.before_answer = lambda stage: None
        locking.rollback()
    wait_for_state(letter, "claimed")
    start_worker(LETTER_CLAIM_SECONDS="0")
    send_waiting_now()
    wait_for_state(letter, "sent")
    assert Letter.objects.count() == 1
    assert ids(smtp) == [letter.message_id, letter.message_id]


@pytest.mark.long
def test_a_worker_killed_in_the_middle_of_news_for_many_loses_and_repeats_nothing(start_worker, smtp):
    people = cast.people(6)
    smtp.answers["DATA"] = ["354 go on", "354 go on", HANG]
    doomed = start_worker(EMAIL_TIMEOUT="300")
    with transaction.atomic():
        news = NewLetter(
            kind="example", key="", person=people[0], template="example", context={}, now=timezone.now()
        )
        words = worded(news)
        written = write_letters(
            [replace(news, key=f"news/{person.pk}", person=person, words=words) for person in people]
        )
    assert written == 6
    wait_until(lambda: Letter.objects.filter(state="sent").count() == 2, doomed.text)
    wait_until(lambda: Letter.objects.filter(state="claimed").count() == 1, doomed.text)
    doomed.kill()
    before = ids(smtp)
    smtp.behave()  # it forgets what it took
    start_worker(LETTER_CLAIM_SECONDS="0")
    send_waiting_now()
    wait_until(lambda: Letter.objects.filter(state="sent").count() == 6)
    assert len(before) == 2
    assert sorted(before + ids(smtp)) == sorted(Letter.objects.values_list("message_id", flat=True))


def blocked_backends() -> list[int]:
    """Sessions of other processes that wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return [pid for (pid,) in cursor.fetchall()]
