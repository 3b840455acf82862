"""Every file in `samples/` says what stands in its expected table: people, minutes, and spans on the clock of its zone."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from platform_reports.reading import read, united

SAMPLES = Path(__file__).parent.parent / "samples"
FILES = sorted(path for path in SAMPLES.iterdir() if not path.name.endswith(".expected.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sample_says_what_its_table_expects(path):
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
    zone = ZoneInfo(expected["meeting"]["zone"])
    meeting = {
        "starts_at": datetime.fromisoformat(expected["meeting"]["starts"]).replace(tzinfo=zone),
        "ends_at": datetime.fromisoformat(expected["meeting"]["ends"]).replace(tzinfo=zone),
    }
    reading = read(path.read_bytes(), zone=zone, **meeting)
    assert {
        "platform": reading.platform.value,
        "kind": reading.kind.value,
        "encoding": reading.encoding,
        "date_order": str(reading.date_order),
        "has_times": reading.has_times,
        "by_content": reading.by_content,
        "not_there": [entry.name for entry in reading.not_there],
        "people": [
            {
                "name": person.name,
                "email": person.email,
                "minutes": person.minutes,
                "spans": [
                    [f"{moment.astimezone(zone):%H:%M:%S}" for moment in span] for span in person.spans
                ],
            }
            for person in united(reading, **meeting)
        ],
    } == {key: value for key, value in expected.items() if key != "meeting"}
    assert reading.is_of(**meeting)


def test_there_are_samples_of_every_platform_and_many_encodings():
    expected = [json.loads(path.read_text(encoding="utf-8")) for path in SAMPLES.glob("*.expected.json")]
    assert len(FILES) == len(expected) >= 14
    assert {one["platform"] for one in expected} == {"zoom", "teams", "webex", "other"}
    assert len({one["encoding"] for one in expected}) >= 7
