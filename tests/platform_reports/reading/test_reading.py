"""Reading in short: what a report of Zoom and a pasted list come to."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from platform_reports.reading import Kind, Platform, read, read_list, united

SEOUL = ZoneInfo("Asia/Seoul")
MEETING = {
    "starts_at": datetime(2026, 11, 24, 1, tzinfo=UTC),  # ten o'clock in Seoul
    "ends_at": datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
}
ZOOM = """\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ana Silva (ana),Ana@example.org,11/24/2026 09:55:00 AM,11/24/2026 10:20:00 AM,25,Yes
Ana Silva,,11/24/2026 10:10:00 AM,11/24/2026 11:00:00 AM,50,Yes
"""


def test_a_report_of_zoom_is_read_and_devices_are_one_person():
    reading = read(ZOOM.encode(), zone=SEOUL, **MEETING)
    assert (reading.platform, reading.kind, reading.encoding) == (Platform.ZOOM, Kind.JOINS, "utf-8")
    (ana,) = united(reading, **MEETING)
    assert (ana.name, ana.email, ana.minutes, ana.lines) == ("Ana Silva", "ana@example.org", 60, (2, 3))
    assert ana.other_names == ("ana",)
    assert reading.is_of(**MEETING)


def test_a_pasted_list_is_read():
    reading = read_list(
        "Ana Silva <ana@example.org>\nben@example.org\n김서연\nCarla;carla@example.org\n",
        zone=SEOUL,
        **MEETING,
    )
    assert [(one.name, one.email) for one in reading.entries] == [
        ("Ana Silva", "ana@example.org"),
        ("", "ben@example.org"),
        ("김서연", ""),
        ("Carla", "carla@example.org"),
    ]
    assert [person.minutes for person in united(reading, **MEETING)] == [None] * 4
