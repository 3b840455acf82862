from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from outbox.mail_server import mailers


def made(settings, url: str):
    settings.MAILERS = mailers(url, timeout=7, folder=Path("/nowhere"))
    return mail.mailers.default


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://mail.example.org", 587, True, False),
        ("smtps://mail.example.org", 465, False, True),
        ("smtp+tls://mail.example.org:2525", 2525, True, False),
    ],
)
def test_address_names_port_and_encryption(settings, url, port, tls, ssl):
    mailer = made(settings, url)
    assert (mailer.host, mailer.port, mailer.use_tls, mailer.use_ssl) == ("mail.example.org", port, tls, ssl)
    assert mailer.timeout == 7


def test_special_characters_of_a_password_are_decoded(settings):
    mailer = made(settings, "smtps://station%40example.org:p%40ss%2Fw%3Ard@mail.example.org")
    assert (mailer.username, mailer.password) == ("station@example.org", "p@ss/w:rd")


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp+ssl://a"])
def test_address_that_makes_no_sense_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL is smtp://"):
        mailers(url, timeout=10, folder=Path("/nowhere"))


def test_without_an_address_letters_become_files(settings, tmp_path):
    settings.MAILERS = mailers("", timeout=10, folder=tmp_path)
    mail.EmailMessage("Hello", "Text", "a@example.org", ["b@example.org"]).send(using="default")
    (file,) = tmp_path.iterdir()
    assert "Subject: Hello" in file.read_text()
