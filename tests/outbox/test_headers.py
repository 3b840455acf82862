"""Headers read back as they were written, by whichever Python writes them."""

import email
import email.policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from django.utils import timezone

from outbox.headers import HEADERS, LINE
from outbox.message import message_of
from outbox.models import Letter
from tests.outbox.every_template import EVERY_TEMPLATE, subject_with

HOSTILE = [
    "Renouvellement de l’habitat précaire : « ce que nous avons appris » à Saint‑Étienne, Medellín et São Paulo",
    "Ciudades más allá del año 2030: ¿cómo, cuándo y con quién? Una mirada a 24/7 (±5 %)",
    "المدن الكبرى والمياه: ما الذي ينجح، وما الذي لا ينجح؟ تجارب من القاهرة وعمّان والدار البيضاء ومشهد",
    "도시의 물: 무엇이 효과가 있는가? 서울, 부산, 인천, 대구, 대전, 광주의 경험에서 배우다 그리고 나누다",
    "Plain words only, but so many of them that they do not fit on a single line of a letter's head, nor on two",
    "é" * 150,
    "=?utf-8?q?only_looks_encoded?=",
    "🏙️🌊 a",
]


def read_back(letter: Letter) -> tuple[str, str, bytes]:
    sent = message_of(letter).message(policy=email.policy.SMTP).as_bytes()
    received = email.message_from_bytes(sent, policy=email.policy.default)
    # Of a name in several encoded words Python 3.13.0 reads one blank too many; its older reader does not.
    sender, _address = parseaddr(email.message_from_bytes(sent)["From"].replace("\r\n", ""))
    return str(received["Subject"]), str(make_header(decode_header(sender))), sent.split(b"\r\n\r\n")[0]


def letter_of(subject: str, from_name: str) -> Letter:
    return Letter(
        subject=subject,
        from_name=from_name,
        to="ana@city.example",
        text="x",
        html="<p>x</p>",
        language="en",
        message_id="<1@station.example>",
        written_at=timezone.now(),
    )


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_every_subject_reads_back_as_it_was_written(language):
    for number, template in enumerate(EVERY_TEMPLATE):
        # Each of the words comes with some template of each language.
        subject = subject_with(template, HOSTILE[number % len(HOSTILE)], language)
        assert read_back(letter_of(subject, "MITI"))[0] == subject


@pytest.mark.parametrize(
    "name", [*HOSTILE[:5], "MITI Séoul, “Korea”", 'Host "A", B; C <x@y.example>', "MITI (Seoul)"]
)
def test_a_hosts_name_reads_back_as_it_was_written_on_lines_of_a_lawful_length(name):
    subject, sender, head = read_back(letter_of(name, name))
    assert (subject, sender) == (name, name)
    assert head.isascii()
    assert max(len(line) for line in head.split(b"\r\n")) <= LINE


def test_an_address_of_the_web_stays_in_one_piece_however_long():
    link = f"<https://station.example/unsubscribe/{'x' * 300}>"
    made = HEADERS("List-Unsubscribe", link).fold(policy=email.policy.SMTP)
    assert made == f"List-Unsubscribe: {link}\r\n"
