"""Time zones by their IANA names, as the tz database (https://www.iana.org/time-zones) spells them."""

from datetime import datetime, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

import tzdata
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@cache
def table_version() -> str:
    """Of the table that Python reads, such as “2026f”. The package names it; learning_station sees that no other is read."""
    return tzdata.IANA_VERSION


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
    return (*sorted(name for name in available_timezones() if name.startswith(areas)), "UTC")


def city_of_zone(zone: tzinfo) -> str:
    """“Mexico City” from America/Mexico_City."""
    return str(zone).rpartition("/")[2].replace("_", " ")


def validate_zone(name: str) -> None:
    """Raises ValidationError when `name` is no IANA zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(
            _("“%(name)s” is not a time zone. Choose one such as Europe/Madrid."),
            params={"name": name},
        ) from error


@cache
def zone_of_country(code: str) -> str:
    """The zone of a country (ISO 3166-1 alpha-2) whose clocks all agree; empty where they do not.

    Germany has two zones with one clock, so Europe/Berlin; Brazil, Spain and China have several clocks.
    """
    zones = zones_of_countries().get(code, [])
    clocks = {tuple(ZoneInfo(name).utcoffset(month) for month in months()) for name in zones}
    return zones[0] if len(clocks) == 1 else ""


def months() -> list[datetime]:
    """One moment in each month of a year: enough to tell two clocks of one country apart."""
    return [datetime(2026, month, 15) for month in range(1, 13)]


@cache
def zones_of_countries() -> dict[str, list[str]]:
    """From zone.tab of the tz database: for each country its zones, the one with most people first."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    zones: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _coordinates, name, *_comment = line.split("\t")
            zones.setdefault(code, []).append(name)
    return zones
