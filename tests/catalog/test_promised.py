"""Each hour that a session promises is kept with the table of zones that told its moment."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from accounts.zones import table_version
from catalog import actions as catalog_actions
from catalog.models import Meeting, Session
from tests import cast

pytestmark = pytest.mark.django_db

START = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def session() -> Session:
    return cast.session(starts_at=START, lasts=HOUR, registration_closes_at=START - HOUR)


def test_what_is_written_is_promised_on_the_hosts_clock_with_the_table_of_today(session):
    assert session.promised == {
        "starts_at": {"local": "2026-12-09T00:00:00+09:00", "zone": "Asia/Seoul", "table": table_version()},
        "ends_at": {"local": "2026-12-09T01:00:00+09:00", "zone": "Asia/Seoul", "table": table_version()},
        "registration_closes_at": {
            "local": "2026-12-08T23:00:00+09:00",
            "zone": "Asia/Seoul",
            "table": table_version(),
        },
    }
    meeting = session.meetings.get()
    assert meeting.promised == {name: session.promised[name] for name in ("starts_at", "ends_at")}


def test_a_promise_stays_until_its_moment_is_another(session):
    known = session.promised | {
        "starts_at": {"local": "2026-12-08T17:00:00+02:00", "zone": "Asia/Seoul", "table": "2020a"}
    }
    Session.objects.filter(pk=session.pk).update(promised=known)
    session.refresh_from_db()
    session.places = 7
    session.save()
    session.refresh_from_db()
    assert session.promised == known
    session.starts_at = START + HOUR / 2
    session.save(update_fields=["starts_at"])
    session.refresh_from_db()
    assert session.promised["starts_at"]["table"] == table_version()
    assert session.promised["ends_at"] == known["ends_at"]


def test_another_zone_promises_anew(session):
    session.timezone = "Africa/Cairo"
    session.save(update_fields=["timezone"])
    session.refresh_from_db()
    assert {promise["zone"] for promise in session.promised.values()} == {"Africa/Cairo"}


def test_meetings_that_are_set_are_promised(session):
    catalog_actions.set_meetings(session=session, meetings=[(START, START + HOUR, "One")], by=None)
    assert session.meetings.get().promised["starts_at"]["local"] == "2026-12-09T00:00:00+09:00"


def test_what_was_there_before_says_that_its_table_is_not_known(session):
    over = cast.session(starts_at=datetime(2020, 1, 1, tzinfo=UTC), lasts=HOUR)
    for model in (Session, Meeting):
        model.objects.update(promised={})
    with connection.schema_editor() as editor:
        import_module("catalog.migrations.0008_promised_hours").keep_promises(apps, editor)
    session.refresh_from_db()
    unknown = {"local": "2026-12-08T15:00:00.000000+00:00", "zone": "Asia/Seoul", "table": ""}
    assert session.promised["starts_at"] == session.meetings.get().promised["starts_at"] == unknown
    assert set(session.promised) == {"starts_at", "ends_at", "registration_closes_at"}
    session.save()  # an unrelated change claims nothing
    session.refresh_from_db()
    assert session.promised["starts_at"] == unknown
    over.refresh_from_db()
    assert over.promised == {}
