"""Pictures for a few of the invented activities: drawn here, the same each time, so that they belong to nobody else."""

import io
import math
from collections.abc import Callable, Iterable
from itertools import pairwise

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from pictures.covers import Dice

WIDTH, HEIGHT = 1600, 900

type Color = str
type Pen = ImageDraw.ImageDraw


def drawing(name: str) -> ContentFile[bytes]:
    """The drawing of that name as a file, as if somebody had uploaded it."""
    file = io.BytesIO()
    DRAWINGS[name](Dice(name)).save(file, "PNG", compress_level=1)
    return ContentFile(file.getvalue(), name=f"{name}.png")


def street_at_night(dice: Dice) -> Image.Image:
    """Lamps along a street, the lit windows of a city behind it, and people on their way home."""
    image = sky("#141a3c", "#5b3f6e")
    pen = ImageDraw.Draw(image)
    pen.ellipse([1240, 90, 1350, 200], fill="#f4e9c8")
    pen.ellipse([1216, 76, 1318, 178], fill="#1b2044")
    skyline(pen, dice, ground=640, heights=(120, 330), color="#242a55")
    skyline(pen, dice, ground=660, heights=(60, 250), color="#181c3f", windows="#f1c264")
    pen.rectangle([0, 650, WIDTH, HEIGHT], fill="#2b2742")
    pen.polygon([(0, HEIGHT), (0, 800), (WIDTH, 720), (WIDTH, HEIGHT)], fill="#1f1c33")
    lamps = [(180, 770), (520, 755), (860, 740), (1200, 725), (1520, 712)]
    image = glow(image, [(x, y - 250, 210) for x, y in lamps], "#ffd987")
    image = glow(image, [(x, y, 150) for x, y in lamps], "#d9a95a")
    pen = ImageDraw.Draw(image)
    for x, y in lamps:
        pen.line([(x, y), (x, y - 250)], fill="#0f1128", width=9)
        pen.ellipse([x - 16, y - 272, x + 16, y - 240], fill="#fff3cf")
    for x, y, tall in [(330, 800, 128), (395, 802, 116), (760, 790, 122), (1040, 770, 112), (1095, 774, 84)]:
        person(pen, x, y, tall, "#0b0d20")
    return image


def bus_in_the_morning(dice: Dice) -> Image.Image:
    """An avenue of trees with a bus in its own lane, in front of a city in haze."""
    image = sky("#f7d9ae", "#f6efdf")
    pen = ImageDraw.Draw(image)
    pen.ellipse([1090, 150, 1330, 390], fill="#f8b64c")
    skyline(pen, dice, ground=640, heights=(140, 400), color="#e3c3a3")
    skyline(pen, dice, ground=650, heights=(80, 300), color="#c99878")
    skyline(pen, dice, ground=660, heights=(40, 180), color="#94605a", windows="#f0cf9f")
    pen.rectangle([0, 655, WIDTH, 700], fill="#d9cdb4")
    for x in range(40, WIDTH, 190):
        tree(pen, x + dice.between(-20, 20), 690, dice.between(58, 84), "#4d7350", "#5e3d33")
    pen.rectangle([0, 690, WIDTH, HEIGHT], fill="#5d6070")
    pen.rectangle([0, 690, WIDTH, 704], fill="#e9e0cf")
    pen.rectangle([0, 712, WIDTH, 826], fill="#a2483b")
    for x in range(-40, WIDTH, 210):
        pen.rectangle([x, 852, x + 120, 864], fill="#ece6d8")
    bus(pen, 420, 800)
    return image


def bus(pen: Pen, x: int, y: int) -> None:
    """A long one with a joint in the middle; `y` is where its wheels stand."""
    for left, width in ((x, 400), (x + 416, 330)):
        pen.rounded_rectangle([left, y - 190, left + width, y - 26], 26, fill="#f3b62f")
        pen.rounded_rectangle([left + 18, y - 168, left + width - 18, y - 96], 14, fill="#26374f")
        for pane in range(left + 90, left + width - 40, 78):
            pen.rectangle([pane, y - 168, pane + 8, y - 96], fill="#f3b62f")
        pen.rectangle([left + 4, y - 66, left + width - 4, y - 52], fill="#fdf4dc")
    pen.rectangle([x + 396, y - 176, x + 420, y - 40], fill="#3b3f4f")
    for center in (x + 90, x + 320, x + 640):
        pen.ellipse([center - 36, y - 64, center + 36, y + 8], fill="#1d2029")
        pen.ellipse([center - 14, y - 42, center + 14, y - 14], fill="#b9bcc6")


def river_park(dice: Dice) -> Image.Image:
    """A river that may rise: meadows and trees beside it, a footbridge over it, hills and a few towers behind."""
    image = sky("#a9d3de", "#f3eeda")
    pen = ImageDraw.Draw(image)
    for base, height, color in ((470, 130, "#9dbcae"), (520, 100, "#7da68d"), (570, 70, "#5d8f6f")):
        bumps = [dice.between(0, height) for _ in range(9)]
        hills = [(index * 200, base - bump) for index, bump in enumerate(bumps)]
        pen.polygon([(0, HEIGHT), *smooth(hills), (WIDTH, HEIGHT)], fill=color)
    skyline(pen, dice, ground=590, heights=(30, 170), color="#d9e2d8", since=980, until=1500)
    pen.rectangle([0, 580, WIDTH, HEIGHT], fill="#8db36b")
    pen.polygon(between_banks(90, -30), fill="#c9c48e")
    pen.polygon(between_banks(60, 0), fill="#4f9fb5")
    pen.polygon(between_banks(8, 8), fill="#86c3cd")
    for index, x in enumerate(range(30, WIDTH, 96)):
        y = 600 + (index * 53) % 60
        if not 560 < x < 860:
            tree(pen, x, y, dice.between(34, 60), ("#3f7650", "#5b8f4d", "#2f6549")[index % 3], "#5e4a33")
    bridge = [(x, 742 - 70 * math.sin(math.pi * (x - 380) / 840)) for x in range(380, 1221, 20)]
    pen.line(bridge, fill="#f7f1e1", width=20, joint="curve")
    pen.line([(x, y - 46) for x, y in bridge], fill="#a5452f", width=8, joint="curve")
    for post, high in bridge[::3]:
        pen.line([(post, high), (post, high - 46)], fill="#a5452f", width=5)
    for walker, high in (bridge[13], bridge[15], bridge[28]):
        person(pen, walker, round(high) - 6, 78, "#33373f")
    for x in (70, 240, 1330, 1500):
        tree(
            pen,
            x + dice.between(-30, 30),
            890 + dice.between(0, 30),
            dice.between(70, 100),
            "#2c5c43",
            "#4a3a29",
        )
    return image


def between_banks(half: int, lift: int) -> list[tuple[int, float]]:
    """The river's bed: narrow where it comes from, wide where it passes us."""
    course = [(x, 700 + 70 * math.sin(x / 290) + x / 26, 0.5 + x / 1300) for x in range(-20, WIDTH + 21, 20)]
    upper = [(x, y - half * wide - lift / 2) for x, y, wide in course]
    lower = [(x, y + half * wide - lift / 2) for x, y, wide in reversed(course)]
    return upper + lower


def sky(top: Color, bottom: Color) -> Image.Image:
    shades = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    return ImageOps.colorize(shades, top, bottom)


def skyline(
    pen: Pen,
    dice: Dice,
    *,
    ground: int,
    heights: tuple[int, int],
    color: Color,
    windows: Color = "",
    since: int = -20,
    until: int = WIDTH,
) -> None:
    x = since
    while x < until:
        wide, tall = dice.between(70, 150), dice.between(*heights)
        pen.rectangle([x, ground - tall, x + wide, ground], fill=color)
        if dice.chance(30):
            pen.rectangle([x + wide // 3, ground - tall - 26, x + wide // 2, ground - tall], fill=color)
        if windows:
            for left in range(x + 14, x + wide - 20, 26):
                for top in range(ground - tall + 18, ground - 30, 36):
                    if dice.chance(38):
                        pen.rectangle([left, top, left + 11, top + 17], fill=windows)
        x += wide + dice.between(0, 14)


def tree(pen: Pen, x: int, y: int, size: int, leaves: Color, trunk: Color) -> None:
    pen.rectangle([x - size // 10, y - size, x + size // 10, y], fill=trunk)
    for across, up, part in ((-0.45, 1.2, 0.6), (0.45, 1.25, 0.62), (0, 1.7, 0.72)):
        middle_x, middle_y, radius = x + across * size, y - up * size, part * size
        pen.ellipse([middle_x - radius, middle_y - radius, middle_x + radius, middle_y + radius], fill=leaves)


def person(pen: Pen, x: int, y: int, tall: int, color: Color) -> None:
    """A figure at a walk; `y` is where it stands."""
    head = tall // 9
    pen.ellipse([x - head, y - tall, x + head, y - tall + 2 * head], fill=color)
    pen.rounded_rectangle(
        [x - 1.5 * head, y - tall + 2.2 * head, x + 1.5 * head, y - 0.42 * tall], head, fill=color
    )
    for foot in (-1.6, 1.5):
        pen.line([(x, y - 0.48 * tall), (x + foot * head, y)], fill=color, width=max(4, round(head * 1.1)))


def glow(image: Image.Image, lights: Iterable[tuple[int, int, int]], color: Color) -> Image.Image:
    """Soft light around points, each with how far it reaches. Worked out at an eighth of the size."""
    small = Image.new("L", (WIDTH // 8, HEIGHT // 8))
    pen = ImageDraw.Draw(small)
    for x, y, reach in lights:
        pen.ellipse(
            [(x - reach / 2) / 8, (y - reach / 2) / 8, (x + reach / 2) / 8, (y + reach / 2) / 8], fill=150
        )
    mask = small.filter(ImageFilter.GaussianBlur(8)).resize(image.size, Image.Resampling.BICUBIC)
    return Image.composite(Image.new("RGB", image.size, color), image, mask)


def smooth(points: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """A rounded line from point to point, by cosines."""
    line = []
    for (x, y), (next_x, next_y) in pairwise(points):
        for step in range(20):
            share = (1 - math.cos(math.pi * step / 20)) / 2
            line.append((x + (next_x - x) * step / 20, y + (next_y - y) * share))
    return [*line, points[-1]]


DRAWINGS: dict[str, Callable[[Dice], Image.Image]] = {
    "street-at-night": street_at_night,
    "bus-in-the-morning": bus_in_the_morning,
    "river-park": river_park,
}
