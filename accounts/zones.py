"""Time zones by their IANA names, as the tz database (https://www.iana.org/time-zones) spells them."""

from datetime import date, datetime, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

import tzdata
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@cache
def table_version() -> str:
    """Of the table that Python reads, such as “2026f”. The package names it; learning_station sees that no other is read."""
    version: str = tzdata.IANA_VERSION
    return version


# Where the tz database gives an old name another meaning than its target alone: they share a clock since 1970, and the
# target is a place in another country. From its file `backward`, which marks them with “#=”; tzdata.zi leaves that out.
MEANT = {
    "Africa/Asmera": "Africa/Asmara",
    "Africa/Timbuktu": "Africa/Bamako",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Virgin": "America/St_Thomas",
    "Antarctica/South_Pole": "Antarctica/McMurdo",
    "Atlantic/Jan_Mayen": "Arctic/Longyearbyen",
    "Iceland": "Atlantic/Reykjavik",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
    "Pacific/Yap": "Pacific/Chuuk",
}


@cache
def zone_names() -> tuple[str, ...]:
    """The zones a person may choose: the places of zone.tab, each under the name it has today, and UTC."""
    return (*sorted({name for names in zones_of_countries().values() for name in names}), "UTC")


@cache
def old_names() -> dict[str, tuple[str, ...]]:
    """For each zone one may choose, the names it had before: what programs and rows may still call it."""
    known: dict[str, list[str]] = {}
    for name in sorted(available_timezones() - set(zone_names())):
        if (now := current_name(name)) != name:
            known.setdefault(now, []).append(name)
    return {name: tuple(names) for name, names in known.items()}


def current_name(name: str) -> str:
    """The name under which the zone is offered: Asia/Kolkata for Asia/Calcutta. A zone that is no place keeps its name."""
    if name in zone_names():
        return name
    target = MEANT.get(name) or links().get(name, name)
    if target in ("Etc/UTC", "Etc/UCT"):
        return "UTC"
    return target if target in zone_names() else name


@cache
def links() -> dict[str, str]:
    """From tzdata.zi: for each name that is only another name, the zone that it names ("L Asia/Kolkata Asia/Calcutta")."""
    lines = [line.split() for line in table_file("tzdata.zi").splitlines() if line.startswith("L ")]
    return {name: target for _mark, target, name in lines}


def table_file(name: str) -> str:
    return resources.files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")


def days_by_zone(at: datetime) -> list[tuple[date, list[str]]]:
    """The days that are anywhere at that moment, each with the zones where it is. First that of most zones."""
    days: dict[date, list[str]] = {}
    for name, zone in every_zone().items():
        days.setdefault(at.astimezone(zone).date(), []).append(name)
    return sorted(days.items(), key=lambda item: -len(item[1]))


@cache
def every_zone() -> dict[str, ZoneInfo]:
    """Old names too, and each with the clock of the zone that it names, so that a clock is held once."""
    return {name: ZoneInfo(links().get(name, name)) for name in available_timezones()}


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
    zones: dict[str, list[str]] = {}
    for line in table_file("zone.tab").splitlines():
        if line and not line.startswith("#"):
            code, _coordinates, name, *_comment = line.split("\t")
            zones.setdefault(code, []).append(name)
    return zones
