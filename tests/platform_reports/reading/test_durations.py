"""Lengths in the ways of many languages. What is no length is unknown, never none."""

import pytest

from platform_reports.reading.durations import minutes


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("90", 90),
        ("90 min", 90),
        ("90 mins", 90),
        ("90.5", 90),
        ("1h 30m 51s", 90),
        ("1h30m", 90),
        ("1 h 30 min 51 s", 90),
        ("01:30:51", 90),
        ("1:30", 90),
        ("47:03", 47),
        ("1 godz. 30 min 51 sek.", 90),
        ("1 Std. 30 Min.", 90),
        ("1 hora 30 minutos", 90),
        ("1 heure, 30 minutes et", None),
        ("1 ч 30 мин 51 с", 90),
        ("2 часа 5 минут", 125),
        ("1 時間 30 分 51 秒", 90),
        ("1小时30分钟", 90),
        ("1시간 30분", 90),
        ("١ س ٣٠ د", 90),
        ("1 sa 30 dk", 90),
        ("59s", 0),
        ("0", 0),
        ("", None),
        ("--", None),
        ("long", None),
        ("12 bananas", None),
        ("99999999", None),
        ("24/11/2026 10:15", None),
    ],
)
def test_a_length_in_whole_minutes(cell, expected):
    assert minutes(cell) == expected
