"""Time zones by their IANA names, as the tz database (https://www.iana.org/time-zones) spells them."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@cache
def zone_names() -> tuple[str, ...]:
    """The zones a person may choose: places, not the bare offsets and old spellings."""
    areas = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return tuple(
        sorted(name for name in available_timezones() if name.startswith(areas))
    ) + ("UTC",)


def validate_zone(name: str) -> None:
    """Raises ValidationError when `name` is no IANA zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(
            _("“%(name)s” is not a time zone. Choose one such as Europe/Madrid."),
            params={"name": name},
        ) from error
