from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from calendars.entries import calendar_file, session_event
from tests import cast

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def written(session, *, method="PUBLISH", name="", **options) -> bytes:
    options.setdefault("language", "en")
    return calendar_file(session_event(session, method=method, **options), method=method, name=name)


def events(file: bytes) -> list[Event]:
    return Calendar.from_ical(file).walk("VEVENT")


def lines(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


# An hour on each side of the changes of the clocks.
@pytest.mark.parametrize(
    ("host", "zone", "at"),
    [
        ("secretariat-general", "Europe/Madrid", datetime(2027, 3, 27, 9, 0)),
        ("secretariat-general", "Europe/Madrid", datetime(2027, 3, 28, 9, 0)),
        ("secretariat-general", "Europe/Madrid", datetime(2027, 10, 30, 9, 0)),
        ("secretariat-general", "Europe/Madrid", datetime(2027, 10, 31, 9, 0)),
        ("mexico-city", "America/Mexico_City", datetime(2027, 4, 3, 9, 0)),
        ("mexico-city", "America/Mexico_City", datetime(2027, 4, 5, 9, 0)),
        ("cairo", "Africa/Cairo", datetime(2027, 4, 29, 9, 0)),
        ("cairo", "Africa/Cairo", datetime(2027, 4, 30, 9, 0)),
        ("mashhad", "Asia/Tehran", datetime(2027, 3, 21, 9, 0)),
        ("mashhad", "Asia/Tehran", datetime(2027, 3, 23, 9, 0)),
    ],
)
def test_the_start_is_written_in_the_hosts_zone_and_means_the_same_moment(host, zone, at):
    moment = at.replace(tzinfo=ZoneInfo(zone))
    file = written(
        cast.session(cast.activity(host=cast.host(host)), starts_at=moment.astimezone(UTC), lasts=HOUR)
    )

    assert f"DTSTART;TZID={zone}:{at:%Y%m%dT%H%M%S}" in lines(file)
    assert f"BEGIN:VTIMEZONE\r\nTZID:{zone}\r\n".encode() in file
    (event,) = events(file)
    assert event["DTSTART"].dt == moment
    assert event["DTEND"].dt == moment + HOUR


@pytest.mark.parametrize("hour", [0, 1], ids=["first", "second"])
def test_an_hour_that_passes_twice_is_told_without_doubt(hour):
    twice = datetime(2027, 10, 31, hour, 30, tzinfo=UTC)  # 02:30 in Madrid
    session = cast.session(cast.activity(host=cast.host("secretariat-general")), starts_at=twice, lasts=HOUR)
    content_lines = lines(written(session))
    assert f"DTSTART:20271031T0{hour}3000Z" in content_lines
    assert f"DTEND:20271031T0{hour + 1}3000Z" in content_lines
    assert "BEGIN:VTIMEZONE" not in content_lines


def test_an_entry_says_what_where_and_until_when(settings):
    settings.SITE_URL = "https://learning.example"
    session = cast.session(
        starts_at=datetime(2026, 12, 11, 8, 0, tzinfo=UTC), venue="City Hall, Room 2", label="December"
    )
    (event,) = events(written(session))
    assert event["UID"] == f"session-{session.uid}@learning.example"
    assert event["SUMMARY"] == "Water in dense cities (December)"
    assert event["LOCATION"] == "City Hall, Room 2, and online"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 0
    assert event["URL"].startswith("https://learning.example/activities/water-in-dense-cities")
    assert "Offered by MITI Seoul." in event["DESCRIPTION"]
    assert event["DTSTAMP"].dt.tzinfo is not None
    assert "ATTENDEE" not in event
    assert event["ORGANIZER"].params["CN"] == "MITI Seoul via Learning Station"  # RFC 5546, 3.2.1


def test_the_joining_link_is_in_no_entry_unless_it_is_handed_in():
    session = cast.session(joining_link="https://meet.example/secret", joining_note="Passcode 4711")
    public = written(session)
    assert b"secret" not in public
    assert b"4711" not in public
    (event,) = events(written(session, link=session.joining_link, note=session.joining_note))
    assert event["LOCATION"] == "https://meet.example/secret"
    assert "Join here: https://meet.example/secret" in event["DESCRIPTION"]
    assert "Passcode 4711" in event["DESCRIPTION"]


def test_a_letters_entry_names_us_as_organizer_and_the_person_as_attendee(settings):
    settings.LETTERS_FROM = "Learning Station <letters@learning.example>"
    person = cast.person("Ngũgĩ; wa, Test", email="ngugi@city.example")
    (event,) = events(written(cast.session(), method="REQUEST", attendee=person, sequence=7))
    assert event["ORGANIZER"] == "mailto:letters@learning.example"
    assert event["ORGANIZER"].params["CN"] == "MITI Seoul via Learning Station"
    assert event["ATTENDEE"] == "mailto:ngugi@city.example"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Ngũgĩ; wa, Test",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }
    assert event["SEQUENCE"] == 7


def test_a_file_says_its_method_and_a_feed_its_name():
    assert b"METHOD:CANCEL" in written(cast.session(), method="CANCEL")
    feed = lines(written(cast.session(), name="My sessions"))
    assert "METHOD:PUBLISH" in feed
    assert "X-WR-CALNAME:My sessions" in feed
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in feed
    assert "X-PUBLISHED-TTL:PT1H" in feed


def test_lines_are_folded_by_octets_and_never_within_a_letter():
    title = "مدن كثيفة ومياه نظيفة: ما ينجح وما لا ينجح في المدن الكبرى " * 2
    file = written(cast.session(cast.activity(title=title.strip()[:200], slug="arabic")))
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    for line in file.split(b"\r\n"):
        line.decode()
    (event,) = events(file)
    assert event["SUMMARY"] == title.strip()[:200]


def test_the_entry_speaks_the_readers_language():
    activity = cast.activity(title_fr="L'eau dans les villes denses")
    (event,) = events(written(cast.session(activity), language="fr"))
    assert event["SUMMARY"] == "L'eau dans les villes denses"


# Several meetings: one UID, a master, an override for each.


def several(gaps: list[timedelta], host="secretariat-general", titles=True):
    start = datetime(2026, 10, 19, 14, 0, tzinfo=UTC)  # 16:00 in Madrid, a week before the clocks change
    zone = ZoneInfo(cast.HOSTS[host][4])
    local = start.astimezone(zone).replace(tzinfo=None)
    starts = [local]
    for gap in gaps:
        starts.append(starts[-1] + gap)
    moments = [at.replace(tzinfo=zone).astimezone(UTC) for at in starts]
    meetings = [(at, at + HOUR, f"Part {n}" if titles else "") for n, at in enumerate(moments, 1)]
    return cast.session(cast.activity(host=cast.host(host)), meetings=meetings), moments


def test_several_meetings_are_one_entry_with_an_override_for_each_that_has_a_title():
    session, moments = several([timedelta(days=1), timedelta(days=3)])
    master, *overrides = events(written(session))
    assert {event["UID"] for event in [master, *overrides]} == {master["UID"]}
    assert master["DTSTART"].dt == moments[0]
    assert "RDATE" not in master
    assert "RECURRENCE-ID" not in master
    assert [override["DTSTART"].dt for override in overrides] == moments
    assert [override["SUMMARY"] for override in overrides] == [
        f"Water in dense cities: Part {n}" for n in (1, 2, 3)
    ]


def test_a_meeting_moved_from_a_weekly_rule_is_told_alone_and_the_rule_stays():
    session, moments = several([timedelta(days=7), timedelta(days=8), timedelta(days=6)], titles=False)
    master, moved = events(written(session))
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=4"
    assert moved["DTSTART"].dt == moments[2]
    assert moved["RECURRENCE-ID"].dt == moments[2] - timedelta(days=1)


def test_a_meeting_taken_from_a_weekly_rule_is_left_out_of_it():
    session, moments = several([timedelta(days=7), timedelta(days=14)], titles=False)
    (master,) = events(written(session))
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=4"
    wall = moments[2].astimezone(session.zone).replace(tzinfo=None) - timedelta(days=7)
    assert master["EXDATE"].dts[0].dt == wall.replace(tzinfo=session.zone)


def test_a_cancelled_series_stays_in_feeds_with_the_hours_of_its_meetings():
    session, moments = several([timedelta(days=7), timedelta(days=8)], titles=False)
    session.cancelled_at = moments[0] - HOUR
    entries = events(written(session))
    assert [event["STATUS"] for event in entries] == ["CANCELLED", "CANCELLED"]
    assert entries[1]["DTSTART"].dt == moments[2]


def test_a_cancelled_series_is_told_by_its_master():
    session, _moments = several([timedelta(days=1)])
    (master,) = events(written(session, method="CANCEL"))
    assert master["STATUS"] == "CANCELLED"
    assert "RECURRENCE-ID" not in master


def test_a_cancelled_session_stays_in_feeds_as_cancelled():
    session = cast.session()
    session.cancelled_at = session.starts_at - HOUR
    (event,) = events(written(session))
    assert event["STATUS"] == "CANCELLED"


def test_a_self_paced_course_marks_its_last_day_only():
    # It closes at midnight in Seoul: the eleventh is the last day there.
    ends_at = datetime(2026, 12, 12, 0, 0, tzinfo=ZoneInfo("Asia/Seoul"))
    course = cast.session(self_paced=True, starts_at=ends_at - timedelta(days=30), ends_at=ends_at)
    (event,) = events(written(course))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 11), date(2026, 12, 12))
    assert event["SUMMARY"] == "Course open until today: Water in dense cities"
    assert event["TRANSP"] == "TRANSPARENT"
    assert b"VTIMEZONE" not in written(course)


def test_every_zone_in_a_feed_is_explained_once():
    sessions = [
        cast.session(cast.activity(host=cast.host(slug))) for slug in ("seoul", "cairo", "cairo", "mashhad")
    ]
    file = calendar_file([event for session in sessions for event in session_event(session, language="en")])
    explained = Counter(zone["TZID"] for zone in Calendar.from_ical(file).walk("VTIMEZONE"))
    assert explained == {"Asia/Seoul": 1, "Africa/Cairo": 1, "Asia/Tehran": 1}
    used = {line.split("TZID=")[1].split(":")[0] for line in lines(file) if ";TZID=" in line}
    assert used == set(explained)
