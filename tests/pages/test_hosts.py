"""What visitors see of centers, hubs and members: the same for everybody, at a fixed number of queries."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from hubs import actions
from pages.utc_offset import offset_of
from tests import cast
from tests.hubs.agreements import END, START, contact, noon, session_on, signed
from tests.kept import forget_pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    forget_pages()


def fill(slug: str, how_much: int) -> None:
    """A host with an agreement running today, and so much of everything."""
    host, now = cast.host(slug), timezone.now()
    host.organization = cast.organization(host.city)
    host.save()
    begins = now.date() - timedelta(days=500)
    for term in reversed(range(how_much)):
        starts_on = begins - timedelta(days=1100 * term)
        agreement = signed(host, starts_on=starts_on, ends_on=starts_on + timedelta(days=1000))
        for number in range(how_much):
            agreement.parties.create(
                name=f"Partner {number}", role="helps", organization=cast.organization(f"City {number}")
            )
            milestone = actions.add_milestone(
                agreement=agreement, kind="activity", title=f"Milestone {number}", due_on=END, by=None
            )
            actions.add_evidence(
                milestone=milestone, title="Report", link="https://e.example", is_public=True, by=None
            )
    for number in range(how_much):
        actions.add_research_work(
            host=host,
            by=None,
            title=f"Work {number}",
            authors="Li, W.",
            year=2026,
            language="en",
            link="https://w.example",
        )
        cast.session(cast.activity(f"Coming {number}", host=host))
        past = session_on(host, (now - timedelta(days=30 + number)).date(), people=1)
        cast.register(
            past,
            cast.person(f"Official {number}", organization=host.organization),
            now=now - timedelta(days=60),
        )
    forget_pages()


PAGES = {
    "/centers/": 5,
    "/centers/seoul/": 9,
    "/hubs/": 7,
    "/hubs/chengdu/": 15,
    "/members/": 1,
    "/members/seoul/": 8,
}


@pytest.mark.parametrize("how_much", [1, 3])
def test_a_page_costs_the_same_whatever_there_is(client, django_assert_num_queries, how_much):
    for slug in ("seoul", "chengdu"):
        fill(slug, how_much)
    for address, queries in PAGES.items():
        forget_pages()
        with django_assert_num_queries(queries, info=address):
            assert client.get(address).status_code == 200
        with django_assert_num_queries(0, info=address):
            client.get(address)


def test_a_page_is_the_same_for_every_visitor_and_names_its_other_languages(client):
    for slug in ("seoul", "chengdu"):
        fill(slug, 1)
    for address in PAGES:
        first = client.get(address, headers={"user-agent": "One"})
        forget_pages()
        second = client.get(address, headers={"accept-language": "es", "user-agent": "Other"})
        assert first.content == second.content, address
        assert not first.cookies, address
        assert "csrf" not in first.text, address
        page = " ".join(first.text.split())
        for language in ("fr", "es"):
            assert f'hreflang="{language}" href="http://localhost:8000/{language}{address}"' in page


def test_unknown_and_wrong_addresses_are_not_found(client):
    cast.host("seoul"), cast.host("chengdu"), cast.host("secretariat-general")
    for address in (
        "/centers/nowhere/",
        "/centers/chengdu/",
        "/centers/secretariat-general/",
        "/hubs/seoul/",
        "/members/nowhere/",
    ):
        assert client.get(address).status_code == 404


# Centers


def test_a_center_tells_its_clock_without_scripts_and_leads_to_its_calendar(client):
    cast.session(cast.activity("Water in dense cities", host=cast.host("seoul")))
    page = client.get("/centers/seoul/").text
    assert re.search(r'<span[^>]*\sdata-now\s+data-zone="Asia/Seoul"\s*>\s*UTC\+9\s*</span>', page)
    assert "/activities/feed.ics?host=seoul" in page
    assert "Water in dense cities" in page
    calendar = client.get("/activities/feed.ics?host=seoul")
    assert "Water in dense cities" in calendar.text


@pytest.mark.parametrize(
    ("zone", "day", "offset"),
    [
        ("Asia/Seoul", date(2026, 7, 1), "UTC+9"),
        ("Asia/Tehran", date(2026, 7, 1), "UTC+3:30"),
        ("America/Mexico_City", date(2026, 7, 1), "UTC−6"),
        ("Europe/Madrid", date(2026, 7, 1), "UTC+2"),
        ("Europe/Madrid", date(2026, 12, 1), "UTC+1"),
        ("UTC", date(2026, 7, 1), "UTC"),
    ],
)
def test_an_offset_is_that_of_the_day(zone, day, offset):
    assert offset_of(zone, noon(day)) == offset


def test_the_centers_are_the_headquarters_and_the_regional_ones(client):
    for slug in ("secretariat-general", "seoul", "cairo", "chengdu"):
        cast.host(slug)
    page = client.get("/centers/")
    assert [center.host.slug for center in page.context["centers"]] == ["cairo", "seoul"]


# Hubs


def test_a_hub_tells_its_theme_its_term_and_its_public_promises(client):
    now = timezone.now()
    hub = cast.host("chengdu")
    agreement = signed(hub, starts_on=now.date() - timedelta(days=100))
    agreement.parties.create(name="Planning Institute", role="gives experts")
    agreement.parties.create(name="Silent Donor", role="pays", is_public=False)
    due = now.date() + timedelta(days=100)
    facts = {"agreement": agreement, "kind": "activity", "due_on": due, "by": None}
    actions.add_milestone(title="Two webinars", promised=2, **facts)
    actions.add_milestone(title="A quiet aim", is_public=False, **facts)
    waived = actions.add_milestone(title="Given up", **facts)
    actions.waive(milestone=waived, reason="No time.", by=cast.superuser())
    session_on(hub, now.date() - timedelta(days=10))
    page = client.get("/hubs/chengdu/").text
    assert "Green communities" in page
    assert "Two webinars" in page
    assert "1 of 2 activities held" in page
    assert "Planning Institute" in page
    for hidden in ("A quiet aim", "Given up", "Silent Donor"):
        assert hidden not in page
    assert "0 of 1 promise delivered" in client.get("/hubs/").text


@pytest.mark.django_db(transaction=True)
def test_the_list_of_hubs_counts_the_promises_that_are_met(client):
    hub = cast.host("chengdu")
    day = timezone.now().date()
    agreement = signed(hub, starts_on=day - timedelta(days=100))
    for promised in (1, 2):
        actions.add_milestone(
            agreement=agreement, kind="activity", title="Webinars", promised=promised, due_on=END, by=None
        )
    assert "0 of 2 promises delivered" in client.get("/hubs/").text
    session_on(hub, day - timedelta(days=10))
    assert "1 of 2 promises delivered" in client.get("/hubs/").text


def test_only_public_evidence_is_linked(client):
    agreement = signed(cast.host("chengdu"), starts_on=timezone.now().date() - timedelta(days=100))
    milestone = actions.add_milestone(
        agreement=agreement, kind="activity", title="Two webinars", due_on=END, by=None
    )
    for title, is_public in (("Open report", True), ("Inner note", False)):
        actions.add_evidence(
            milestone=milestone, title=title, link="https://e.example", is_public=is_public, by=None
        )
    page = client.get("/hubs/chengdu/").text
    assert "Open report" in page
    assert "Inner note" not in page


def test_drafts_are_not_public(client):
    hub = cast.host("chengdu")
    first = signed(hub, starts_on=timezone.now().date() - timedelta(days=100), theme="Green communities")
    renewal = actions.renew(agreement=first, by=cast.superuser())
    renewal.theme = "A secret plan"
    renewal.save()
    for address in ("/hubs/", "/hubs/chengdu/"):
        assert "A secret plan" not in client.get(address).text


def test_people_who_are_contacts_appear_nowhere(client):
    agreement = signed(cast.host("chengdu"), starts_on=timezone.now().date() - timedelta(days=100))
    contact(agreement, "Wei Zhang")
    assert "Wei Zhang" not in client.get("/hubs/chengdu/").text
    assert "wei@hub.example" not in client.get("/hubs/chengdu/").text


def test_what_is_invented_says_so(client):
    signed(cast.host("chengdu"), starts_on=timezone.now().date() - timedelta(days=100), is_demonstration=True)
    for address in ("/hubs/", "/hubs/chengdu/"):
        assert "Demonstration data" in client.get(address).text


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_by_the_next_visitor(client):
    agreement = signed(cast.host("chengdu"), starts_on=timezone.now().date() - timedelta(days=100))
    assert "Two webinars" not in client.get("/hubs/chengdu/").text
    actions.add_milestone(agreement=agreement, kind="activity", title="Two webinars", due_on=END, by=None)
    assert "Two webinars" in client.get("/hubs/chengdu/").text


def test_research_works_are_cited_in_their_language(client):
    actions.add_research_work(
        host=cast.host("chengdu"),
        by=None,
        title="近零碳社区",
        authors="李伟",
        year=2026,
        language="zh",
        link="https://w.example",
    )
    page = client.get("/hubs/chengdu/").text
    assert 'lang="zh" dir="auto">近零碳社区</a>' in page
    assert "李伟 (2026). 近零碳社区. Metropolis Learning Hub Chengdu." in page


# Members


def test_a_member_took_part_in_what_is_over_and_people_never_appear(client):
    city = cast.organization("Dakar")
    seoul = cast.host("seoul")
    past = session_on(seoul, timezone.now().date() - timedelta(days=3), title_fr="Ville")
    coming = cast.session(cast.activity("A coming one", host=seoul))
    for session in (past, coming):
        cast.register(
            session, cast.person("Amina Diallo", organization=city), now=timezone.now() - timedelta(days=20)
        )
    page = client.get("/members/dakar/").text
    assert past.activity.title in page
    assert "A coming one" not in page
    assert "Amina" not in page


def test_a_member_shows_its_hosts_and_the_agreements_it_is_party_to(client):
    hub = cast.host("chengdu", organization=cast.organization("Chengdu"))
    agreement = signed(hub)
    agreement.parties.create(name="City of Dakar", role="partner", organization=cast.organization("Dakar"))
    assert hub.name in client.get("/members/chengdu/").text
    assert "Green communities" in client.get("/members/dakar/").text


def test_who_left_is_no_member(client):
    cast.organization("Dakar", member_until=START)
    cast.organization("Seoul")
    page = client.get("/members/").text
    assert "/members/seoul/" in page
    assert "Dakar" not in page
    assert client.get("/members/dakar/").status_code == 404


def test_members_stand_in_their_region(client):
    cast.organization("Dakar")
    cast.organization("Seoul", region="asia-pacific")
    regions = client.get("/members/").context["regions"]
    assert [(region["name"], [member.name for member in region["members"]]) for region in regions] == [
        ("Africa", ["Dakar"]),
        ("Asia-Pacific", ["Seoul"]),
    ]


@pytest.mark.parametrize("facts", [{"kind": "partner"}, {"member_until": START}])
def test_nothing_leads_to_the_page_of_who_has_none(client, facts):
    """A partner, or a member that left, is named; its page does not exist."""
    institute = cast.organization("Institute of Cities", **facts)
    hub = cast.host("chengdu", organization=institute)
    agreement = signed(hub, starts_on=timezone.now().date() - timedelta(days=100))
    agreement.parties.create(
        name="The Institute", role="gives experts", organization=institute, link="https://institute.example"
    )
    center = cast.host("cairo", organization=institute)
    assert client.get(f"/members/{institute.slug}/").status_code == 404
    for address in ("/hubs/", "/hubs/chengdu/", center.get_absolute_url()):
        page = client.get(address).text
        assert "Institute" in page
        assert f"/members/{institute.slug}/" not in page
    assert 'href="https://institute.example"' in client.get("/hubs/chengdu/").text


def test_history_of_which_only_the_year_is_told_stands_in_its_place(client):
    hub = cast.host("chengdu")
    cast.activity("Long ago", host=hub, held_note="Date not given")
    cast.activity("In 2022", host=hub, held_note="On the eve of COP27, so about October-November 2022")
    cast.activity("In 2021", host=hub, held_on=date(2021, 5, 20), held_until=date(2021, 5, 21))
    cast.activity("In 2023", host=hub, held_note="About 2022-2023")
    stops = client.get("/hubs/chengdu/").context["activities"].past_in_order
    assert [stop.title for stop in stops] == ["Long ago", "In 2021", "In 2022", "In 2023"]
