"""Where a place lies on the world map of `templates/_parts/world_land.svg`: Robinson's projection, 1000 units wide."""

from collections.abc import Sequence

WIDTH, HEIGHT = 1000, 507

# Robinson's own table, for every five degrees of latitude from the equator to the pole: the length of the parallel, and
# its distance from the equator, both as shares of the greatest.
PARALLELS = (
    (1.0000, 0.0000),
    (0.9986, 0.0620),
    (0.9954, 0.1240),
    (0.9900, 0.1860),
    (0.9822, 0.2480),
    (0.9730, 0.3100),
    (0.9600, 0.3720),
    (0.9427, 0.4340),
    (0.9216, 0.4958),
    (0.8962, 0.5571),
    (0.8679, 0.6176),
    (0.8350, 0.6769),
    (0.7986, 0.7346),
    (0.7597, 0.7903),
    (0.7186, 0.8435),
    (0.6732, 0.8936),
    (0.6213, 0.9394),
    (0.5722, 0.9761),
    (0.5322, 1.0000),
)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """The point (x, y) of a place, from the map's upper left corner. Raises ValueError off the globe."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"No place on earth: latitude {latitude}, longitude {longitude}.")
    step, rest = divmod(abs(latitude), 5)
    below = PARALLELS[int(step)]
    above = PARALLELS[min(int(step) + 1, 18)]
    length, distance = (low + (high - low) * rest / 5 for low, high in zip(below, above, strict=True))
    x = WIDTH / 2 * (1 + longitude / 180 * length)
    y = HEIGHT / 2 * (1 - (distance if latitude >= 0 else -distance))
    return round(x, 1), round(y, 1)


def line(stops: Sequence[tuple[float, float]]) -> str:
    """A transit line through the stops, from west to east, as the `d` of an SVG path: straight, or at half a right angle."""
    ordered = sorted(stops)
    if not ordered:
        return ""
    (x, y), *following = ordered
    d = f"M{x:g} {y:g}"
    for next_x, next_y in following:
        across, down = next_x - x, next_y - y
        slant = min(across, abs(down))
        straight = (across - slant) / 2
        fall = slant if down >= 0 else -slant
        d += f"h{straight:.1f}l{slant:.1f} {fall:.1f}"
        d += f"v{down - fall:.1f}h{straight:.1f}"
        x, y = next_x, next_y
    return d
