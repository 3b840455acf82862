import gzip
import socket
import threading
from contextlib import contextmanager, suppress

import pytest
import time_machine
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import info
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from catalog.listing import edition_cache
from page_cache import cached_page, middleware, new_edition
from page_cache.breaker import of_valkey
from page_cache.edition import announce

made = 0
away = gone = False


@login_not_required
@cached_page
def page(request):
    global made
    if away or gone:
        return HttpResponse(status=503 if away else 404)
    made += 1
    return HttpResponse(f"made {made}, asked for {request.GET.get('q', 'nothing')}")


@login_not_required
@cached_page
def page_with_cookie(request):
    global made
    made += 1
    response = HttpResponse(f"made {made}")
    response.set_cookie("mine", "1")
    return response


@login_not_required
@cached_page
def page_with_message(request):
    info(request, "for you")
    return HttpResponse("a page")


@login_not_required
def page_not_kept(request):
    global made
    made += 1
    return HttpResponse(f"made {made}")


@login_not_required
@cached_page
def page_changed_while_made(request):
    global made
    made += 1
    announce()
    return HttpResponse(f"made {made}")


urlpatterns = [
    path("changing/", page_changed_while_made),
    path("page/", page),
    path("cookie/", page_with_cookie),
    path("message/", page_with_message),
    path("not-kept/", page_not_kept),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def empty_cache():
    global made
    made = 0
    cache.clear()


def test_a_kept_page_is_made_once(client):
    assert client.get("/page/").content == client.get("/page/").content == b"made 1, asked for nothing"


def test_another_question_is_another_page(client):
    client.get("/page/")
    assert client.get("/page/?q=water").content == b"made 2, asked for water"


def test_a_page_not_said_to_be_kept_is_made_each_time(client):
    client.get("/not-kept/")
    assert client.get("/not-kept/").content == b"made 2"


def test_a_page_that_sets_a_cookie_is_made_each_time(client):
    client.get("/cookie/")
    client.cookies.clear()
    assert client.get("/cookie/").content == b"made 2"


def test_a_visitor_with_a_message_is_not_given_the_kept_page(client):
    client.get("/page/")
    client.get("/message/")
    assert "messages" in client.cookies
    assert client.get("/page/").content == b"made 2, asked for nothing"


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_by_the_next_visitor(client):
    client.get("/page/")
    with transaction.atomic():
        new_edition()
        new_edition()
        assert client.get("/page/").content == b"made 1, asked for nothing"  # not before the commit
    assert client.get("/page/").content == b"made 2, asked for nothing"


@pytest.mark.django_db(transaction=True)
def test_a_change_rolled_back_renews_nothing(client):
    client.get("/page/")
    with transaction.atomic():
        new_edition()
        transaction.set_rollback(True)
    assert client.get("/page/").content == b"made 1, asked for nothing"


def test_a_page_made_during_a_change_is_old_at_once(client):
    client.get("/changing/")
    assert client.get("/changing/").content == b"made 2"


def test_a_browser_that_has_the_page_is_told_so(client):
    first = client.get("/page/")
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get("/page/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_kept_page_is_compressed_for_who_can_read_it(client):
    client.get("/page/")
    response = client.get("/page/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert response["Content-Length"] == str(len(response.content))
    assert gzip.decompress(response.content) == b"made 1, asked for nothing"


def without_a_cache(location="unix:///nowhere/valkey.sock"):
    given = {**settings.CACHES["default"], "LOCATION": location}
    return override_settings(CACHES={"default": given})


def test_without_a_cache_pages_are_slower_and_right(client):
    with without_a_cache():
        client.get("/page/")
        assert client.get("/page/").content == b"made 2, asked for nothing"


def test_a_cache_that_hangs_is_waited_for_once(client, caplog):
    """Whatever asks it: two pages here, each with the edition, the page and the keeping of it, and more."""
    with deaf_server() as (address, connections), without_a_cache(f"redis://{address}/0"):
        client.get("/page/")
        assert client.get("/page/").content == b"made 2, asked for nothing"
        assert cache.get("anything", "else") == "else"
        cache.set("anything", 1)
        assert len(connections) == 1
        of_valkey(f"redis://{address}/0")._quiet_until = 0.0  # some seconds later
        cache.get("anything")
        cache.get("anything")
        assert len(connections) == 2
    assert [record.message[:27] for record in caplog.records] == ["The cache does not answer: "] * 2


def test_a_cache_that_refuses_is_not_taken_for_one_that_is_away():
    """A full one, for example, still answers who reads."""
    cache.set("a-list", "1")
    assert cache.incr("a-list") == 1  # a word is no number: Valkey refuses
    assert cache.get("a-list") == "1"


@contextmanager
def deaf_server():
    """Takes connections and never answers."""
    connections = []
    listener = socket.create_server(("127.0.0.1", 0))

    def accept():
        with suppress(OSError):
            while True:
                connections.append(listener.accept()[0])

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}", connections
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        for connection in connections:
            connection.close()


def test_limits_on_attempts_stand_without_a_cache(rf):
    request = rf.post("/", REMOTE_ADDR="203.0.113.9")
    limit = {"app": "hubs", "action": "knock", "config": {"knock": "3/m/ip"}}
    with without_a_cache("unix:///nowhere/other.sock"):
        assert [bool(ratelimit.consume(request, **limit)) for _ in range(5)] == [True] * 3 + [False] * 2


# Bounded, whatever is asked


def test_inventing_addresses_pushes_nothing_out(client, monkeypatch):
    monkeypatch.setattr(middleware, "MOST_QUESTIONS", 4)
    client.get("/page/")
    cache.set("allauth:rl:somebody", [1.0], 600)
    before = number_of_keys()
    for number in range(30):
        assert client.get(f"/page/?q={number}").content.endswith(b"asked for %d" % number)
    assert number_of_keys() <= before + 4
    assert client.get("/page/").content == b"made 1, asked for nothing"
    assert cache.get("allauth:rl:somebody") == [1.0]


def test_what_is_asked_of_the_catalog_has_a_fixed_number_of_places(monkeypatch):
    monkeypatch.setattr(edition_cache, "MOST_ANSWERS", 4)
    few = number_of_keys()
    for number in range(30):
        name = f"{edition_cache.ASKED}{number}"
        assert edition_cache.EditionCache(name).get_or_make(name, lambda: number) == number  # noqa: B023
        assert edition_cache.EditionCache(name).get_or_make(name, lambda: "not asked again") == number
    edition_cache.EditionCache("options").get_or_make("options", lambda: "few")
    assert number_of_keys() <= few + 4 + len(["edition", "options"])


def test_a_page_that_is_too_large_is_not_kept(client, monkeypatch):
    monkeypatch.setattr(middleware, "MOST_BYTES", 10)
    client.get("/page/")
    assert client.get("/page/").content == b"made 2, asked for nothing"


def number_of_keys() -> int:
    return cache._cache.get_client().dbsize()


# Old, and shown when nothing newer can be made


def test_a_page_is_made_anew_after_half_a_minute(client):
    with time_machine.travel(0, tick=False) as clock:
        client.get("/page/")
        clock.shift(middleware.FRESH_SECONDS - 1)
        assert client.get("/page/").content == b"made 1, asked for nothing"
        clock.shift(1)
        assert client.get("/page/").content == b"made 2, asked for nothing"


@pytest.mark.parametrize("address", ["/page/", "/page/?q=water"])
def test_an_old_page_is_shown_while_a_new_one_cannot_be_made(client, monkeypatch, address):
    first = client.get(address)
    announce()  # and what the public sees has changed meanwhile
    monkeypatch.setattr(f"{__name__}.away", True)
    again = client.get(address)
    assert (again.status_code, again.content) == (200, first.content)
    assert again["ETag"] == first["ETag"]
    assert client.get("/page/?q=never-seen").status_code == 503
    monkeypatch.setattr(f"{__name__}.away", False)
    assert client.get(address).content.startswith(b"made 2")


def test_a_page_that_is_withdrawn_is_not_shown_again(client, monkeypatch):
    client.get("/page/")
    announce()
    monkeypatch.setattr(f"{__name__}.gone", True)
    assert client.get("/page/").status_code == 404
    monkeypatch.setattr(f"{__name__}.away", True)
    assert client.get("/page/").status_code == 503
