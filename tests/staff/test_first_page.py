"""The desk's first page: every number on it leads to exactly the rows that it counts, for each role; and the first steps."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from accounts.roles import Role
from catalog.models import Activity, Session, Topic
from desk.attention import SHOWN, Card, Every, Line, Waiting
from outbox.models import Letter
from staff.attention import what_needs_attention
from staff.first_steps import JOBS
from tests import cast
from tests.doors.things import things_of

pytestmark = pytest.mark.django_db

CALL = {"joining_link": ""}


@pytest.fixture
def people() -> dict[str, User]:
    return {
        Role.SECRETARIAT: cast.secretary(),
        Role.COORDINATOR: cast.coordinator(cast.host("seoul")),
        Role.READER: cast.reader(),
        Role.REVIEWER: cast.with_role(Role.REVIEWER, cast.person("Rita Reviewer", member=False)),
    }


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fill(of: str, each: int) -> None:
    """So many of nearly everything that waits, at one host."""
    host = cast.host(of)
    for number in range(each):
        cast.activity(f"Draft {number} of {of}", host=host, published=False)
        activity = cast.activity(
            f"Bare {number} of {of}", host=host, certificate_rule="A certificate for all."
        )
        session = cast.session(activity, starts_in=timedelta(hours=5), **CALL)
        Session.objects.filter(pk=session.pk).update(places=1, places_taken=3)
        cast.speaker(activity, name=f"Speaker {number} of {of}", agreed=False)


def rows_behind(client: Client, address: str) -> int:
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    if "cl" in (answer.context or {}):
        return int(answer.context["cl"].result_count)
    if "card" in answer.context:
        pages = answer.context["lines"].paginator
        return sum(len(pages.page(number).object_list) for number in pages.page_range)
    if "board" in answer.context:
        return int(answer.context["page"].paginator.count)
    return len(answer.context["decisions"])


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.COORDINATOR, Role.READER, Role.REVIEWER])
def test_every_number_leads_to_exactly_the_rows_it_counts(people: dict[str, User], role: Role) -> None:
    things_of("seoul", "Seoul")
    fill("seoul", SHOWN + 1)
    fill("cairo", 2)
    Topic.objects.create(slug="bare", name_en="Bare", position=90)
    letters = list(Letter.objects.values_list("pk", flat=True))
    Letter.objects.filter(pk__in=letters[:2]).update(state=Letter.State.FAILED)
    Letter.objects.filter(pk__in=letters[2:3]).update(
        state=Letter.State.WAITING, written_at=timezone.now() - timedelta(hours=1)
    )
    client = signed_in(people[role])
    counted = 0
    for card in what_needs_attention(people[role]):
        if card.count:
            counted += 1
            assert rows_behind(client, f"{reverse('admin:waiting')}?what={card.name}") == card.count, (
                card.name
            )
            if card.leads_to_all:
                assert rows_behind(client, card.all_address) == card.count, card.name
        for line in card.lines:
            if line.count is not None:
                counted += 1
                assert rows_behind(client, line.address) == line.count, line.title
    assert counted >= {Role.SECRETARIAT: 9, Role.COORDINATOR: 8, Role.READER: 8, Role.REVIEWER: 0}[role]


def test_a_coordinator_counts_what_is_theirs_alone(people: dict[str, User]) -> None:
    fill("seoul", 2)
    fill("cairo", 3)
    numbers = {card.name: card.count for card in what_needs_attention(people[Role.COORDINATOR])}
    whole = {card.name: card.count for card in what_needs_attention(people[Role.SECRETARIAT])}
    for name in ("coming", "links", "overbooked", "drafts", "promises", "speakers"):
        assert (numbers[name], whole[name]) == (2, 5), name


def test_it_costs_the_same_whatever_there_is(people: dict[str, User]) -> None:
    client = signed_in(people[Role.SECRETARIAT])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:index"))
        return len(queries)

    client.get(reverse("admin:index"))
    fill("seoul", SHOWN + 1)
    few = asked()
    fill("cairo", SHOWN + 1)
    assert asked() == few


def test_a_session_of_tomorrow_without_a_link_leads_to_where_one_is_given(people: dict[str, User]) -> None:
    def session(**of: Any) -> Session:
        starts = of.pop("starts_in", timedelta(hours=30))
        link = of.pop("joining_link", "")
        return cast.session(
            cast.activity("Soon", host=cast.host("seoul"), **of), starts_in=starts, joining_link=link
        )

    bare = session()
    session(joining_link="https://example.org/call")
    session(format=Activity.Format.IN_PERSON_PROGRAM)
    session(published=False)
    session(starts_in=timedelta(hours=50))
    for role, page in (
        (Role.COORDINATOR, f"{reverse('admin:catalog_session_rescheduling')}?ids={bare.pk}"),
        (Role.READER, reverse("admin:catalog_session_change", args=[bare.pk])),
    ):
        [card] = [card for card in what_needs_attention(people[role]) if card.name == "links"]
        assert [line.address for line in card.lines] == [page]
        assert signed_in(people[role]).get(page).status_code == 200


def test_where_nothing_waits_the_page_says_so(people: dict[str, User]) -> None:
    page = signed_in(people[Role.REVIEWER]).get(reverse("admin:index")).text
    assert "Nothing waits for you. What comes up will stand here." in page
    cast.activity("A draft", host=cast.host("seoul"), published=False)
    page = signed_in(people[Role.COORDINATOR]).get(reverse("admin:index")).text
    assert "Nothing waits for you" not in page
    assert "Nothing is overbooked." in page


def test_a_number_that_is_gone_or_not_for_this_person_leads_back(people: dict[str, User]) -> None:
    client = signed_in(people[Role.REVIEWER])
    for what in ("drafts", "nothing-of-the-kind", ""):
        answer = client.get(f"{reverse('admin:waiting')}?what={what}")
        assert (answer.status_code, answer["Location"]) == (302, reverse("admin:index"))


def test_lines_of_several_kinds_are_one_list_for_a_page_by_itself() -> None:
    def line(row: int) -> Line:
        return Line("", str(row))

    every = Every([Waiting(range(3), line), Waiting(range(10, 14), line)])
    assert len(every) == 7
    assert [line.title for line in every[0:7]] == ["0", "1", "2", "10", "11", "12", "13"]
    assert [line.title for line in every[2:4]] == ["2", "10"]
    assert [line.title for line in every[4:9]] == ["11", "12", "13"]
    assert Card("Title", "Nothing").count == 0


# First steps


def links_of(html: str) -> Iterator[str]:
    main = html[html.index('id="content-main"') : html.index('id="footer"')]
    return (address.replace("&amp;", "&") for address in re.findall(r'href="(/[^"]*)"', main))


@pytest.mark.parametrize("role", Role)
def test_each_link_of_the_first_steps_opens_for_who_sees_it(people: dict[str, User], role: Role) -> None:
    client = signed_in(people[role])
    page = client.get(reverse("admin:first_steps"))
    assert page.status_code == 200
    links = set(links_of(page.text))
    assert {address: code for address in links if (code := client.get(address).status_code) != 200} == {}
    titles = [job.title for job in JOBS if escape(str(job.title)) in page.text]
    expected = {Role.SECRETARIAT: len(JOBS), Role.COORDINATOR: 13, Role.READER: 4, Role.REVIEWER: 2}
    assert len(titles) == expected[role], titles
    assert reverse("admin:first_steps") in client.get(reverse("admin:index")).text


def test_what_is_done_is_read_from_what_is_true(people: dict[str, User]) -> None:
    host, client = cast.host("seoul"), signed_in(people[Role.COORDINATOR])
    type(host).objects.filter(pk=host.pk).update(about_en="", about="")

    def done() -> dict[str, bool]:
        steps = client.get(reverse("admin:first_steps")).context["steps"]
        return {step.title: step.is_done for step in steps}

    words = f"Give the page of {host.name} its words"
    assert done()[words] is False
    assert done()["Set up a passkey, or an app that shows codes"] is True
    type(host).objects.filter(pk=host.pk).update(about_en="We teach.")
    assert done()[words] is True
    texts = client.get(reverse("admin:first_steps")).text
    assert "You work for your own hosts." in texts
    assert words not in signed_in(people[Role.SECRETARIAT]).get(reverse("admin:first_steps")).text
