import gzip

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import info
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from kept import kept, new_edition
from kept.edition import announce

made = 0


@login_not_required
@kept
def page(request):
    global made
    made += 1
    return HttpResponse(f"made {made}, asked for {request.GET.get('q', 'nothing')}")


@login_not_required
@kept
def page_with_cookie(request):
    global made
    made += 1
    response = HttpResponse(f"made {made}")
    response.set_cookie("mine", "1")
    return response


@login_not_required
@kept
def page_with_message(request):
    info(request, "for you")
    return HttpResponse("a page")


@login_not_required
def page_not_kept(request):
    global made
    made += 1
    return HttpResponse(f"made {made}")


@login_not_required
@kept
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


@override_settings(
    CACHES={
        "default": {
            "BACKEND": "kept.forgiving_cache.ForgivingRedisCache",
            "LOCATION": "unix:///nowhere/valkey.sock",
        }
    }
)
def test_without_a_cache_pages_are_slower_and_right(client):
    client.get("/page/")
    assert client.get("/page/").content == b"made 2, asked for nothing"
