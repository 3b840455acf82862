"""What a clock elsewhere differs by. The hour itself is filled in by the reader's browser: pages are the same for all."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def offset_of(zone: str, now: datetime) -> str:
    """“UTC+9”, “UTC+3:30”, “UTC−6”, “UTC”: by the calendar of that zone, so also in summer."""
    offset = now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
