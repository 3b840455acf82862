"""What stands in a row, and numbers beside words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import override

from desk.clock import shown
from texts.rows import listed


def test_a_day_beside_arabic_letters_keeps_its_order() -> None:
    moment = datetime(2026, 12, 1, 1, tzinfo=UTC)
    with override("ar"):
        assert "\u20662026-12-01 10:00\u2069" in shown(moment, ZoneInfo("Asia/Seoul"))
    with override("fr"):
        assert shown(moment, ZoneInfo("Asia/Seoul")) == "mar 2026-12-01 10:00 (Asia/Seoul)"


def test_a_row_has_the_comma_of_its_language() -> None:
    with override("ar"):
        assert listed(["1", "2"]) == "1، 2"
    with override("es"):
        assert listed(["1", "2"]) == "1, 2"
