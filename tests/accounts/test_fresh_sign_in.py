"""Who sees what others said of themselves signed in today, with the second factor if they have one."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.utils import timezone

from tests import cast
from tests.focal_points.making import claimed, focal_point

pytestmark = pytest.mark.django_db

PAGE = "/endorsements/"
DOOR = "/accounts/login/?next=%2Fendorsements%2F"


@pytest.mark.parametrize("page", [PAGE, "/members/dakar/record/"])
@pytest.mark.parametrize(
    ("pause", "is_in"), [(timedelta(hours=11, minutes=59), True), (timedelta(hours=12, minutes=1), False)]
)
def test_a_sign_in_is_fresh_for_twelve_hours(client, pause, is_in, page):
    person = focal_point().person
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(person)
        clock.shift(pause)
        answer = client.get(page)
        assert (answer.status_code == 200) == is_in
        if not is_in:
            assert answer.url == f"/accounts/login/?{urlencode({'next': page})}"
            assert "asks you to sign in anew" in client.get(DOOR).text


def test_a_press_that_comes_too_late_does_nothing(client):
    person, claim = focal_point().person, claimed()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(person)
        clock.shift(timedelta(hours=13))
        assert client.post(PAGE, {"confirm": claim.pk}).url == DOOR
    claim.refresh_from_db()
    assert claim.confirmed_at is None


def test_who_signed_in_before_this_was_kept_signs_in_again(client):
    client.force_login(focal_point().person)
    session = client.session
    del session["signed in at"]
    session.save()
    assert client.get(PAGE).url == DOOR


def test_who_has_a_second_factor_used_it(client):
    person = cast.with_second_factor(focal_point().person)
    client.force_login(person)
    assert client.get(PAGE).url == DOOR
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, "mfa", type="totp")
    request.session.save()
    assert client.get(PAGE).status_code == 200


def test_nobody_else_is_signed_out_by_looking(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(cast.person())
        clock.shift(timedelta(days=20))
        assert client.get(PAGE).status_code == 404
        assert client.get("/me/").status_code == 200
