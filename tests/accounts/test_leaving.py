"""Staff do not stay signed in for long, can be signed out by others, and each sign-in leaves a line."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.roles import Role
from desk.history import LogEntry
from tests import cast

from .doorway import ask_for_code, code_in_letter, sign_in

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


def test_staff_end_anothers_sign_ins_everywhere(client):
    amina, secretary = cast.person(), cast.secretary()
    phone, laptop = Client(), Client()
    for browser in (phone, laptop):
        sign_in(browser, amina.email)
        assert browser.get("/me/").status_code == 200
    client.force_login(secretary)
    step = f"/admin/accounts/user/signing-out/?ids={amina.pk}"
    assert "every browser" in client.get(step).text
    assert phone.get("/me/").status_code == 200  # GET changes nothing
    assert client.post(step).status_code == 302
    assert phone.get("/me/").status_code == 302
    assert laptop.get("/me/").status_code == 302
    assert client.get("/admin/").status_code == 200
    assert LogEntry.objects.filter(additional_data={"ended": "sign-ins"}, actor=secretary).count() == 1


def test_who_may_not_change_people_ends_nobodys_sign_ins(client):
    amina = cast.person()
    client.force_login(cast.with_role(Role.READER, cast.person("Reader", is_staff=True)))
    assert client.post(f"/admin/accounts/user/signing-out/?ids={amina.pk}").status_code == 403


def test_a_superusers_sign_ins_are_ended_by_superusers_only(client):
    root = cast.superuser()
    browser = Client()
    browser.force_login(root)
    client.force_login(cast.with_role(Role.SECRETARIAT, cast.person("Office", is_staff=True)))
    client.post(f"/admin/accounts/user/signing-out/?ids={root.pk}")
    assert browser.get("/admin/").status_code == 200


def test_a_session_on_no_list_is_ended_too():
    amina = cast.person()
    browser = Client()
    browser.force_login(amina)
    amina.usersession_set.all().delete()
    actions.end_sign_ins(person=amina, by=amina)
    assert browser.get("/me/").status_code == 302


def test_each_sign_in_and_each_that_failed_leaves_a_line_without_secrets(client, caplog):
    caplog.set_level(logging.INFO, logger="station.sign_in")
    amina = cast.person(email="amina@city.example")
    asked = ask_for_code(client, amina.email)
    code = code_in_letter(amina.email)
    client.post(asked.url, {"code": "0000-0001"}, REMOTE_ADDR="192.0.2.77")
    client.post(asked.url, {"code": code}, REMOTE_ADDR="2001:db8:7:1::5")
    client.post("/accounts/logout/")
    for _i in range(3):
        ask_for_code(client, amina.email)
    lines = [record.getMessage() for record in caplog.records if record.name == "station.sign_in"]
    assert lines == [
        f"wrong code to sign in: person {amina.pk} from 192.0.2.0/24",
        f"signed in: person {amina.pk} by code from 2001:db8:7::/48",
        f"signed out: person {amina.pk} from 127.0.0.0/24",
        "too many codes asked for one address from 127.0.0.0/24",
    ]
    assert code not in caplog.text


def test_a_wrong_second_factor_leaves_a_line(client, caplog):
    marta = cast.secretary()
    sign_in(client, marta.email)
    client.post("/accounts/2fa/authenticate/", {"code": "123456"})
    assert f"wrong second factor (totp): person {marta.pk} from 127.0.0.0/24" in caplog.text
