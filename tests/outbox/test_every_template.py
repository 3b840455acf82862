"""Every letter as a mail program shows it: what runs the other way is kept apart (UAX 9), and nothing is hidden."""

import re

import pytest
from django.utils import translation
from django.utils.html import escape

from outbox.templates import FSI, PDI, isolated
from tests.outbox.every_template import EVERY_TEMPLATE, rendered_with

LATIN, ARABIC = "¿Calor? (2): what works!", "(ماء) للجميع: ما العمل؟"


@pytest.mark.parametrize(("language", "foreign"), [("ar", LATIN), ("fr", ARABIC)])
def test_every_letter_keeps_apart_what_runs_the_other_way(language, foreign):
    seen = 0
    for template in EVERY_TEMPLATE:
        letter = rendered_with(template, foreign, language)
        for text in (letter.subject, letter.text):
            assert foreign not in text.replace(f"{FSI}{foreign}{PDI}", ""), template
            seen += text.count(foreign)
        html = escape(foreign)
        for attribute in re.findall(r'="([^"]*)"', letter.html):
            assert FSI not in attribute, template
            assert "bdi" not in attribute, template
        shown = re.sub(r'="[^"]*"', "", letter.html.replace('<p dir="auto"', "<p-auto"))
        apart = re.compile(
            rf"<bdi>{re.escape(html)}</bdi>|<p-auto[^>]*>{re.escape(html)}</p>|{FSI}{re.escape(html)}{PDI}"
        )
        assert html not in apart.sub("", shown), template
        seen += len(apart.findall(shown))
    assert seen > 4 * len(EVERY_TEMPLATE)


@pytest.mark.parametrize(("language", "text"), [("ar", "مدن: ما ينجح!"), ("fr", "Chaleur : que faire ?")])
def test_what_runs_the_same_way_is_left_as_it_is(language, text):
    for template in EVERY_TEMPLATE:
        letter = rendered_with(template, text, language)
        assert f"{FSI}{text}" not in letter.subject + letter.text, template
        assert f"<bdi>{text}" not in letter.html, template


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seoul!", f"{FSI}Seoul!{PDI}"),
        ("One\n\n(two)\r\n", f"{FSI}One{PDI}\n\n{FSI}(two){PDI}\r\n"),
        (f"{FSI}Seoul!{PDI} مدينة", f"{FSI}Seoul!{PDI} مدينة"),
        ("https://meet.example/room?a=1", "https://meet.example/room?a=1"),
        ("1234-5678", "1234-5678"),
        ("", ""),
    ],
)
def test_marks_stand_about_each_line_and_never_about_an_address(text, expected):
    with translation.override("ar"):
        assert isolated(text) == expected


def test_a_letters_first_line_is_seen_and_nothing_in_it_is_hidden():
    """A mailbox shows it beside the subject. Hidden text, in the color of its ground, counts against a letter as spam."""
    html = rendered_with("registrations/confirmation", "Tuesday 2 February", "en").html
    body = html.partition("<body")[2].partition(">")[2]
    assert re.sub(r"<[^>]*>", " ", body).split()[:3] == ["Tuesday", "2", "February"]
    assert not re.search(
        r"display:\s*none|opacity|visibility|font-size:\s*[01](px)?\b|(width|height):\s*0", html
    )
