"""From the page to the worker: after the commit only, and never at the cost of the page."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module

import pytest
import redis
from django.db import transaction

from accounts.models import User
from learning_station.celery import app
from outbox import wakeup
from outbox.actions import resend, stop
from outbox.models import Letter
from outbox.tasks import send_waiting
from page_cache.breaker import of_valkey
from tests.outbox.letters import write
from tests.outbox.processes import Broker, folder, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("example_templates")]


@pytest.fixture(scope="module")
def broker() -> Iterator[Broker]:
    with folder() as place:
        broker = Broker(place)
        yield broker
        broker.kill()


@pytest.fixture
def queue(broker, monkeypatch) -> Iterator["Queue"]:
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", broker.celery_url)
    client = redis.Redis.from_url(broker.url)
    client.flushall()
    yield Queue(client)
    client.close()


class Queue:
    def __init__(self, client: redis.Redis) -> None:
        self.client = client

    def __len__(self) -> int:
        return self.client.llen("celery")


@pytest.fixture
def person(transactional_db) -> User:
    return User.objects.create_user("amina@example.org", name="Amina Diallo", timezone="Africa/Dakar")


def test_a_letter_is_handed_over_after_the_commit(queue, person):
    with transaction.atomic():
        write(person)
        assert len(queue) == 0
    assert len(queue) == 1


def test_a_rolled_back_change_leaves_no_letter_and_no_task(queue, person):
    with suppress(RuntimeError), transaction.atomic():
        write(person)
        raise RuntimeError("the change failed")
    assert not Letter.objects.exists()
    assert len(queue) == 0


def test_a_letter_that_was_there_already_is_not_handed_over_again(queue, person):
    write(person, key="once")
    write(person, key="once")
    assert len(queue) == 1


def test_resent_letters_are_handed_over(queue, person):
    letter = write(person)
    stop(letter=letter, by=None)
    resend(letter=letter, by=None)
    assert len(queue) == 2


def test_a_dead_broker_costs_the_page_nothing(person, monkeypatch, tmp_path):
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", f"redis+socket://{tmp_path}/nobody.sock")
    letter = write(person)
    assert letter.state == "waiting"
    assert not wakeup.wake_worker()


def test_a_broker_that_hangs_is_asked_once_however_many_letters_there_are(person, monkeypatch):
    with hanging_broker() as (url, connections):
        monkeypatch.setenv("CELERY_BROKER_WRITE_URL", url)
        with transaction.atomic():
            for _ in range(20):
                write(person)
        assert Letter.objects.filter(state="waiting").count() == 20
        assert len(connections) == 1


def test_the_broker_is_asked_again_after_a_while(queue, person):
    write(person)
    silence = wakeup.breaker()
    silence.no_answer()
    assert not wakeup.wake_worker(), "for some seconds nobody is asked"
    silence._quiet_until -= silence.quiet_seconds  # so many seconds later
    assert wakeup.wake_worker()
    assert not silence.is_open()
    assert len(queue) == 2


def test_who_waited_for_the_cache_does_not_wait_for_the_broker_beside_it(person, settings, monkeypatch):
    monkeypatch.delenv("CELERY_BROKER_WRITE_URL", raising=False)
    with hanging_broker() as (url, connections):
        monkeypatch.setattr(app.conf, "broker_url", url)
        settings.REDIS_URL = settings.CELERY_BROKER_URL = url
        of_valkey(url).no_answer()
        write(person)
        assert not wakeup.wake_worker()
        assert connections == []


def test_each_call_of_the_beat_passes_the_letters_and_ends_with_the_next():
    assert {queue.name for queue in app.amqp.queues.values()} == {"celery", "ticks"}
    for entry in app.conf.beat_schedule.values():
        assert entry["options"] == {"queue": "ticks", "expires": entry["schedule"].total_seconds()}
        module, _, name = entry["task"].rpartition(".")
        assert import_module(module).__dict__[name].name == entry["task"]


def test_a_call_stands_in_its_own_queue_only(queue):
    publish(send_waiting, queue="ticks")
    assert (len(queue), queue.client.llen("ticks")) == (0, 1)
    assert wakeup.wake_worker()
    assert (len(queue), queue.client.llen("ticks")) == (1, 1)


def test_the_beat_calls_for_the_rounds():
    entry = app.conf.beat_schedule["send what waits"]
    assert entry["task"] == send_waiting.name
    assert entry["task"] in app.tasks
    assert entry["schedule"].total_seconds() == 30


@contextmanager
def hanging_broker() -> Iterator[tuple[str, list[socket.socket]]]:
    """Takes connections and never says a word."""
    connections: list[socket.socket] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connections.append(listener.accept()[0])

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0", connections
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        for connection in connections:
            connection.close()
