"""Rules for all pages: nothing inline, so that a strict content policy holds, and parts that stand as described."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import timezone, translation

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Letters are for mail programs, which read styles from attributes only.
PAGES = [
    file for file in sorted(TEMPLATES.rglob("*.html")) if "mail" not in file.relative_to(TEMPLATES).parts
]

INLINE = re.compile(
    r"<[^>]*\s(?:style|on[a-z]+)\s*=\s*[\"'{]|<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")",
    re.IGNORECASE,
)


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_pages_hold_no_inline_style_or_script(file):
    assert [match.group() for match in INLINE.finditer(file.read_text())] == []


@pytest.mark.parametrize(
    "wrong", ['<p style="color:red">', '<a onclick="go()">', "<style>", "<script>go()</script>"]
)
def test_inline_style_or_script_would_be_found(wrong):
    assert INLINE.search(wrong)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def flat(html: str) -> str:
    """The HTML without the white space that only the templates' format brings."""
    html = re.sub(r"\s+", " ", html)
    return re.sub(r" (?=>)|(?<=>) (?=<)|(?<=>) (?=\w)| (?=</)", "", html)


def clock(
    *, zone="Asia/Seoul", place="Seoul", until=None, user=None, at=datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
):
    return render_to_string(
        "_parts/clock.html", {"at": at, "until": until, "zone": zone, "place": place, "user": user}
    )


READER = SimpleNamespace(is_authenticated=True)


def test_clock_of_a_visitor_is_the_hosts_and_names_the_zone_for_the_script():
    html = clock(until=datetime(2026, 12, 1, 10, 30, tzinfo=UTC))
    assert text_of(html) == "Tuesday 1 December 2026, 18:00–19:30 Seoul time"
    assert 'datetime="2026-12-01T09:00:00Z"' in html
    assert 'data-offset="32400"' in html
    assert 'data-until="2026-12-01T10:30:00Z"' in html


def test_clock_of_a_visitor_who_chose_a_zone_is_their_own():
    with timezone.override("Africa/Cairo"):
        html = clock()
    assert text_of(html) == "Tuesday 1 December 2026, 11:00 your time 18:00 Seoul time"
    assert "data-clock" not in html


def test_clock_of_a_reader_is_their_own_with_the_hosts_beside_it():
    with timezone.override("Africa/Cairo"):
        html = clock(until=datetime(2026, 12, 1, 10, 30, tzinfo=UTC), user=READER)
    assert text_of(html) == "Tuesday 1 December 2026, 11:00–12:30 your time 18:00–19:30 Seoul time"
    assert "data-clock" not in html


def test_clock_names_the_hosts_day_where_it_is_another():
    with timezone.override("America/Mexico_City"):
        html = clock(at=datetime(2026, 12, 1, 22, 0, tzinfo=UTC), user=READER)
    assert text_of(html) == "Tuesday 1 December 2026, 16:00 your time Wednesday 07:00 Seoul time"


def test_clock_of_a_reader_in_step_with_the_host_is_told_once():
    with timezone.override("Asia/Tokyo"):
        assert text_of(clock(user=READER)) == "Tuesday 1 December 2026, 18:00 Seoul time"


def test_clock_across_midnight_names_both_days():
    html = clock(at=datetime(2026, 12, 1, 14, 0, tzinfo=UTC), until=datetime(2026, 12, 1, 16, 0, tzinfo=UTC))
    assert text_of(html) == "Tuesday 1 December 2026, 23:00 – Wednesday 2 December 2026, 01:00 Seoul time"


def test_clock_keeps_hours_in_one_piece():
    """On a phone no line ends behind the dash of 18:00–19:30, and none begins with the dash between two days."""
    day = clock(until=datetime(2026, 12, 1, 10, 30, tzinfo=UTC))
    assert '<span class="nowrap">18:00–19:30</span>' in day
    night = clock(at=datetime(2026, 12, 1, 14, tzinfo=UTC), until=datetime(2026, 12, 1, 16, tzinfo=UTC))
    assert "23:00\N{NO-BREAK SPACE}– Wednesday" in night
    with timezone.override("Africa/Cairo"):
        both = clock(until=datetime(2026, 12, 1, 10, 30, tzinfo=UTC), user=READER)
    assert both.count('<span class="nowrap">') == 2


def test_clock_knows_half_hours():
    assert (
        text_of(clock(zone="Asia/Tehran", place="Mashhad")) == "Tuesday 1 December 2026, 12:30 Mashhad time"
    )


def test_pagination_links_the_ends_and_the_neighbors_and_keeps_the_question(rf):
    page = Paginator(range(143), 12).page(7)
    html = render_to_string("_parts/pagination.html", {"page": page}, rf.get("/activities/?q=water&page=7"))
    assert text_of(html) == "73 to 84 of 143 Previous Page 1 … Page 6 7 Page 8 … Page 12 Next"
    assert [unescape(href) for href in re.findall(r'href="([^"]+)"', html)] == [
        f"?q=water&page={number}" for number in (6, 1, 6, 8, 12, 8)
    ]


def test_pagination_is_silent_about_one_page():
    assert text_of(render_to_string("_parts/pagination.html", {"page": Paginator([1], 12).page(1)})) == ""


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="In any script.")
    post = forms.CharField(label="Post", required=False)
    side = forms.ChoiceField(label="Side", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I agree")


def test_form_puts_label_hint_error_and_field_in_that_order_and_joins_them():
    html = str(Form({"name": ""}))
    name = html[html.index('<label for="id_name">') :]
    order = [
        name.index(part)
        for part in (
            '<label for="id_name">',
            'id="id_name_helptext"',
            'id="id_name_error"',
            '<input type="text" name="name"',
        )
    ]
    assert order == sorted(order)
    assert 'aria-describedby="id_name_helptext id_name_error"' in name
    assert 'aria-invalid="true"' in name


def test_form_lists_its_errors_on_top_with_links_to_the_fields():
    html = flat(str(Form({"name": "Amina"})))
    summary = html[: html.index("</ul></div>")]
    assert 'role="alert"' in summary
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a>', summary) == [
        ("id_side_0", "Side: This field is required."),
        ("id_agreed", "I agree: This field is required."),
    ]
    for target in ("id_side_0", "id_agreed"):
        assert html.count(f'id="{target}"') == 1


def test_form_says_what_is_optional_and_groups_choices():
    html = flat(str(Form()))
    assert "error-summary" not in html
    assert re.search(
        r'<label for="id_post">Post ?<span class="field-optional">\(optional\)</span></label>', html
    )
    assert "optional" not in html[html.index("<fieldset") : html.index("</fieldset>")]
    assert "<legend>Side</legend>" in html


def test_card_tells_everything_and_marks_another_language():
    card = {
        "url": "/activities/la-calle/",
        "title": "La calle <completa>",
        "lang": "es",
        "format": "webinar",
        "format_name": "Webinar",
        "state": "few",
        "state_name": "Few places left",
        "when": "Any time",
        "host": "Mexico City",
        "languages": "Spanish",
    }
    html = flat(render_to_string("_parts/activity_card.html", {"card": card}))
    assert text_of(html.replace("<", " <")) == (
        "Webinar Few places left La calle &lt;completa&gt; Any time Mexico City Spanish"
    )
    assert '<h3 class="activity-card-title"><a href="/activities/la-calle/" lang="es" dir="auto">' in html
    assert "<img" not in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_stand_without_a_request(name):
    html = render_to_string(f"{name}.html")
    assert html.count("<h1>") == 1
    assert f"Error {name[:3]}" in html
    assert 'class="button"' in html


def test_the_page_for_our_own_failure_needs_no_address_to_be_known():
    text = (TEMPLATES / "errors" / "500.html").read_text()
    assert "{% url" not in text
    assert "{% static" not in text


def test_pages_read_from_the_right_in_arabic():
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in render_to_string("404.html")
