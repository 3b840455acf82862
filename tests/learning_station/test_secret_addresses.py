"""Secrets in addresses stay out of every log: the proxy's, the web server's, our own."""

import logging
import re
import runpy
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.conf import settings

from learning_station import secret_addresses
from learning_station.addresses import CHECKOUT
from learning_station.secret_addresses import hide
from tests.test_open_pages import every_page

SECRET = "Gk3v:Zq_9-x1.AbCd~EF"

# Variable parts that name what is public, or what the admin asks for rights anyway, by a number or a short name.
HARMLESS = {
    "pk",
    "slug",
    "name",
    "section",
    "object_id",
    "content_type_id",
    "app_label",
    "url",
    "model_name",
    # Numbers of rows, whose pages ask for rights.
    "correction",
    "helper",
    "report",
    "meeting",
    "registration",
    # Of a list that everybody may read.
    "number",
    "language",
}
HARMLESS_ADDRESSES = (
    "accounts/password/<path:rest>",  # leads nowhere
    "accounts/2fa/",  # numbers of one's own passkeys
    "pictures/<slug:slug>/",  # of published activities
    "supporters/",  # logos on public pages
    "speakers/",  # of who agreed to be named; else the page asks for rights
    "imports/of/<slug:kind>/",  # what the rows of a file are
    "proposals/calls/",  # of calls for everybody
    "admin/",
)


def addresses_with_secrets() -> list[str]:
    addresses = []
    for _name, route, _view in every_page():
        plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("^", "").replace("$", "")
        variable = re.findall(r"<(?:\w+:)?(\w+)>", plain)
        if set(variable) - HARMLESS and not any(part in plain for part in HARMLESS_ADDRESSES):
            for parameter in set(variable) - HARMLESS:
                filled = re.sub(rf"<(?:\w+:)?{parameter}>", SECRET, plain)
                addresses.append(re.sub(r"<(?:\w+:)?\w+>", "7", filled))
    return sorted(set(addresses))


def test_there_are_secrets_to_hide():
    assert len(addresses_with_secrets()) > 20


@pytest.mark.parametrize("address", addresses_with_secrets())
def test_no_log_holds_the_secret_of(address):
    for place in (
        f"/{address}",
        f"/ar/{address}?page=2",
        f"https://station.example/fr/{address}",
        f"/accounts/login/?next={quote('/' + address, safe='')}",
        f"/accounts/login/?next={quote('/accounts/2fa/?next=' + quote('/' + address, safe=''), safe='')}",
    ):
        hidden = hide(place)
        assert "Gk3v" not in hidden
        assert "EF" not in hidden
        assert "…" in hidden


@pytest.mark.parametrize(
    "address",
    [
        "/activities/heat/?q=registrations",
        "/sessions/12/registration/",
        "/me/calendar/",
        "/me/",
        "/fr/hubs/cairo/message/",
        "/admin/registrations/registration/12/change/",
        "/static/css/station.css",
    ],
)
def test_other_addresses_are_told_in_full(address):
    assert hide(address) == address or address.startswith("/admin/")


def test_what_follows_the_secret_is_told():
    assert hide("/registrations/8FbQx2/cancellation/") == "/registrations/…/cancellation/"


def test_a_code_that_is_typed_is_hidden_too():
    for typed in ("BCDF-GHJK-MNPQ", "bcdf+ghjk+mnpq", "BCDFGHJKMNPQ"):
        for place in (
            f"/certificates/?code={typed}",
            f"/fr/certificates/?code={typed}",
            f"/certificates/{typed}.pdf",
        ):
            assert "BCDF" not in hide(place).upper()
    assert hide("/certificates/?code=BCDFGHJKMNPQ") == "/certificates/?code=…"


def test_the_proxy_hides_by_the_same_pattern():
    caddyfile = (CHECKOUT / "deploy" / "Caddyfile").read_text()
    assert f"request>uri regexp `{secret_addresses.PATTERN}` `$1…`" in caddyfile
    assert "request>headers delete" in caddyfile
    assert "resp_headers delete" in caddyfile
    assert "(?=" not in secret_addresses.PATTERN  # which Go does not know
    assert "(?!" not in secret_addresses.PATTERN


def test_the_web_servers_access_log_hides_them_whatever_its_format():
    server = runpy.run_path(str(CHECKOUT / "deploy" / "gunicorn.conf.py"))
    log = server["HidingLogger"].__new__(server["HidingLogger"])
    secret = f"/registrations/{SECRET}/"
    asked = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": secret,
        "PATH_INFO": secret,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "QUERY_STRING": f"next={quote(secret, safe='')}",
        "HTTP_REFERER": f"https://station.example{secret}",
    }
    request = SimpleNamespace(headers=[("REFERER", secret)])
    answered = SimpleNamespace(status="302 Found", sent=1, headers=[("Location", secret)])
    atoms = log.atoms(answered, request, asked, timedelta(0))
    assert "/registrations/…/" in atoms["r"]
    assert SECRET not in repr(atoms)
    assert quote(SECRET, safe="") not in repr(atoms)


def test_our_own_lines_hide_them_also_in_a_traceback():
    made = settings.LOGGING["formatters"]["line"]
    formatter = secret_addresses.HidingFormatter(made["format"], style=made["style"])
    try:
        raise ValueError(f"/proposals/joining/{SECRET}/")
    except ValueError as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 1, "Not Found: /me/calendar/%s.ics", (SECRET,),
            (ValueError, error, error.__traceback__),
        )  # fmt: skip
    said = formatter.format(record)
    assert SECRET not in said.replace(f'f"/proposals/joining/{SECRET}/"', "")
    assert "/me/calendar/…" in said
