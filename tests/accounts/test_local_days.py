"""Local days are decided by the station's own table of time zones, also where SQL asks for them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from accounts.local_days import day_of, on_or_after, on_or_before
from accounts.zones import every_zone
from catalog import actions as catalog_actions
from catalog.models import Session
from tests import cast

pytestmark = pytest.mark.django_db

# With a day that begins an hour late, one that has two midnights, and the farthest clocks.
ZONES = (
    "Africa/Cairo",
    "Atlantic/Azores",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kolkata",
    "Etc/GMT+12",
)
DAYS = (date(2026, 4, 24), date(2026, 10, 25), date(2027, 3, 14))


def test_sql_and_python_agree_around_every_midnight():
    activity = cast.activity()
    sessions = []
    for day in DAYS:
        for zone in ZONES:
            midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
            for minutes in (-61, -1, 0, 59, 60, 24 * 60):
                at = midnight + timedelta(minutes=minutes)
                sessions.append(
                    Session(activity=activity, timezone=zone, starts_at=at, ends_at=at + timedelta(hours=1))
                )
    Session.objects.bulk_create(sessions)
    sessions = list(Session.objects.all())
    for day in DAYS:
        for rule, agrees in ((on_or_after, date.__ge__), (on_or_before, date.__le__)):
            by_sql = set(Session.objects.filter(rule(F("starts_at"), F("timezone"), day)))
            by_python = {
                session
                for session in sessions
                if agrees(session.starts_at.astimezone(session.zone).date(), day)
            }
            assert by_sql == by_python


def test_postgresql_is_asked_for_no_day_of_any_zone(client):
    cast.session()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for address in (
            "/activities/?from=2026-12-01&until=2027-01-31",
            "/activities/?when=past&from=2020-01-01",
        ):
            assert client.get(address).status_code == 200
        catalog_actions.refresh(activity=cast.activity(held_on=date(2020, 1, 1)))
    sql = " ".join(query["sql"].lower() for query in asked.captured_queries)
    assert "timestamptz" in sql
    assert "timezone(" not in sql
    assert "at time zone" not in sql


@pytest.mark.parametrize(
    ("until", "zone", "over"),
    [
        (None, "Atlantic/Azores", datetime(2026, 10, 25, 0, 0, tzinfo=UTC)),  # the first of two midnights
        (date(2026, 10, 25), "Atlantic/Azores", datetime(2026, 10, 26, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), "Asia/Kathmandu", datetime(2026, 10, 25, 18, 15, tzinfo=UTC)),
    ],
)
def test_history_is_over_with_its_last_day_on_the_hosts_clock(until, zone, over):
    host = cast.host("mexico-city", timezone=zone)
    past = cast.activity(host=host, held_on=date(2026, 10, 24), held_until=until)
    assert past.ends_at == over


def test_a_clock_is_held_once_for_all_its_names():
    assert every_zone()["Asia/Calcutta"] is every_zone()["Asia/Kolkata"]


@pytest.mark.parametrize(
    "now", [datetime(2026, 12, 31, 11, 30, tzinfo=UTC), datetime(2027, 1, 1, 0, 30, tzinfo=UTC)]
)
def test_which_day_it_is_in_a_zone_is_told_by_our_table(now):
    activity = cast.activity()
    Session.objects.bulk_create(
        Session(activity=activity, timezone=zone, starts_at=now, ends_at=now + timedelta(hours=1))
        for zone in ZONES
    )
    with CaptureQueriesContext(connection) as asked:
        told = dict(Session.objects.annotate(day=day_of(now, F("timezone"))).values_list("timezone", "day"))
    assert told == {zone: now.astimezone(ZoneInfo(zone)).date() for zone in ZONES}
    assert "timezone(" not in asked.captured_queries[0]["sql"].lower()
