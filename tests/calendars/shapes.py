"""Every shape of calendar entry that we write, as days and hours of the host's clock.

A meeting is (days after the first, "HH:MM", minutes, title). `first` is the day it counts from; `zone` the host's clock.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Shape:
    meetings: list[tuple[int, str, int, str]]
    first: str = "2027-02-02"  # a Tuesday
    zone: str = "Europe/Madrid"
    fold: dict[int, int] = field(
        default_factory=dict
    )  # which of the meetings start in the hour that comes again

    def walls(self) -> list[datetime]:
        first = datetime.fromisoformat(self.first)
        return [
            first + timedelta(days=days, hours=int(hour[:2]), minutes=int(hour[3:]))
            for days, hour, _minutes, _title in self.meetings
        ]

    def moments(self) -> list[tuple[datetime, datetime, str]]:
        """The meetings in UTC, with their titles."""
        moments = []
        for number, (wall, (_days, _hour, minutes, title)) in enumerate(
            zip(self.walls(), self.meetings, strict=True)
        ):
            start = wall.replace(tzinfo=ZoneInfo(self.zone), fold=self.fold.get(number, 0)).astimezone(UTC)
            moments.append((start, start + timedelta(minutes=minutes), title))
        return moments


def at(hour: str, *days: int, minutes: int = 90, title: str = "") -> list[tuple[int, str, int, str]]:
    return [(day, hour, minutes, title) for day in days]


SHAPES = {
    "single": Shape(at("15:00", 0)),
    "single over midnight": Shape(at("23:30", 0)),
    "two": Shape(at("15:00", 0, 5)),
    "weekly": Shape(at("15:00", 0, 7, 14, 21)),
    "weekly across a change of the clocks": Shape(at("15:00", 0, 7, 14, 21), first="2027-03-16"),
    "weekly in Cairo, across a change of the clocks": Shape(
        at("10:00", 0, 7, 14, 21), first="2027-04-14", zone="Africa/Cairo"
    ),
    "every two weeks": Shape(at("15:00", 0, 14, 28)),
    "every three days": Shape(at("15:00", 0, 3, 6, 9)),
    "daily": Shape(at("09:00", 0, 1, 2, 3, minutes=480)),
    "daily, over a weekend": Shape(at("09:00", 0, 1, 2, 3, 6, 7, 8, minutes=480)),
    "daily, with titles": Shape([(day, "09:00", 480, f"Day {day + 1}") for day in range(4)]),
    "daily, the last shorter": Shape(at("09:00", 0, 1, 2, minutes=480) + at("09:00", 3, minutes=240)),
    "on Tuesdays and Thursdays": Shape(at("18:00", 0, 2, 7, 9, 14, 16)),
    "on Thursdays and Tuesdays": Shape(at("18:00", 0, 5, 7, 12), first="2027-02-04"),
    "weekly, one cancelled": Shape(at("15:00", 0, 7, 21, 28)),
    "weekly, two cancelled": Shape(at("15:00", 0, 7, 28, 35, 42)),
    "weekly, one moved to the next day": Shape(at("15:00", 0, 7, 15, 21, 28)),
    "weekly, one moved to the day before": Shape(at("15:00", 0, 7, 13, 21, 28)),
    "weekly, the first moved": Shape(at("15:00", 0, 6, 13, 20, 27), first="2027-02-03"),
    "weekly, the last moved": Shape(at("15:00", 0, 7, 14, 26)),
    "weekly, one at another hour": Shape(
        at("15:00", 0, 7) + at("10:00", 14) + at("15:00", 21),
    ),
    "weekly, one moved and one cancelled": Shape(at("15:00", 0, 8, 14, 28, 35)),
    "weekly, one longer": Shape(at("15:00", 0, 7) + at("15:00", 14, minutes=180)),
    "weekly in UTC, another hour on the wall": Shape(
        at("16:00", 0, 7) + at("17:00", 14, 21), first="2027-03-16"
    ),
    "about monthly": Shape(at("15:00", 0, 30, 58, 93)),
    "irregular": Shape(
        at("15:00", 0) + at("09:00", 1) + at("15:00", 9) + at("11:30", 30, minutes=45) + at("15:00", 93)
    ),
    "irregular, with titles": Shape([(0, "15:00", 60, "One"), (5, "16:00", 90, "Two"), (6, "09:00", 60, "")]),
    "two on one day": Shape(at("09:00", 0) + at("14:00", 0)),
    "mornings and afternoons": Shape(
        [(day, hour, 120, "") for day in range(3) for hour in ("09:00", "14:00")]
    ),
    "an afternoon on the second day": Shape(at("09:00", 0, 1) + at("14:00", 1) + at("09:00", 2)),
    "in the doubled hour, first time": Shape(at("02:30", 0, minutes=20), first="2027-10-31"),
    "in the doubled hour, second time": Shape(at("02:30", 0, minutes=20), first="2027-10-31", fold={0: 1}),
    "until the doubled hour": Shape(at("01:30", 0, minutes=75), first="2027-10-31"),
    "over the doubled hour": Shape(at("01:30", 0, minutes=240), first="2027-10-31"),
    "daily, one in the doubled hour": Shape(at("02:30", 0, 1, 2, 3, minutes=20), first="2027-10-30"),
    "daily, one in the doubled hour, second time": Shape(
        at("02:30", 0, 1, 2, minutes=20), first="2027-10-30", fold={1: 1}
    ),
    "daily, past the skipped hour": Shape(
        at("02:30", 0) + at("03:30", 1) + at("02:30", 2), first="2027-03-27"
    ),
    "weekly, cancelled in the skipped hour": Shape(at("02:30", 0, 7, 21, 28), first="2027-03-14"),
    "weekly in Mexico City": Shape(
        at("23:00", 0, 7, 14, minutes=120), first="2027-03-03", zone="America/Mexico_City"
    ),
    "irregular in Tehran": Shape(at("00:30", 0, 1, 4, 20), first="2027-03-20", zone="Asia/Tehran"),
}
