"""The picture of a signature made fit for paper: its ink alone, on nothing, and nothing of what a camera wrote beside it."""

import io
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image, ImageChops, ImageFilter, ImageMath, ImageOps

from pictures.errors import NoPicture, PictureTooLarge
from pictures.uploads import FORMATS, MOST_PIXELS, in_common_colors

from . import errors

WIDTH, HEIGHT = 900, 300  # pixels at most: on paper 7 by 2.5 cm in good print
MOST_BYTES = 100_000
FAINTEST = 25  # of 255: what is fainter is the grain of the paper, not ink
SPECK = 60  # of 255: what is fainter at the edges is dust
DARKEST_PAPER = 110  # of 255


@dataclass(frozen=True)
class SignaturePicture:
    """A PNG with its ink on nothing."""

    png: bytes
    width: int
    height: int


def signature_picture(file: IO[bytes]) -> SignaturePicture:
    """Of a JPEG, PNG or WebP. Made of one that was made here before it is the same to the eye.

    Raises a BadPicture, or NoInk, whose sentence says what is wrong with it.
    """
    ink = trimmed(ink_of(opened(file)))
    ink.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return written(ink)


def opened(file: IO[bytes]) -> Image.Image:
    """Upright, in common colors, on white paper."""
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise PictureTooLarge(MOST_PIXELS)
            image.draft("RGB", (2 * WIDTH, 2 * WIDTH))  # a JPEG need not be unpacked larger than we need it
            upright = in_common_colors(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(MOST_PIXELS) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NoPicture from error
    finally:
        file.seek(0)
    upright.thumbnail((2 * WIDTH, 2 * WIDTH), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return paper


def ink_of(picture: Image.Image) -> Image.Image:
    """What is darker than the paper, as RGBA: laid on white it looks as it did."""
    if not any(picture.convert("L").histogram()[DARKEST_PAPER:]):
        raise errors.NoInk
    channels = [on_white(channel) for channel in picture.split()]
    lightest_of_each = ImageChops.darker(ImageChops.darker(channels[0], channels[1]), channels[2])
    strength = ImageOps.invert(lightest_of_each).point(lambda ink: ink if ink > FAINTEST else 0)
    return Image.merge("RGBA", [*(without_paper(channel, strength) for channel in channels), strength])


def on_white(channel: Image.Image) -> Image.Image:
    """As if its paper were white. Photographed, it is gray or yellow, and not everywhere the same: around each place, it is
    the lightest that is there."""
    block = max(1, min(channel.size) // 40)
    lightest = channel.reduce(block).filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(3))
    # Paper that is not white has a grain, too.
    paper = lightest.point(lambda light: max(1, light - (255 - light) // 4))

    def lit(values: dict[str, Any]) -> Any:
        return values["convert"](values["min"](values["light"] * 255 / values["paper"], 255), "L")

    light: Image.Image = ImageMath.lambda_eval(
        lit, light=channel, paper=paper.resize(channel.size, Image.Resampling.BICUBIC)
    )
    return light


def without_paper(channel: Image.Image, strength: Image.Image) -> Image.Image:
    """The color of the ink where it is as strong: white shone through it before. Where there is none, black on nothing."""

    def thinned(values: dict[str, Any]) -> Any:
        return values["convert"](255 - (255 - values["light"]) * 255 / values["ink"], "L")

    pure = ImageMath.lambda_eval(thinned, light=channel, ink=strength)
    nothing = Image.new("L", channel.size)
    return Image.composite(pure, nothing, strength.point(lambda ink: 255 if ink else 0))


def trimmed(ink: Image.Image) -> Image.Image:
    """Without the margins, and without specks in them. Raises NoInk where nothing is left."""
    block = max(1, max(ink.size) // WIDTH)
    edges = ink.getchannel("A").reduce(block).point(lambda strength: 255 if strength > SPECK else 0).getbbox()
    if edges is None:
        raise errors.NoInk
    left, top, right, bottom = (edge * block for edge in edges)
    return ink.crop((left, top, min(right, ink.width), min(bottom, ink.height)))


def written(ink: Image.Image) -> SignaturePicture:
    """As a PNG within MOST_BYTES: with fewer colors, then smaller, where it is larger."""
    while True:
        for picture in (ink, ink.quantize(64, method=Image.Quantize.FASTOCTREE)):
            file = io.BytesIO()
            picture.save(file, "PNG", optimize=True)
            if file.tell() <= MOST_BYTES:
                return SignaturePicture(file.getvalue(), *picture.size)
        ink = ink.resize((max(1, ink.width * 3 // 4), max(1, ink.height * 3 // 4)), Image.Resampling.LANCZOS)
