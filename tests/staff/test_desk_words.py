"""The words of the desk are as well kept as the public ones: no sentence of the library that it is built with, which calls
everything an object, and on every page a line that says what it is for."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, reverse
from django.utils.text import capfirst
from django.utils.translation import override

from accounts.models import User
from catalog.models import Topic
from desk.purposes import LONGEST
from desk.translations import LANGUAGES
from merging.models import Merge
from tests import cast
from tests.doors.things import things_of

pytestmark = pytest.mark.django_db

# What Django, auditlog and import-export say. Each stood on a page of the desk once.
STOCK = {
    "en": (
        r"\bSelect .+ to (change|view)\b",
        r"\bsuccessfully\b",
        r"\bCan (add|change|delete|view) ",
        r"\bAdd another\b",
        r"\b(this|selected|all) objects?\b",
        r" object \(\d+\)",
        r"\b(Change|View|Delete) selected\b",
        r"\badministration$",
        r"\bAre you sure\b|I’m sure|take me back",
        r"^(Change|View) (activity|session|person|host|organization|topic|letter|registration)$",
        r"^(Home|Groups|Log entries|Lookup|Model name|View on site|Authentication and Authorization)$",
        r"\bStart typing\b|\bToggle ",
        r"^session \d+$",
    ),
    "fr": (
        r"\b(cet|ces|les|un) objets?\b|[Ll][’']objet ",
        r"avec succès",
        r"^(Modification|Affichage|Ajout) de ",
        r"^Ajouter [a-zé]+$",
        r"sûr",
    ),
    "es": (r"\bobjetos?\b", r"correctamente|con éxito", r"^(Modificar|Vista|Añadir) [a-zé]+$", r"seguro"),
}
# Of these there is no page that somebody reads, or it is a letter or a question, which says by itself what it is for.
WITHOUT_A_LINE = {
    "login", "logout", "password_change", "autocomplete", "jsi18n",
    "hubs_agreement_report_xlsx", "hubs_agreement_station_xlsx", "outbox_letter_look",
}  # fmt: skip
NOT_MADE = {Merge}  # by things_of(): it would take one of them away
# The same of whatever thing it is. A merge of people is like one of organizations.
SAID_OF_ALL = ("_delete", "_history", "_export", "_still-right", "_merge")


def texts_of(html: str) -> list[str]:
    """What is read, and what is said of pictures, fields and buttons."""
    body = re.sub(r"<(script|style|svg|textarea)\b.*?</\1>", "", html, flags=re.DOTALL)
    said = re.findall(r'\b(?:title|aria-label|placeholder|alt|value)="([^"]*)"', body)
    said += [unescape(text) for text in re.findall(r'data-inline-formset="([^"]*)"', body)]
    return [" ".join(unescape(text).split()) for text in [*re.split(r"<[^>]+>", body), *said] if text.strip()]


def heading_of(html: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert found, "a page without a heading"
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


def addresses() -> Iterator[tuple[str, str]]:
    """Every list, form, question and history, with a thing on it; and what heads it, where that is the thing."""
    for model, desk in admin.site._registry.items():
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{stem}_changelist"), capfirst(str(model._meta.verbose_name_plural))
        yield reverse(f"{stem}_add"), ""
        request = RequestFactory().get("/")
        request.user = User(is_superuser=True)
        thing = desk.get_queryset(request).order_by("pk").first()
        if thing is None:
            assert model in NOT_MADE, f"there is no {model.__name__} to look at"
            continue
        yield reverse(f"{stem}_change", args=[thing.pk]), getattr(desk, "name_of")(thing)  # noqa: B009 - of DeskPages
        for page in ("history", "delete"):
            yield reverse(f"{stem}_{page}", args=[thing.pk]), ""
        for step in getattr(desk, "steps", ()):
            yield step.address(desk, [thing.pk]), ""
    for name in ("index", "search", "catalog_session_calendar", "outbox_letter_coming"):
        yield reverse(f"admin:{name}"), ""
    for label in ("catalog", "auth", "outbox", "auditlog"):
        yield reverse("admin:app_list", args=[label]), ""


@pytest.fixture
def secretary() -> Client:
    things_of("seoul", "Seoul")
    client = Client()
    client.force_login(cast.secretary())
    return client


# The sentences are the same in code: what stands in the other languages is looked at with the long ones.
@pytest.mark.parametrize(
    "language", ["en", *(pytest.param(code, marks=pytest.mark.long) for code in LANGUAGES if code != "en")]
)
def test_no_page_of_the_desk_shows_a_sentence_of_the_library(secretary: Client, language: str) -> None:
    found, wrong, mute, seen = {}, {}, [], 0
    with override(language):
        for address, heading in addresses():
            answer = secretary.get(address)
            if answer.status_code != 200:
                continue
            seen += 1
            if answer.text.count('<p class="desk-purpose">') != 1:
                mute.append(address)
            texts = texts_of(answer.text)
            if stock := [text for text in texts for rule in STOCK[language] if re.search(rule, text)]:
                found[address] = stock
            crumbs = re.findall(r'<ol class="breadcrumbs">(.*?)</ol>', answer.text, re.DOTALL)
            places = [text for crumb in crumbs for text in texts_of(crumb)]
            if (heading and heading_of(answer.text) != heading) or len(places) != len(set(places)):
                wrong[address] = [heading_of(answer.text), *places]
    assert found == {}
    assert wrong == {}, "headed by something else than what is on it, or one place twice on the way to it"
    assert mute == [], "nothing says what the page is for"
    assert seen > 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_saved_and_deleted_is_told_in_plain_words(secretary: Client, language: str) -> None:
    topic = Topic.objects.create(slug="odd", name_en="Odd", name_fr="Odd", name_es="Odd", position=99)
    with override(language):
        page = reverse("admin:catalog_topic_change", args=[topic.pk])
        typed = secretary.get(page).context["adminform"].form.initial
        answer: Any = secretary.post(
            page, {name: value or "" for name, value in typed.items()} | {"_save": "1"}, follow=True
        )
        told = [str(message) for message in answer.context["messages"]]
        gone: Any = secretary.post(
            reverse("admin:catalog_topic_delete", args=[topic.pk]), {"post": "yes"}, follow=True
        )
        told += [str(message) for message in gone.context["messages"]]
    assert len(told) == 2
    assert all("Odd" in text for text in told)
    assert [text for text in told for pattern in STOCK[language] if re.search(pattern, text)] == []


@pytest.mark.parametrize("language", [*LANGUAGES, "ar"])
def test_every_list_says_in_a_line_what_it_is_for_and_how_one_adds_to_it(language: str) -> None:
    with override(language):
        for model, desk in admin.site._registry.items():
            purpose = str(getattr(desk, "purpose", ""))
            assert 20 < len(purpose) <= LONGEST, f"{model.__name__} says nothing, or too much: {purpose}"
            assert not purpose.lower().startswith(str(model._meta.verbose_name_plural).lower()), purpose
            may_be_added = type(desk).has_add_permission is admin.ModelAdmin.has_add_permission
            assert str(getattr(desk, "adds", "")) or not may_be_added, f"{model.__name__} has no button"


def pages_of(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from pages_of(pattern.url_patterns)
        elif pattern.name:
            yield pattern


def shut() -> set[str]:
    """Pages that open for nobody, by the table of doors."""
    looks: dict[str, set[str]] = {}
    for row in csv.reader(Path("tests/doors/table.csv").read_text().splitlines()):
        looks.setdefault(row[0].removeprefix("admin:"), set()).add(row[2])
    return {name for name, who in looks.items() if who == {"none"}}


@pytest.mark.parametrize("language", [*LANGUAGES, "ar"])
def test_every_page_says_what_it_is_for(language: str) -> None:
    exempt = WITHOUT_A_LINE | shut() | {"index", "app_list"}  # these two say it in their own words
    with override(language):
        lines = {
            pattern.name: str(getattr(pattern.callback, "purpose", ""))
            for pattern in pages_of(admin.site.get_urls())
            if pattern.name not in exempt
        }
    assert {name: line for name, line in lines.items() if not 20 < len(line) <= LONGEST} == {}
    assert len(lines) > 120
    own = Counter(line for name, line in lines.items() if not str(name).endswith(SAID_OF_ALL))
    assert [line for line, times in own.items() if times > 1] == [], "of two pages the same"


def test_who_reads_arabic_has_the_desk_in_arabic(secretary: Client) -> None:
    answer = secretary.get("/ar/admin/catalog/topic/?q=night")
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl"' in answer.content.decode()
