"""Staff do not stay signed in for long."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pause", "times", "is_in"),
    [
        (timedelta(minutes=59), 1, True),
        (timedelta(minutes=61), 1, False),
        (timedelta(minutes=50), 14, True),  # busy for nearly twelve hours
        (timedelta(minutes=50), 15, False),
    ],
)
def test_staff_are_signed_out_after_a_pause_or_a_long_day(client, pause, times, is_in):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(cast.secretary())
        for _time in range(times):
            clock.shift(pause)
            answer = client.get("/accounts/profile/")
    assert (answer.status_code == 200) == is_in


def test_what_staff_were_writing_comes_back(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(cast.secretary())
        clock.shift(timedelta(hours=2))
        answer = client.post("/accounts/profile/", {"name": "Marta Soler i Puig"})
        assert answer.url == "/accounts/login/?next=%2Faccounts%2Funsent%2F"
        assert "You were signed out" in client.get(answer.url).text


def test_everybody_else_stays(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(cast.person())
        clock.shift(timedelta(days=20))
        assert client.get("/me/").status_code == 200


def test_a_session_from_before_this_was_kept_is_counted_from_now(client):
    client.force_login(cast.secretary())
    session = client.session
    del session["staff since"], session["staff seen"]
    session.save()
    assert client.get("/admin/").status_code == 200
    assert client.session["staff since"]
