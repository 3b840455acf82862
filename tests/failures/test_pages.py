"""What a visitor sees when we fail: 503 with a way on when PostgreSQL is away, whatever they sent; else 500."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext

from accounts.expired_forms import never_sent_again
from learning_station.failures.away import database_is_away
from learning_station.urls import urlpatterns as urlpatterns_of_the_station
from tests import cast

trouble: Exception | None = None


@login_not_required
def failing(request):
    if trouble:
        raise trouble
    return HttpResponse("well")


urlpatterns = [
    path("failing/", failing),
    path("yes/", login_not_required(never_sent_again(lambda request: failing(request)))),
    *urlpatterns_of_the_station,
]
handler500 = "learning_station.failures.pages.server_error"
pytestmark = pytest.mark.urls(__name__)

AWAY = [
    OperationalError("connection refused"),
    OperationalError("canceling statement due to lock timeout"),
    InterfaceError("connection already closed"),
]
OURS = [DataError("out of range"), ProgrammingError("no such column"), KeyError("name"), OSError("disk full")]


@pytest.fixture
def client():
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def fails_with(monkeypatch):
    return lambda error: monkeypatch.setattr(f"{__name__}.trouble", error)


@pytest.mark.parametrize("error", AWAY, ids=str)
def test_without_a_database_the_page_says_when_to_come_back(client, fails_with, error):
    fails_with(error)
    response = client.get("/failing/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response["Cache-Control"] == "no-store"
    assert "Back in a moment" in response.text


@pytest.mark.parametrize("error", OURS, ids=str)
def test_another_failure_is_ours(client, fails_with, error):
    fails_with(error)
    response = client.get("/failing/")
    assert response.status_code == 500
    assert "Retry-After" not in response
    assert "Something went wrong on our side" in response.text


def test_what_follows_from_a_lost_connection_counts_as_such():
    def then(error: Exception) -> Exception:
        error.__context__ = OperationalError("gone")
        return error

    assert database_is_away(then(transaction.TransactionManagementError("no more queries")))
    assert not database_is_away(then(KeyError("something else, in the midst of it")))


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        ({}, False),
        ({"ERRORS_TO": ["desk@example.org"]}, True),
        ({"SENTRY_DSN": "https://k@c.example/1"}, True),
    ],
)
@pytest.mark.parametrize("error", [AWAY[0], OURS[0]], ids=str)
def test_the_page_says_that_we_know_only_when_somebody_is_told(
    client, fails_with, settings, reached, told, error
):
    settings.ERRORS_TO, settings.SENTRY_DSN = [], ""
    for name, value in reached.items():
        setattr(settings, name, value)
    fails_with(error)
    assert ("We have been told of it" in client.get("/failing/").text) is told


# What was typed comes back


def send(client, address, fields, site="same-origin"):
    client.get("/failing/")
    client.cookies["csrftoken"] = "a" * 32
    token = {"csrfmiddlewaretoken": "a" * 32}
    return client.post(address, {**token, **fields}, headers={"Sec-Fetch-Site": site})


def test_what_was_typed_comes_back_to_be_sent_once_more(client, fails_with):
    fails_with(AWAY[0])
    response = send(client, "/failing/?next=1", {"words": "<b>Água & água</b>", "seats": ["1", "2"]})
    assert response.status_code == 503
    assert '<form method="post" action="/failing/?next=1">' in response.text
    assert "&lt;b&gt;Água &amp; água&lt;/b&gt;" in response.text
    assert response.text.count('<textarea name="seats"') == 2
    assert response.text.count("csrfmiddlewaretoken") == 1
    fails_with(None)
    assert send(client, "/failing/?next=1", {"words": "once more"}).text == "well"


@pytest.mark.parametrize(
    ("address", "fields", "site"),
    [
        ("/failing/", {"words": "x"}, "cross-site"),
        ("/failing/", {"old_password": "x"}, "same-origin"),
        ("/yes/", {"words": "x"}, "same-origin"),
    ],
)
def test_what_must_not_be_sent_by_accident_does_not_come_back(client, fails_with, address, fields, site):
    fails_with(AWAY[0])
    response = send(client, address, fields, site)
    assert response.status_code == 503
    assert "<form" not in response.text
    assert "Go back one page" in response.text


# The whole way, with a database that is away


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/fr/activities/", "fr"),
        ("/es/me/", "es"),
        ("/ar/", "ar"),
        ("/admin/", "en"),
        ("/accounts/login/", "en"),
    ],
)
def test_every_page_of_somebody_signed_in_says_so_in_their_language(client, monkeypatch, address, language):
    person = cast.person()
    client.force_login(person)

    def refused(self):
        raise OperationalError("connection refused")

    monkeypatch.setattr("learning_station.postgresql.base.DatabaseWrapper.cursor", refused)
    response = client.get(address)
    assert response.status_code == 503, response.text
    assert f'<html lang="{language}"' in response.text
    with translation.override(language):
        assert gettext("Back in a moment") in response.text
