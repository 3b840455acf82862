"""Covers for activities that have no picture: a small map, drawn from what the activity is about.

The first topic chooses the kind of map (streets, a river, transit lines, contours ...), the format the palette, the host
the angle of its streets, and the slug everything else, so that the same activity has the same cover for ever.
"""

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 640, 360


@dataclass(frozen=True)
class Palette:
    """The inks of one cover, from the ground up."""

    ground: str
    tone: str
    light: str
    bright: str
    second: str
    water: str
    edge: str


# Two sheets for each format: a deep one and a pale one, both of the format's own hue.
PALETTES = {
    "webinar": (
        Palette("#213a86", "#2f4c9f", "#b8c6f2", "#f6bd2c", "#74cdd1", "#6fb9dd", "#ffffff"),
        Palette("#d5def5", "#bccaec", "#fbfcff", "#2f50b4", "#d9623a", "#7fa6e6", "#1f3682"),
    ),
    "online_course": (
        Palette("#145039", "#1e664a", "#b3dcc4", "#f6bd2c", "#ee9a76", "#74c5c4", "#ffffff"),
        Palette("#d2e7d9", "#b7d8c3", "#fafefb", "#1a6f48", "#d9992b", "#69b7b5", "#10492e"),
    ),
    "in_person_program": (
        Palette("#90330f", "#a84a23", "#f3cab4", "#f6bd2c", "#8accce", "#86c5cf", "#ffffff"),
        Palette("#f6dccd", "#efc6ae", "#fffaf6", "#b13a14", "#0a6471", "#7cb8c4", "#74270d"),
    ),
}


class Dice:
    """Numbers that look thrown but follow from words, the same on every machine and in every version."""

    def __init__(self, *seeds: str) -> None:
        self._bytes = self._stream("\n".join(seeds))

    @staticmethod
    def _stream(seed: str) -> Iterator[int]:
        block = hashlib.sha256(seed.encode()).digest()
        while True:
            yield from block
            block = hashlib.sha256(block).digest()

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + (next(self._bytes) << 8 | next(self._bytes)) % (high - low + 1)

    def one_of[Thing](self, items: Sequence[Thing]) -> Thing:
        return items[self.between(0, len(items) - 1)]

    def chance(self, percent: int) -> bool:
        return self.between(1, 100) <= percent


def cover_svg(*, slug: str, format: str, topics: Sequence[str], host: str) -> str:
    """The cover as an SVG document of less than 4 kB: 16:9, no ids, no text, nothing fetched.

    An unknown format or topic gets a cover like any other.
    """
    dice = Dice(slug, format)
    palette = dice.one_of(PALETTES.get(format, PALETTES["webinar"]))
    draw = MAPS.get(topics[0] if topics else "") or dice.one_of(list(MAPS.values()))
    angle = Dice(host).between(-24, 24)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' preserveAspectRatio="xMidYMid slice" aria-hidden="true" fill="none">'
        f'<path fill="{palette.ground}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>'
        f"{draw(dice, palette, angle)}</svg>"
    )


def streets(dice: Dice, ink: Palette, angle: int) -> str:
    """A city's blocks, with a park, a square or two, and an avenue that cuts across."""
    columns = _steps(dice, -70, 710, 52, 88)
    rows = _steps(dice, -130, 490, 46, 72)
    gap = 9
    blocks: dict[str, list[str]] = {ink.tone: [], ink.light: [], ink.second: [], ink.bright: []}
    for left, right in columns:
        for top, bottom in rows:
            color = ink.light if dice.chance(9) else ink.second if dice.chance(4) else ink.tone
            blocks[color].append(_box(left, top, right - left - gap, bottom - top - gap))
    park_column, park_row = columns[dice.between(4, 6)], rows[dice.between(4, 6)]
    blocks[ink.bright].append(
        _box(
            park_column[0],
            park_row[0],
            park_column[1] - park_column[0] - gap,
            park_row[1] - park_row[0] - gap,
        )
    )
    shapes = "".join(f'<path fill="{color}" d="{"".join(d)}"/>' for color, d in blocks.items() if d)
    start, end = dice.between(-40, 420), dice.between(-40, 420)
    avenue = f"M-120 {start}L760 {end}"
    return (
        f'<g transform="rotate({angle} 320 180)">{shapes}</g>'
        f'<path stroke="{ink.ground}" stroke-width="26" d="{avenue}"/>'
        f'<path stroke="{ink.light}" stroke-width="5" d="{avenue}"/>'
    )


def river(dice: Dice, ink: Palette, angle: int) -> str:
    """A river through the blocks of a city, its banks, and the bridges over it."""
    columns = _steps(dice, -40, 680, 54, 88)
    rows = _steps(dice, -70, 430, 44, 66)
    blocks = "".join(_box(a, c, b - a - 8, d - c - 8) for a, b in columns for c, d in rows)
    y = dice.between(120, 240)
    points = [(x, y + dice.between(-85, 85)) for x in range(-80, 721, 160)]
    course = _smooth(points)
    bridges = "".join(
        f"M{dice.between(left, left + 70)} -20l{dice.between(-40, 40)} 400" for left in (60, 260, 470)
    )
    width = dice.between(66, 96)
    stop = points[3]
    return (
        f'<path fill="{ink.tone}" transform="rotate({angle // 2} 320 180)" d="{blocks}"/>'
        f'<g stroke-linecap="round"><path stroke="{ink.ground}" stroke-width="{width + 44}" d="{course}"/>'
        f'<path stroke="{ink.light}" stroke-width="{width + 14}" d="{course}"/>'
        f'<path stroke="{ink.water}" stroke-width="{width}" d="{course}"/>'
        f'<path stroke="{ink.light}" stroke-opacity=".5" stroke-width="2"'
        f' stroke-dasharray="46 30 90 40" d="{course}"/></g>'
        f'<path stroke="{ink.ground}" stroke-width="14" d="{bridges}"/>'
        f'<path stroke="{ink.light}" stroke-width="5" d="{bridges}"/>'
        f'<circle cx="{stop[0]}" cy="{stop[1]}" r="17" fill="{ink.bright}" stroke="{ink.ground}" stroke-width="7"/>'
    )


def transit(dice: Dice, ink: Palette, angle: int) -> str:
    """Lines that bend at half right angles, with stops, and one station where they meet."""
    x, y = dice.between(210, 430), dice.between(130, 230)
    west, east, north, south = (dice.between(60, 130) for _ in range(4))
    branch = dice.one_of([-1, 1])
    end = y + branch * dice.between(50, 110)
    lines = (
        (ink.light, f"M-20 {y}H{x + east}L{x + east + abs(end - y)} {end}H660"),
        (ink.second, f"M{x - north} -20V{y - north}L{x + south} {y + south}V400"),
        (ink.bright, f"M-20 {y + west}H{x - west}L{x + south} {y - south}V-20"),
    )
    stops = [
        (x - west - 50, y),
        (x + east, y),
        (x + east + abs(end - y) + 50, end),
        (x - north, y - north),
        (x + south, y + south),
        (x - west, y + west),
        (x + south, y - south),
    ]
    columns = _steps(dice, -90, 730, 60, 110)
    rows = _steps(dice, -150, 510, 54, 92)
    blocks = "".join(_box(a, c, b - a - 7, d - c - 7) for a, b in columns for c, d in rows)
    tracks = "".join(f'<path stroke="{color}" d="{d}"/>' for color, d in lines)
    marks = "".join(f'<circle cx="{stop_x}" cy="{stop_y}" r="9"/>' for stop_x, stop_y in stops)
    # Half of the networks are seen in the mirror.
    mirror = ' transform="matrix(-1 0 0 1 640 0)"' if dice.chance(50) else ""
    return (
        f'<path fill="{ink.tone}" fill-opacity=".8" transform="rotate({angle} 320 180)" d="{blocks}"/>'
        f'<g{mirror}><g stroke-width="13" stroke-linejoin="round">{tracks}</g>'
        f'<g fill="{ink.ground}" stroke="{ink.edge}" stroke-width="5">{marks}</g>'
        f'<circle cx="{x}" cy="{y}" r="21" fill="{ink.ground}" stroke="{ink.edge}" stroke-width="8"/></g>'
    )


def contours(dice: Dice, ink: Palette, angle: int) -> str:
    """The height lines of two hills, and a path between them."""
    hills = [(dice.between(120, 260), dice.between(90, 270)), (dice.between(400, 540), dice.between(80, 280))]
    shapes = []
    for number, (x, y) in enumerate(hills):
        bumps = [dice.between(72, 128) for _ in range(9)]
        for ring in range(6 - number, 0, -1):
            radius = ring * (38 - 4 * number)
            points = []
            for index, bump in enumerate(bumps):
                turn = math.radians(angle + index * 40)
                reach = radius * (100 + (bump - 100) * (0.5 + ring / 9)) / 100
                points.append((x + round(1.25 * reach * math.cos(turn)), y + round(reach * math.sin(turn))))
            shapes.append(f'<path d="{_closed(points)}"/>')
    (ax, ay), (bx, by) = hills
    way = f"M{ax} {ay}Q{(ax + bx) // 2} {max(ay, by) + 90} {bx} {by}"
    return (
        f'<g fill="{ink.tone}" fill-opacity=".5" stroke="{ink.light}" stroke-opacity=".65" stroke-width="2">'
        f"{''.join(shapes)}</g>"
        f'<path stroke="{ink.second}" stroke-width="5" stroke-dasharray="1 13" stroke-linecap="round" d="{way}"/>'
        f'<g fill="{ink.bright}" stroke="{ink.ground}" stroke-width="6"><circle cx="{ax}" cy="{ay}" r="15"/>'
        f'<circle cx="{bx}" cy="{by}" r="11"/></g>'
    )


def rings(dice: Dice, ink: Palette, angle: int) -> str:
    """A city grown in circles around its square, ring by ring."""
    x, y = dice.between(190, 450), dice.between(110, 250)
    circles = []
    for number in range(1, 11):
        radius = 22 + number * 40
        blocks = " ".join(f"{dice.between(28, 60 + 9 * number)} 8" for _ in range(5))
        color = dice.one_of([ink.tone] * 5 + [ink.light])
        circles.append(
            f'<circle r="{radius}" stroke="{color}" stroke-dasharray="{blocks}"'
            f' transform="rotate({angle + dice.between(0, 359)})"/>'
        )
    for color in (ink.bright, ink.second):
        radius = 22 + dice.between(2, 5) * 40
        arc = dice.between(60, 150)
        circles.append(
            f'<circle r="{radius}" stroke="{color}" stroke-dasharray="{arc} 9999"'
            f' transform="rotate({dice.between(0, 359)})"/>'
        )
    spokes = "".join(
        f"M0 0L{round(700 * math.cos(turn))} {round(700 * math.sin(turn))}"
        for turn in (math.radians(angle + 60 * number + dice.between(-14, 14)) for number in range(6))
    )
    return (
        f'<g transform="translate({x} {y})" stroke-width="31">{"".join(circles)}'
        f'<path stroke="{ink.ground}" stroke-width="11" d="{spokes}"/>'
        f'<circle r="24" fill="{ink.bright}"/></g>'
    )


def plots(dice: Dice, ink: Palette, angle: int) -> str:
    """Land divided again and again into plots of many sizes."""
    fields: dict[str, list[str]] = {}

    def divide(x: int, y: int, width: int, height: int, depth: int) -> None:
        if depth == 0 or max(width, height) < 70 or (depth < 3 and dice.chance(15)):
            color = dice.one_of([ink.tone] * 9 + [ink.light] * 2 + [ink.second, ink.bright])
            fields.setdefault(color, []).append(_box(x, y, width - 8, height - 8))
            return
        share = dice.between(34, 66)
        if width * 10 > height * 11:
            cut = width * share // 100
            divide(x, y, cut, height, depth - 1)
            divide(x + cut, y, width - cut, height, depth - 1)
        else:
            cut = height * share // 100
            divide(x, y, width, cut, depth - 1)
            divide(x, y + cut, width, height - cut, depth - 1)

    divide(-100, -160, 850, 690, 7)
    shapes = "".join(f'<path fill="{color}" d="{"".join(d)}"/>' for color, d in fields.items())
    return f'<g transform="rotate({angle // 2} 320 180)">{shapes}</g>'


def courtyards(dice: Dice, ink: Palette, angle: int) -> str:
    """Paths that curve from court to court and always find one another."""
    size, half = 90, 45
    arcs: list[str] = []
    walked: list[str] = []
    courts: list[str] = []
    for column in range(-1, 8):
        for row in range(-1, 5):
            x, y = column * size, row * size
            if dice.chance(50):
                pair = (f"M{x + half} {y}a45 45 0 0 1-45 45", f"M{x + size} {y + half}a45 45 0 0 0-45 45")
            else:
                pair = (f"M{x + half} {y}a45 45 0 0 0 45 45", f"M{x} {y + half}a45 45 0 0 1 45 45")
            for arc in pair:
                (walked if dice.chance(18) else arcs).append(arc)
    for color in (ink.bright, ink.second, ink.bright):
        cx, cy = dice.between(1, 6) * size, dice.between(1, 3) * size
        courts.append(f'<circle cx="{cx}" cy="{cy}" r="15" fill="{color}"/>')
    return (
        f'<g transform="rotate({angle // 2} 320 180)"><g stroke-width="34">'
        f'<path stroke="{ink.tone}" d="{"".join(arcs)}"/><path stroke="{ink.light}" d="{"".join(walked)}"/></g>'
        f"{''.join(courts)}</g>"
    )


MAPS: dict[str, Callable[[Dice, Palette, int], str]] = {
    "urban-planning-public-space": streets,
    "housing-urban-regeneration": streets,
    "water-management": river,
    "mobility": transit,
    "international-action": transit,
    "climate-resilience": contours,
    "waste-circular-economy": contours,
    "metropolitan-governance": rings,
    "smart-cities-e-government": rings,
    "financing": plots,
    "social-cohesion": courtyards,
    "gender-equality": courtyards,
}


def _steps(dice: Dice, start: int, end: int, low: int, high: int) -> list[tuple[int, int]]:
    """Stretches of uneven length from `start` until `end` is passed."""
    stretches = []
    while start < end:
        following = start + dice.between(low, high)
        stretches.append((start, following))
        start = following
    return stretches


def _box(x: int, y: int, width: int, height: int) -> str:
    return f"M{x} {y}h{width}v{height}h-{width}z"


def _smooth(points: Sequence[tuple[int, int]]) -> str:
    """A curve that passes the middles between the points and bends at each."""
    d = f"M{points[0][0]} {points[0][1]}"
    for (x, y), (following_x, following_y) in pairwise(points[1:]):
        d += f"Q{x} {y} {(x + following_x) // 2} {(y + following_y) // 2}"
    return f"{d}T{points[-1][0]} {points[-1][1]}"


def _closed(points: Sequence[tuple[int, int]]) -> str:
    """The same, coming back to its start."""
    d = ""
    for (x, y), (following_x, following_y) in zip(points, [*points[1:], points[0]], strict=True):
        middle_x, middle_y = (x + following_x) // 2, (y + following_y) // 2
        d += f"Q{x} {y} {middle_x} {middle_y}" if d else f"M{middle_x} {middle_y}"
    (x, y), (following_x, following_y) = points[0], points[1]
    return f"{d}Q{x} {y} {(x + following_x) // 2} {(y + following_y) // 2}z"
