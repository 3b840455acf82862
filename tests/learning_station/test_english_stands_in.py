"""Where a text has no words in the language of the page, English stands in for it, and the page says so: by `lang`, and
by `dir` for pages that run from right to left. The texts made here begin with “Qz” in English and are not translated.
"""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from catalog.models import Activity, Material, Meeting, Session
from hubs import actions
from hubs.models import Host, Party
from registrations.actions import cancel_session
from tests import cast
from tests.hubs import agreements

pytestmark = pytest.mark.django_db

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# A page's title is one text; what is for the eye only is hidden from readers; data has languages of its own.
SKIPPED = {"title", "script", "style", "svg"}


class Reader(HTMLParser):
    """Reads a page as a screen reader does: each text with the language, and the direction, it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, str]] = []
        self.said: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute twice: {tag} {attrs}"
        language, direction = self.open[-1][1:] if self.open else ("", "")
        here = (given.get("lang") or language, given.get("dir") or ("auto" if tag == "bdi" else direction))
        for name in ("alt", "aria-label", "placeholder"):
            if given.get(name):
                self.said.append((str(given[name]), *here))
        if tag not in VOID:
            self.open.append((tag, *here))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not SKIPPED & {tag for tag, _language, _direction in self.open}:
            self.said.append((data.strip(), *self.open[-1][1:]))


def heard(html: str) -> list[tuple[str, str, str]]:
    reader = Reader()
    reader.feed(html)
    # A name within a sentence (“The center in Cairo”) belongs to the sentence, which is in the page's own language.
    return [spoken for spoken in reader.said if re.match(r"\W*Qz", spoken[0])]


@pytest.fixture
def hub() -> Host:
    """A hub and all that belongs to it, in English only."""
    in_english = {"name": "Qz hub", "about": "Qz about the hub.", "region_served": "Qz region"}
    host = cast.host("chengdu", organization=cast.organization(), city="Chengdu", **in_english)
    agreement = agreements.signed(
        host, theme="Qz theme", summary="Qz summary", starts_on=timezone.now().date() - timedelta(days=30)
    )
    Party.objects.create(agreement=agreement, name="A partner", role="Qz role of a partner")
    milestone = actions.add_milestone(
        agreement=agreement,
        kind="curriculum",
        title="Qz promise",
        due_on=timezone.now().date(),
        by=None,
    )
    actions.add_evidence(
        milestone=milestone, title="Qz evidence", link="https://example.org/", is_public=True, by=None
    )
    return host


@pytest.fixture
def center() -> Host:
    host = cast.host(
        "cairo", name="Qz center", about="Qz about it.", region_served="Qz region", city="Qz city"
    )
    agreements.signed(host, theme="Qz terms", starts_on=timezone.now().date() - timedelta(days=30))
    return host


@pytest.fixture
def activity(hub: Host) -> Activity:
    topic = cast.topic("Qz topic")
    activity = cast.activity(
        "Qz title",
        host=hub,
        summary="Qz in short",
        description="Qz at length.",
        certificate_rule="Qz rule",
        topics=[topic],
        slug="only-english",
    )
    cast.speaker(activity, role_en="Qz speaker")
    Material.objects.create(activity=activity, title="Qz map", link="https://example.org/")
    Material.objects.create(
        activity=activity, title="Qz slides", link="https://example.org/", shown_to="participants"
    )
    session = cast.session(activity, label="Qz edition", venue="Qz hall")
    Meeting.objects.filter(session=session).update(title_en="Qz meeting")
    over = cast.session(activity, label="Qz last edition", starts_at=timezone.now() - timedelta(days=9))
    assert over.ends_at < timezone.now()
    neighbor = cast.activity("Qz neighbor", host=hub, topics=[topic], summary="Qz beside")
    cast.session(neighbor)
    return activity


def pages(activity: Activity) -> dict[str, set[str]]:
    """Each page, and what of it must be heard at least."""
    hub = activity.host
    assert hub is not None
    return {
        reverse("home"): {"Qz title", "Qz topic", "Qz hub"},
        reverse("catalog:activities") + "?topic=qz-topic&host=chengdu": {
            "Qz title",
            "Qz in short",
            "Qz topic",
            "Qz hub",
        },
        activity.get_absolute_url(): {
            *("Qz title", "Qz in short", "Qz at length.", "Qz topic", "Qz hub", "Qz speaker"),
            *("Qz map", "Qz slides", "Qz edition", "Qz last edition", "Qz hall", "Qz meeting", "Qz neighbor"),
        },
        reverse("pages:hubs"): {"Qz hub", "Qz theme", "Qz summary"},
        hub.get_absolute_url(): {
            *("Qz hub", "Qz about the hub.", "Qz theme", "Qz summary", "Qz region", "Qz promise"),
            *("Qz evidence", "Qz role of a partner", "Qz title", "Qz last edition"),
        },
        reverse("pages:member", args=["dakar"]): {"Qz hub", "Qz theme"},
    }


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_each_page_says_where_english_stands_in(client: Client, activity: Activity, language: str) -> None:
    with translation.override(language):
        for address, wanted in pages(activity).items():
            said = heard(client.get(address).content.decode())
            assert wanted <= {text for text, _language, _direction in said}, address
            assert {language for _text, language, _direction in said} == {"en"}, (address, said)
            assert {direction for _text, _language, direction in said} == {"auto"}, (address, said)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_centers_say_it_too(client: Client, center: Host, language: str) -> None:
    with translation.override(language):
        for address in (reverse("pages:centers"), center.get_absolute_url(), reverse("home")):
            said = heard(client.get(address).content.decode())
            assert "Qz city" in {text for text, _language, _direction in said}, address
            assert {text[1:] for text in said} == {("en", "auto")}, (address, said)


def test_in_english_nothing_is_marked(client: Client, activity: Activity) -> None:
    for address in pages(activity):
        assert {language for _text, language, _direction in heard(client.get(address).content.decode())} == {
            "en"
        }
        assert '<span lang="en" dir="auto">Qz' not in client.get(address).content.decode()


def test_a_text_that_is_there_is_not_marked(client: Client, activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(title_fr="Titre", summary_fr="")
    with translation.override("fr"):
        page = client.get(reverse("catalog:activities")).content.decode()
    assert "Titre" in page
    said = heard(page)
    assert ("Qz in short", "en", "auto") in said
    assert "Qz title" not in {text for text, _language, _direction in said}


def test_the_feed_says_it_of_its_titles(client: Client, activity: Activity) -> None:
    Activity.objects.filter(slug__startswith="qz-neighbor").update(title_fr="Voisin")
    with translation.override("fr"):
        feed = ElementTree.fromstring(client.get(reverse("pages:feed_atom")).content)
    atom = "{http://www.w3.org/2005/Atom}"
    titles = {
        entry.findtext(f"{atom}title"): entry.find(f"{atom}title").get(  # type: ignore[union-attr]
            "{http://www.w3.org/XML/1998/namespace}lang"
        )
        for entry in feed.iter(f"{atom}entry")
    }
    assert titles == {"Qz title": "en", "Voisin": None}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_ones_own_pages_say_it(activity: Activity, language: str) -> None:
    person = cast.person()
    session = Session.objects.get(activity=activity, label_en="Qz edition")
    client = Client()
    client.force_login(person)
    with translation.override(language):
        register = reverse("registrations:register", args=[session.pk])
        assert_marked(client, register, {"Qz title", "Qz edition"})
        registration = cast.register(session, person)
        assert_marked(client, registration.get_absolute_url(), {"Qz title", "Qz edition"})
        assert_marked(client, reverse("me:overview"), {"Qz title", "Qz edition", "Qz hub"})
        cancel_session(session=session, reason="Qz reason", by=cast.secretary())
        assert_marked(client, activity.get_absolute_url(), {"Qz reason"})


def assert_marked(client: Client, address: str, wanted: set[str]) -> None:
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    said = heard(answer.content.decode())
    assert wanted <= {text for text, _language, _direction in said}, (address, said)
    assert {text[1:] for text in said} == {("en", "auto")}, (address, said)
