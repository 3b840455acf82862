"""How much two pictures of one page differ, and which differences are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops

# Above this share of a picture's pixels a difference is named.
NAMED_ABOVE = 0.001


@dataclass(frozen=True)
class Difference:
    name: str
    pixels: int
    of: int

    @property
    def share(self) -> float:
        return self.pixels / self.of

    @property
    def is_named(self) -> bool:
        return self.share > NAMED_ABOVE


def differing(before: Image.Image, here: Image.Image) -> Image.Image:
    """A mask, white where the pixels differ, however little; also where only one of both has any."""
    size = max(before.width, here.width), max(before.height, here.height)
    bands = ImageChops.difference(on_ground(before, size), on_ground(here, size)).split()
    most = bands[0]
    for band in bands[1:]:
        most = ImageChops.lighter(most, band)
    return most.point(lambda value: 255 if value else 0)


def on_ground(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture on a transparent ground, which differs from every pixel of a page."""
    ground = Image.new("RGBA", size, (0, 0, 0, 0))
    ground.paste(picture.convert("RGB").convert("RGBA"))
    return ground


def counted(name: str, mask: Image.Image) -> Difference:
    return Difference(name, pixels=mask.histogram()[255], of=mask.width * mask.height)


def shown(here: Image.Image, mask: Image.Image) -> Image.Image:
    """The page, pale, with what differs in red."""
    page = on_ground(here, mask.size).convert("L").convert("RGB")
    pale = Image.blend(page, Image.new("RGB", mask.size, "white"), 0.6)
    pale.paste((220, 0, 0), mask=mask)
    return pale


def table(differences: Sequence[Difference], missing: Mapping[str, str]) -> str:
    """What is named, the largest first, what is missing, and the sum."""
    named = sorted((each for each in differences if each.is_named), key=lambda each: -each.share)
    small = [each for each in differences if each.pixels and not each.is_named]
    width = max((len(name) for name in [*(each.name for each in named), *missing]), default=0)
    return "\n".join(
        [
            *(f"  {each.name:{width}}  {each.share:8.3%}  {each.pixels:>9,} pixels" for each in named),
            *(f"  {name:{width}}  missing: {why}" for name, why in missing.items()),
            f"{len(differences)} pictures compared: {len(named)} differ by more than {NAMED_ABOVE:.1%}, "
            f"{len(small)} by less, {sum(each.pixels for each in differences):,} pixels in all; "
            f"{len(missing)} missing.",
        ]
    )
