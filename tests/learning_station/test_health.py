"""/health/ answers always, and names the part that is ill. It asks over its own connections: rows are committed."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.utils import timezone

from learning_station import health
from outbox import outages
from outbox.heartbeat import beat
from outbox.models import Heartbeat, Letter
from outbox.smtp_answers import DeliveryFailure
from page_cache.forgiving_cache import ForgivingRedisCache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def started_long_ago(monkeypatch) -> None:
    monkeypatch.setattr(health, "STARTED", timezone.now() - 2 * health.STARTS_FOR)


@pytest.fixture
def just_started(started_long_ago, monkeypatch) -> None:
    monkeypatch.setattr(health, "STARTED", timezone.now() - health.STARTS_FOR / 2)


@pytest.fixture
def well(transactional_db) -> None:
    beat()


@pytest.fixture
def deaf_server() -> Iterator[str]:
    """Takes connections and never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


def letter(**fields) -> Letter:
    now = timezone.now()
    number = Letter.objects.count()
    known = {"key": f"letter/{number}", "message_id": f"<{number}@test>", "to": "amina@example.org"}
    written = {"written_at": now, "next_try_at": now}
    return Letter.objects.create(**known, language="en", subject="Hello", **(written | fields))


def test_health_of_a_well_station(client, well):
    response = client.get("/health/")
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "well"
    assert [name for name in body if name != "status"] == ["database", "beat", "letters", "cache", "broker"]
    assert body["database"] == body["cache"] == body["broker"] == {"status": "well"}
    assert body["letters"] == {
        "status": "well",
        "mail_server_fails_since_seconds": None,
        "oldest_unsent_seconds": 0,
        "overdue_seconds": 0,
        "waiting": 0,
        "failed": 0,
    }


def test_health_sets_no_cookie_and_is_not_kept(client, well):
    response = client.get("/health/")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert client.head("/health/").status_code == 200
    assert client.post("/health/").status_code == 405


def test_health_asks_neither_the_kept_pages_nor_the_session(client, well, settings, monkeypatch):
    def refuse(*arguments):
        raise AssertionError("this may be ill")

    monkeypatch.setattr(ForgivingRedisCache, "get_many", refuse)
    monkeypatch.setattr(SessionStore, "load", refuse)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session"
    assert client.get("/health/").status_code == 200
    del client.cookies[settings.SESSION_COOKIE_NAME]
    assert client.get("/health/").status_code == 200


def test_health_answers_to_any_name(client, well, settings):
    settings.ALLOWED_HOSTS = ["station.example"]
    assert client.get("/health/", headers={"host": "10.0.0.7"}).status_code == 200


def test_health_is_ill_without_a_beat(client, transactional_db):
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["beat"] == {"status": "ill", "last_tick_seconds": None}


@pytest.mark.parametrize(("age", "status"), [(170, 200), (190, 503)])
def test_health_is_ill_three_minutes_after_the_last_beat(client, transactional_db, age, status):
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(seconds=age))
    response = client.get("/health/")
    assert response.status_code == status
    assert abs(response.json()["beat"]["last_tick_seconds"] - age) <= 5


def test_a_station_that_starts_is_not_ill_because_the_beat_and_old_letters_are_only_beginning(
    client, transactional_db, just_started
):
    then = timezone.now() - timedelta(days=2)
    letter(written_at=then, next_try_at=then)
    response = client.get("/health/")
    assert response.status_code == 200
    body = response.json()
    assert (body["status"], body["beat"]["status"], body["letters"]["status"]) == ("starting",) * 3
    beat()
    Letter.objects.all().delete()
    assert client.get("/health/").json()["status"] == "well"


def test_starting_again_and_again_hides_no_dead_worker(client, transactional_db, just_started, monkeypatch):
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(hours=2))
    assert client.get("/health/").json()["status"] == "starting"
    for minutes in (1, 2, 4, 30):
        monkeypatch.setattr(health, "STARTED", health.STARTED + timedelta(minutes=minutes))
        monkeypatch.setattr(timezone, "now", lambda at=health.STARTED + timedelta(seconds=5): at)
        assert client.get("/health/").json()["beat"]["status"] == ("starting" if minutes == 1 else "ill")


def test_starting_ends_with_what_it_waits_for(client, transactional_db, just_started):
    then = timezone.now() - timedelta(days=2)
    letter(written_at=then, next_try_at=then)
    Heartbeat.objects.create(name="beat", at=then)
    assert client.get("/health/").json()["beat"]["status"] == "starting"
    called = timezone.now()
    beat()
    Heartbeat.objects.create(name="letters", at=health.STARTED + timedelta(seconds=1))
    assert client.get("/health/").json()["letters"]["status"] == "well", "they leave"
    Heartbeat.objects.filter(name="letters").update(at=called - timedelta(minutes=4))
    Heartbeat.objects.filter(name="web started").update(at=called - timedelta(minutes=5))
    assert client.get("/health/").json()["letters"]["status"] == "ill", "they left, and stopped"


def test_a_crowd_that_waits_while_letters_leave_makes_nobody_ill(client, well):
    then = timezone.now() - timedelta(hours=1)
    for _ in range(3):
        letter(written_at=then, next_try_at=then)
    Heartbeat.objects.create(name="letters", at=timezone.now() - timedelta(minutes=1))
    assert client.get("/health/").status_code == 200
    Heartbeat.objects.filter(name="letters").update(at=timezone.now() - timedelta(minutes=4))
    assert client.get("/health/").status_code == 503


@pytest.mark.parametrize(("certain", "status"), [(True, 503), (False, 200)])
def test_health_tells_of_the_mail_servers_first_certain_failure(client, well, certain, status):
    outages.begin(
        DeliveryFailure("no such host", server=True, certain=certain),
        now=timezone.now() - timedelta(seconds=9),
    )
    response = client.get("/health/")
    assert response.status_code == status
    assert (response.json()["letters"]["mail_server_fails_since_seconds"] is not None) == certain
    assert b"no such host" not in response.content


def test_a_station_that_starts_without_a_cache_is_ill(client, transactional_db, just_started, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["status"] == "ill"
    assert response.json()["beat"]["status"] == "starting"


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (16, 503)])
def test_health_is_ill_when_a_letter_is_overdue(client, well, minutes, status):
    then = timezone.now() - timedelta(minutes=minutes)
    letter(written_at=then, next_try_at=then)
    letter()
    response = client.get("/health/")
    assert response.status_code == status
    letters = response.json()["letters"]
    assert letters["status"] == ("well" if status == 200 else "ill")
    assert letters["waiting"] == 2
    assert abs(letters["overdue_seconds"] - minutes * 60) <= 5
    assert abs(letters["oldest_unsent_seconds"] - minutes * 60) <= 5


def test_health_is_well_while_one_recipients_server_puts_a_letter_off(client, well):
    now = timezone.now()
    letter(written_at=now - timedelta(hours=5), next_try_at=now + timedelta(hours=1), attempts=5)
    response = client.get("/health/")
    assert response.status_code == 200
    letters = response.json()["letters"]
    assert letters["overdue_seconds"] == 0
    assert abs(letters["oldest_unsent_seconds"] - 5 * 3600) <= 5


def test_health_is_ill_while_our_mail_server_holds_letters_up(client, well):
    now = timezone.now()
    letter(written_at=now - timedelta(minutes=20), next_try_at=now + timedelta(hours=1), held_by_server=True)
    response = client.get("/health/")
    assert response.status_code == 503
    assert abs(response.json()["letters"]["overdue_seconds"] - 20 * 60) <= 5


def test_health_counts_failed_letters_and_is_well(client, well):
    old = timezone.now() - timedelta(days=3)
    letter(state="failed", written_at=old, next_try_at=old)
    letter(state="sent", sent_at=old, written_at=old, next_try_at=old)
    letter(state="stopped", written_at=old, next_try_at=old)
    response = client.get("/health/")
    assert response.status_code == 200
    letters = response.json()["letters"]
    assert (letters["failed"], letters["waiting"], letters["oldest_unsent_seconds"]) == (1, 0, 0)


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///nowhere/nobody.sock"])
def test_health_is_ill_without_a_cache(client, well, settings, url):
    settings.REDIS_URL = url
    body = client.get("/health/").json()
    assert (body["status"], body["cache"]) == ("ill", {"status": "ill"})
    assert body["broker"] == {"status": "well"}


def test_health_is_ill_without_a_broker(client, well, monkeypatch):
    monkeypatch.setenv("CELERY_BROKER_READ_URL", "redis+socket:///nowhere/nobody.sock")
    body = client.get("/health/").json()
    assert (body["status"], body["broker"]) == ("ill", {"status": "ill"})
    assert body["cache"] == {"status": "well"}


def test_health_answers_while_the_cache_and_the_broker_hang(client, well, settings, monkeypatch, deaf_server):
    settings.REDIS_URL = f"redis://{deaf_server}/0"
    monkeypatch.setenv("CELERY_BROKER_READ_URL", f"redis://{deaf_server}/0")
    response = client.get("/health/")
    assert response.status_code == 503
    body = response.json()
    assert (body["cache"], body["broker"]) == ({"status": "ill"}, {"status": "ill"})
    assert body["database"] == {"status": "well"}


def test_health_answers_without_a_database(client, well, monkeypatch):
    def gone():
        raise OperationalError("could not connect to secret-host as secret-user")

    monkeypatch.setattr(health, "GROUPS", ((named("database", gone), health.beat, health.letters),))
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {
        "status": "ill",
        "database": {"status": "ill"},
        "beat": {"status": "ill"},
        "letters": {"status": "ill"},
    }
    assert b"secret" not in response.content


def test_health_answers_while_a_part_hangs_and_does_not_pile_up_questions(client, monkeypatch):
    go_on = threading.Event()
    asked = []

    def hang() -> dict:
        asked.append(1)
        go_on.wait(20)
        return {"status": "well"}

    monkeypatch.setattr(health, "GROUPS", ((named("stuck", hang),),))
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    assert client.get("/health/").json()["stuck"] == {"status": "ill"}
    assert client.get("/health/").json()["stuck"] == {"status": "ill"}
    assert len(asked) == 1
    go_on.set()
    health._asking.pop("stuck").join(5)
    assert client.get("/health/").json()["stuck"] == {"status": "well"}


def named(name: str, part):
    part.__name__ = name
    return part
