"""Whatever a file holds, it is read or refused: each sample is damaged in many ways, always the same ones."""

from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from platform_reports.reading import CannotRead, read, read_list, united

from .test_samples import FILES

ZONE = ZoneInfo("Asia/Seoul")
MEETING = {
    "starts_at": datetime(2026, 11, 24, 1, tzinfo=UTC),
    "ends_at": datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
}
PIECES = [
    b"\0",
    b'"',
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"=",
    b"(",
    b")",
    b"@",
    b"99",
    b"0000",
    b"-",
]
PIECES += [
    "٣".encode(),
    "²".encode(),
    "①".encode(),
    "\u202f".encode(),
    "\ud7ff".encode(),
    b"\xed\xa0\x80",
    b"PM",
    b"+14:00",
    b"Nov",
]


def damaged(content: bytes, chance: Random) -> bytes:
    result = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        place = chance.randint(0, len(result))
        length = chance.choice([0, 1, 2, 30, 300])
        match chance.randint(0, 3):
            case 0:
                result[place : place + length] = b""
            case 1:
                result[place:place] = chance.choice(PIECES)
            case 2:
                result[place : place + length] = result[place : place + length] * 2
            case 3:
                result[place : place + 1] = chance.randbytes(1)
    return bytes(result)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_damaged_report_is_read_or_refused(path):
    content, chance = path.read_bytes(), Random(path.name)
    for _ in range(20):
        damage = damaged(content, chance)
        for attempt in (
            lambda damage=damage: read(damage, zone=ZONE, **MEETING),
            lambda damage=damage: read_list(damage.decode("utf-8", "replace"), zone=ZONE, **MEETING),
        ):
            with suppress(CannotRead):
                reading = attempt()
                for person in united(reading, **MEETING):
                    assert person.minutes is None or 0 <= person.minutes <= 90
                reading.is_of(**MEETING)
