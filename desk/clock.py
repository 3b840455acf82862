"""Times as the staff read and type them: on the clock of the place they belong to, with the place named."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from texts.rows import in_order

TYPED = "%Y-%m-%d %H:%M"


def shown(moment: datetime | None, zone: ZoneInfo) -> str:
    """Such as “Tue 2026-12-01 10:00 (Asia/Seoul)”, or nothing for no moment."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    return _("%(weekday)s %(time)s (%(zone)s)") % {
        "weekday": formats.date_format(local, "D"),
        "time": in_order(local.strftime(TYPED)),
        "zone": zone.key,
    }


def with_offset(moment: datetime | None, zone: ZoneInfo) -> str:
    """For machines and spreadsheets: “2026-12-01 10:00 +09:00”."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    return f"{local:{TYPED}} {local:%:z}"


def in_zone(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the clocks of `zone` show `wall`; the first one where they show it twice.

    Raises ValidationError where they never show it, because they are put forward over it.
    """
    moment = wall.replace(tzinfo=zone)
    there = moment.astimezone(UTC).astimezone(zone)
    if there.replace(tzinfo=None) != wall:
        raise ValidationError(
            _(
                "%(time)s does not exist in %(zone)s: the clocks are put forward over it. Choose another time."
            ),
            params={"time": wall.strftime(TYPED), "zone": zone.key},
            code="gap",
        )
    return moment.astimezone(UTC)
