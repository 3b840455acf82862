"""Invented supporters with simple logos, drawn here, so that they belong to nobody else."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from accounts.models import User
from catalog.models import Activity
from hubs.models import Host
from pictures.covers import Dice
from pictures.small import logo_of
from supporters.actions import after_change, set_logo
from supporters.models import Supporter

SHARP = 4  # drawn so many times larger
SINCE = timedelta(days=400)
OF_STATION = ("Example Fund for Learning Cities", "Invented Bank of Rivers")
OF_HOST = ("seoul", "Sample Foundation of the Han")
OF_ACTIVITY = ("bus-network-map-of-inequality", "Pretend Bus Makers’ Guild")
INKS = (("#145039", "#d2e7d9"), ("#213a86", "#d5def5"), ("#90330f", "#f6dccd"), ("#5b3f6e", "#eadcf2"))


def make_supporters(*, by: User, now: datetime) -> None:
    """Make what is not there yet: two of the station, one of a host, one of an activity."""
    today = now.date()
    named: list[tuple[str, dict[str, Any]]] = [(name, {}) for name in OF_STATION]
    named += [(OF_HOST[1], {"host": host}) for host in Host.objects.filter(slug=OF_HOST[0])]
    named += [(OF_ACTIVITY[1], {"activity": one}) for one in Activity.objects.filter(slug=OF_ACTIVITY[0])]
    for position, (name, of) in enumerate(named, start=1):
        if not Supporter.objects.filter(name=name).exists():
            make_supporter(name, from_day=today - SINCE, position=position, by=by, **of)


def make_supporter(name: str, *, from_day: date, position: int, by: User, **of: Any) -> None:
    supporter = Supporter.objects.create(
        name=name, link="https://support.example.org/", from_day=from_day, position=position, **of
    )
    for is_dark in (False, True):
        set_logo(supporter=supporter, picture=logo_of(drawn(name, is_dark=is_dark)), is_dark=is_dark, by=by)
    after_change()


def clear_supporters() -> int:
    """Those of agreements and activities have gone with them."""
    every = Supporter.objects.filter(name__in=[*OF_STATION, OF_HOST[1], OF_ACTIVITY[1]])
    count = every.count()
    every.delete()
    after_change()
    return count


def drawn(name: str, *, is_dark: bool) -> ContentFile[bytes]:
    """A sign, and the first two words beside it."""
    dice = Dice(name)
    ink = dice.one_of(INKS)[is_dark]
    font = ImageFont.load_default(30 * SHARP)
    words = " ".join(name.split()[:2])
    width = round(font.getlength(words)) + 100 * SHARP
    image = Image.new("RGBA", (width, 80 * SHARP))
    pen = ImageDraw.Draw(image)
    sign = [8 * SHARP, 8 * SHARP, 72 * SHARP, 72 * SHARP]
    match dice.between(0, 2):
        case 0:
            pen.ellipse(sign, outline=ink, width=14 * SHARP)
        case 1:
            pen.rounded_rectangle(sign, 16 * SHARP, fill=ink)
        case _:
            pen.pieslice(sign, 40, 320, fill=ink)
    pen.text((88 * SHARP, 40 * SHARP), words, fill=ink, font=font, anchor="lm")
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return ContentFile(file.getvalue(), name="logo.png")
