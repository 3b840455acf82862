import re
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.forms import BaseForm, EmailField
from django.utils import timezone

import accounts.forms  # noqa: F401 - so that they are there
import hubs.forms  # noqa: F401
import proposals.forms  # noqa: F401
import registrations.admin  # noqa: F401
import reviews.forms  # noqa: F401
from catalog.models import Session
from outbox.actions import NotInTransaction, resend, write_letter
from outbox.message import message_of
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.rendering import one_line
from tests.outbox.letters import write

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_templates")]


def test_write_letter_keeps_what_goes_out(person):
    letter = write(
        person,
        kind="confirmed",
        key="confirmed/1",
        about=Session(pk=1),
        from_name="MITI Seoul",
        reply_to="seoul@example.org",
        now=NOW,
    )
    assert Letter.objects.get() == letter
    assert (letter.kind, letter.about, letter.to) == ("confirmed", "session 1", person.email)
    assert (letter.from_name, letter.reply_to) == ("MITI Seoul", "seoul@example.org")
    assert (letter.state, letter.written_at, letter.next_try_at) == ("waiting", NOW, NOW)
    assert letter.headers == {}


def test_write_letter_writes_in_the_readers_language_and_clock(person):
    person.language, person.timezone = "fr", "Asia/Seoul"
    letter = write(person, context={"at": datetime(2027, 3, 1, 22, 30, tzinfo=UTC)})
    assert letter.language == "fr"
    assert "mardi 2 mars 2027 07:30" in letter.text
    assert '<html lang="fr" dir="ltr"' in letter.html


def test_write_letter_is_set_from_right_to_left_in_arabic(person):
    person.language = "ar"
    letter = write(person)
    assert '<html lang="ar" dir="rtl"' in letter.html
    for body in (letter.html, letter.text):
        assert "محطة التعلم" in body
        assert "Learning Station" not in body


def test_write_letter_writes_the_same_letter_once(person):
    first = write(person, key="confirmed/1")
    assert write(person, key="confirmed/1") is None
    assert write(person, key="confirmed/2") is not None
    assert Letter.objects.get(key="confirmed/1").message_id == first.message_id
    assert Letter.objects.count() == 2


def test_write_letter_leaves_the_callers_transaction_whole_when_the_letter_is_there_already(person):
    write(person, key="confirmed/1")
    with transaction.atomic():
        assert write(person, key="confirmed/1") is None
        person.name = "Still Writable"
        person.save()
    person.refresh_from_db()
    assert person.name == "Still Writable"


def test_write_letter_keeps_a_names_line_breaks_out_of_the_headers(person):
    person.name = "Ana\r\nBcc: everyone@example.org\u2028X-Evil: 1"
    letter = write(person, from_name="MITI\nSeoul", reply_to="seoul@example.org\r\nBcc: a@example.org")
    assert letter.subject == "For Ana Bcc: everyone@example.org X-Evil: 1: it’s noted"
    assert letter.from_name == "MITI Seoul"
    assert letter.reply_to == "seoul@example.org Bcc: a@example.org"


def test_write_letter_shortens_a_subject_of_any_length(person):
    person.name = "A" * 500
    assert len(write(person).subject) == 300


def test_write_letter_escapes_in_html_and_not_in_text(person):
    person.name = "<b>O'Neil & Co</b>"
    letter = write(person)
    assert "<p style" in letter.html
    assert "&lt;b&gt;O'Neil &amp; Co&lt;/b&gt;, it’s noted." in letter.html
    assert "<b>O'Neil" not in letter.html
    assert "<b>O'Neil & Co</b>" in letter.text
    assert letter.subject.startswith("For <b>O'Neil & Co</b>")


def test_write_letter_writes_the_style_into_the_elements(person):
    letter = write(person)
    (button,) = re.findall('<a class="button"[^>]*>', letter.html)
    assert "background-color: #0a5c68" in button
    assert "@media (prefers-color-scheme: dark)" in letter.html
    assert "<link" not in letter.html


def test_write_letter_names_the_way_out_only_where_a_person_may_refuse(person):
    news = write(person, key="news", transactional=False)
    assert news.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = news.headers["List-Unsubscribe"].strip("<>")
    assert address in news.text
    assert address in news.html
    needed = write(person, key="confirmed")
    assert "unsubscribe" not in str(needed.headers).lower()
    assert "Stop letters of this kind" not in needed.text


def test_write_letter_needs_the_transaction_of_the_change(person, transactional_db):
    with pytest.raises(NotInTransaction):
        write_letter(NewLetter(kind="a", key="a", person=person, template="example", context={}))
    assert not Letter.objects.exists()


def test_write_letter_with_no_person_reads_the_request(db):
    with transaction.atomic():
        letter = write_letter(
            NewLetter(
                kind="code", key="code", person=None, to="new@example.org", template="example", context={}
            )
        )
    assert (letter.to, letter.language, letter.person) == ("new@example.org", "en", None)


def test_each_letter_has_a_message_id_of_our_domain(person, settings):
    settings.LETTERS_FROM = "Station <letters@station.example>"
    first, second = write(person, key="1"), write(person, key="2")
    assert first.message_id.endswith("@station.example>")
    assert first.message_id != second.message_id


def test_one_line_joins_all_kinds_of_line_breaks():
    assert one_line(" a\r\nb\tc\x0bd\u2029e\x85f ") == "a b c d e f"


def test_zone_of_the_person_is_left_again(person):
    person.timezone = "America/Mexico_City"
    write(person)
    assert timezone.get_current_timezone() != ZoneInfo("America/Mexico_City")


LONG = "Стратегический институт городов " * 40

FRAMES = [
    {"from_name": LONG},
    {"from_name": "x" * 201, "reply_to": "a" * 64 + "@" + "b" * 60 + ".example.org"},
    {"key": "example/" + "k" * 400},
    {"to": "a" * 64 + "@" + ".".join(["c" * 60] * 3) + ".exampl"},
    {"template": "long_subject", "context": {"title": LONG}},
]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: next(iter(frame)))
def test_no_letter_fails_over_its_frame(person, frame):
    letter = write(person, **frame)
    letter.refresh_from_db()
    copy = resend_once(letter)
    for written in (letter, copy):
        assert message_of(written).message().as_bytes()
    assert copy.key != letter.key


def test_what_is_cut_says_so_and_long_keys_stay_apart(person):
    letter = write(person, from_name=LONG)
    assert letter.from_name.startswith("Стратегический институт городов")
    assert letter.from_name.endswith("…")
    keys = [f"example/{'k' * 300}/{number}" for number in range(3)]
    assert [write(person, key=key) is not None for key in [*keys, *keys]] == [True] * 3 + [False] * 3


def resend_once(letter: Letter) -> Letter:
    Letter.objects.filter(pk=letter.pk).update(state="sent", sent_at=NOW)
    return resend(letter=letter, by=None)


def test_no_form_takes_an_address_that_no_letter_can_be_written_to():
    """Django's own field takes 320 characters; a path of SMTP has 254 for the address (RFC 5321, 4.5.3.1.3)."""
    fields = [
        (form, field)
        for form in every(BaseForm)
        if form.__module__.split(".")[0] in {"accounts", "registrations", "hubs", "proposals", "reviews"}
        for field in form.base_fields.values()
        if isinstance(field, EmailField)
    ]
    assert len(fields) > 4
    assert [form.__qualname__ for form, field in fields if field.max_length > 254] == []


def every(kind: type) -> Iterator[type]:
    for below in kind.__subclasses__():
        yield below
        yield from every(below)
