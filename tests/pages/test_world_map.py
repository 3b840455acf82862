import re
from pathlib import Path

import pytest
from django.conf import settings

from pages.world_map import HEIGHT, WIDTH, line, project

LAND = Path(settings.BASE_DIR) / "templates" / "_parts" / "world_land.svg"


def test_the_equator_crosses_the_first_meridian_in_the_middle():
    assert project(0, 0) == (500, 253.5)


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        (0, 180, (WIDTH, 253.5)),
        (0, -180, (0, 253.5)),
        (90, 0, (500, 0)),
        (-90, 0, (500, HEIGHT)),
        (45, 90, (724.0, 112.3)),
    ],
)
def test_places_lie_where_robinson_puts_them(latitude, longitude, expected):
    assert project(latitude, longitude) == expected


def test_north_and_south_mirror_each_other():
    (x, north), (same_x, south) = project(37.57, 126.98), project(-37.57, 126.98)
    assert x == same_x
    assert north + south == pytest.approx(HEIGHT)


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (-90.1, 0)])
def test_places_off_the_globe_are_refused(latitude, longitude):
    with pytest.raises(ValueError, match="No place on earth"):
        project(latitude, longitude)


def _rings() -> list[list[tuple[int, int]]]:
    """The outlines of the land, as points."""
    d = re.search(r' d="([^"]+)"', LAND.read_text()).group(1)
    rings = []
    for ring in d.strip("z").split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(points)
    return rings


def _on_land(x: float, y: float) -> bool:
    inside = False
    for ring in _rings():
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


@pytest.mark.parametrize(
    ("latitude", "longitude", "land"),
    [
        (36.30, 59.61, True),  # Mashhad
        (30.67, 104.07, True),  # Chengdu
        (19.43, -99.13, True),  # Mexico City
        (-25.0, 134.0, True),  # Australia
        (66.0, -178.0, True),  # Siberia, beyond the date line
        (0.0, -150.0, False),  # the Pacific
        (-16.0, 0.0, False),  # the Atlantic
    ],
)
def test_the_land_lies_under_its_cities(latitude, longitude, land):
    assert _on_land(*project(latitude, longitude)) is land


def test_land_is_small():
    assert LAND.stat().st_size <= 12_000


def test_line_goes_from_west_to_east_and_bends_at_half_right_angles():
    assert line([]) == ""
    assert line([(5, 5)]) == "M5 5"
    assert line([(100, 30), (0, 0)]) == "M0 0h35.0l30.0 30.0v0.0h35.0"
    assert line([(0, 0), (10, -40)]) == "M0 0h0.0l10.0 -10.0v-30.0h0.0"
