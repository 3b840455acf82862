"""Each sign-in leaves a line in the log, and each that failed."""

import logging

import pytest

from tests import cast

from .signing_in import ask_for_code, code_in_letter, sign_in

pytestmark = pytest.mark.django_db


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
