from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.local_days import midnights
from accounts.zones import every_zone
from catalog import actions as catalog_actions
from figures.report import year_report
from hubs import actions
from hubs.coverage import sessions_without_agreement
from hubs.delivered import Delivered, counted_agreements, counted_hosts, delivered
from hubs.models import Agreement, Host
from pages.host_activities import delivered_by
from registrations import actions as registration_actions
from tests import cast

from .agreements import END, START, noon, session_on, signed

pytestmark = pytest.mark.django_db

LATER = noon(date(2027, 1, 1))


def counted(agreement: Agreement, now=LATER) -> Delivered:
    return delivered(counted_agreements(Agreement.objects.filter(pk=agreement.pk), now=now).get())


def test_delivered_is_counted_from_what_was_held():
    hub = cast.host("chengdu")
    agreement = signed(hub)
    assert counted(agreement) == Delivered()
    first = session_on(hub, date(2025, 7, 1), people=2, hours=1.5)
    again = cast.person("Came Twice")
    cast.register(first, again, now=noon(date(2025, 6, 20)))
    second = session_on(hub, date(2025, 9, 1), activity=first.activity, people=1, hours=2)
    cast.register(second, again, now=noon(date(2025, 8, 20)))
    actions.add_research_work(
        host=hub, by=None, title="Atlas", authors="Li, W.", year=2026, language="zh", link="https://a.example"
    )
    # Neither of another host, nor called off, nor withdrawn.
    session_on(cast.host("cairo"), date(2025, 7, 1), people=1)
    called_off = session_on(hub, date(2025, 10, 1), people=1)
    registration_actions.cancel_session(
        session=called_off, reason="Flood.", by=cast.secretary(), now=noon(date(2025, 9, 1))
    )
    withdrawn = session_on(hub, date(2025, 11, 1), people=1)
    catalog_actions.withdraw(activity=withdrawn.activity, by=None)

    assert counted(agreement) == Delivered(
        published=1,
        activities=1,
        sessions=2,
        registered_before=4,
        minutes=210,
        countries_registered=1,
        research_works=1,
    )
    assert counted(agreement).hours == 3


def test_what_is_to_come_is_published_and_not_yet_held():
    hub = cast.host("chengdu")
    agreement = signed(hub)
    session = session_on(hub, date(2026, 5, 1), people=1)
    before, after = session.ends_at - timedelta(minutes=1), session.ends_at
    assert (counted(agreement, before).published, counted(agreement, before).activities) == (1, 0)
    assert (counted(agreement, after).sessions, counted(agreement, after).participants) == (1, 1)


def test_the_first_and_the_last_day_belong_to_it_on_the_hosts_clock():
    """04:00 UTC is noon in Chengdu; 17:00 UTC is already the day after."""
    hub = cast.host("chengdu")
    agreement = signed(hub)
    now = noon(date(2029, 1, 1))
    for day in (START, END):
        session_on(hub, day)
    session_on(hub, START - timedelta(days=1))
    session_on(hub, END + timedelta(days=1))
    late = cast.activity("After midnight there", host=hub)
    cast.session(late, starts_at=noon(END, hour=17))
    assert counted(agreement, now).sessions == 2


def test_history_known_to_the_day_counts_as_held():
    hub = cast.host("chengdu")
    agreement = signed(hub)
    cast.activity("Park City", host=hub, held_on=date(2025, 8, 20), source="a page")
    cast.activity("Long before", host=hub, held_on=date(2021, 5, 20), source="a page")
    assert counted(agreement) == Delivered(published=1, activities=1)


def test_a_review_counts_as_one():
    agreement = signed()
    facts = {"held_on": date(2026, 10, 1), "outcome": "as_planned", "findings": "All well."}
    actions.record_review(agreement=agreement, by=cast.superuser(), now=LATER, **facts)
    assert counted(agreement).reviews == 1


def test_many_agreements_are_counted_in_two_queries(django_assert_num_queries):
    for slug in ("chengdu", "cairo", "seoul"):
        signed(cast.host(slug))
        session_on(cast.host(slug), date(2025, 7, 1), people=1)
    with django_assert_num_queries(2):  # when their days begin, by our own table of zones; then all else
        participants = [
            delivered(row).participants for row in counted_agreements(Agreement.objects.all(), now=LATER)
        ]
    assert participants == [1, 1, 1]


def test_a_year_is_counted_for_hosts_without_agreements_too():
    session_on(cast.host("cairo"), date(2025, 12, 31), people=1)
    session_on(cast.host("cairo"), date(2026, 1, 1), people=3)
    rows = counted_hosts(
        Host.objects.filter(slug="cairo"), first=date(2025, 1, 1), last=date(2025, 12, 31), now=LATER
    )
    assert [delivered(row).participants for row in rows] == [1]


# Without an agreement


def test_sessions_are_flagged_whose_host_has_no_agreement_on_their_day():
    hub, now = cast.host("chengdu"), noon(START)
    signed(hub, now=noon(START - timedelta(days=1)))
    covered = session_on(hub, END)
    uncovered = session_on(hub, END + timedelta(days=1))
    session_on(cast.host("secretariat-general"), END + timedelta(days=1))  # needs none
    called_off = session_on(hub, END + timedelta(days=2))
    registration_actions.cancel_session(session=called_off, reason="Flood.", by=cast.secretary(), now=now)
    assert covered not in sessions_without_agreement(now)
    assert list(sessions_without_agreement(now)) == [uncovered]
    assert list(sessions_without_agreement(uncovered.ends_at)) == []


def test_a_draft_is_no_agreement_behind_an_activity():
    hub = cast.host("chengdu")
    agreement = signed(hub)
    uncovered = session_on(hub, END + timedelta(days=1))
    renewal = actions.renew(agreement=agreement, by=cast.superuser(), now=noon(START))
    assert list(sessions_without_agreement(noon(START))) == [uncovered]
    actions.sign(agreement=renewal, by=cast.superuser(), now=noon(START))
    assert list(sessions_without_agreement(noon(START))) == []


def test_what_was_held_today_counts_where_the_day_has_begun_before_ours():
    """At 22:00 UTC it is tomorrow in Seoul; a session of that morning is over."""
    seoul = cast.host("seoul")
    now = noon(date(2026, 5, 4), hour=22)
    session = cast.session(
        cast.activity("Early class", host=seoul),
        starts_at=noon(date(2026, 5, 4), hour=20),
        lasts=timedelta(hours=1),
    )
    assert session.starts_at.astimezone(seoul.zone).date() == date(2026, 5, 5)
    assert delivered_by([seoul], now)[seoul.pk].sessions == 1
    assert delivered_by([seoul], now - timedelta(hours=1, minutes=30))[seoul.pk].sessions == 0


# Whose days


@pytest.fixture
def chengdu_an_hour_ahead(monkeypatch):
    """Our table differs from PostgreSQL's: where that sees 23:30 in Chengdu, ours sees 00:30 of the day after."""
    midnights.cache_clear()
    monkeypatch.setitem(every_zone(), "Asia/Shanghai", ZoneInfo("Asia/Tokyo"))
    yield cast.host("chengdu")
    midnights.cache_clear()


def half_past_eleven(hub: Host, day: date):
    """In the evening by PostgreSQL's table."""
    at = noon(day, hour=15) + timedelta(minutes=30)
    return cast.session(cast.activity(f"Late on {day}", host=hub), starts_at=at, lasts=timedelta(minutes=20))


def test_days_are_those_of_the_stations_own_table(chengdu_an_hour_ahead):
    hub, now = chengdu_an_hour_ahead, noon(date(2029, 1, 1))
    agreement = signed(hub)
    half_past_eleven(hub, START - timedelta(days=1))
    last = half_past_eleven(hub, END)
    assert counted(agreement, now).sessions == 1
    assert list(sessions_without_agreement(noon(START))) == [last]
    for first, last_day in ((START, START), (END + timedelta(days=1), END + timedelta(days=1))):
        rows = counted_hosts(Host.objects.filter(pk=hub.pk), first=first, last=last_day, now=now)
        assert delivered(rows.get()).sessions == 1
    assert [line.title for line in year_report(hub, 2028, now=now).sessions] == [f"Late on {END}"]


def test_postgresql_is_asked_for_no_day(client):
    hub = cast.host("chengdu")
    signed(hub)
    session_on(hub, START, people=1)
    client.force_login(cast.superuser())
    with CaptureQueriesContext(connection) as asked:
        for address in ("/hubs/", f"/hubs/{hub.slug}/", "/admin/", "/admin/hubs/agreement/"):
            assert client.get(address).status_code == 200, address
        year_report(hub, 2025, now=LATER)
    sql = " ".join(query["sql"].lower() for query in asked.captured_queries)
    assert "hubs_agreement" in sql
    assert "timezone(" not in sql
