"""Small pictures: the portrait of a speaker, and logos. One format, WebP: at so few bytes another saves nothing.

As with all pictures, nothing of the file that came is kept but its colors; of a logo also what is see-through.
"""

import hashlib
import io
from typing import IO, Any

from PIL import ExifTags, Image, ImageOps

from .errors import Drawn, NoPicture, PictureTooLarge, SmallPictureTooSmall
from .uploads import FORMATS, MOST_PIXELS, in_common_colors

PORTRAIT = 160  # pixels: shown at a third of them, so that it is sharp on phones
LOGO_HEIGHT, LOGO_WIDTH = 80, 400  # shown at half of them
MOST_BYTES = 6_000  # several of them stand on pages that may have 100 kB in all
QUALITIES = (86, 78, 65, 50, 35, 20, 8, 1)


def portrait_of(file: IO[bytes]) -> bytes:
    """The middle of an uploaded JPEG, PNG or WebP as a small square. Raises a BadPicture with a sentence."""
    image = upright(file, (PORTRAIT, PORTRAIT))
    # Faces stand in the upper half of photographs that are taller than wide.
    square = ImageOps.fit(image, (PORTRAIT, PORTRAIT), Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    clean = Image.new("RGB", square.size, "white")
    clean.paste(square, mask=square.getchannel("A") if square.mode == "RGBA" else None)
    return written(clean)


def logo_of(file: IO[bytes]) -> bytes:
    """A logo without the empty space around it, at the height of a row. Raises a BadPicture with a sentence."""
    image = upright(file, (1, LOGO_HEIGHT // 2))
    if image.mode == "RGBA":
        image = image.crop(image.getchannel("A").getbbox() or (0, 0, 0, 0))
    if not image.width:
        raise NoPicture  # see-through all over
    image.thumbnail((LOGO_WIDTH, LOGO_HEIGHT), Image.Resampling.LANCZOS)
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    return written(clean, exactly=True)


def key_of(content: bytes) -> str:
    """Tells one content from another, and stands in addresses."""
    return hashlib.sha256(content).hexdigest()[:20]


def size_of(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content), formats=["WEBP"]) as image:
        return image.size


def upright(file: IO[bytes], least: tuple[int, int]) -> Image.Image:
    """As RGB or RGBA, with nothing but its pixels."""
    file.seek(0)
    if b"<svg" in file.read(1024).lower():
        raise Drawn
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise PictureTooLarge(MOST_PIXELS)
            if image.getexif().get(ExifTags.Base.Orientation, 1) > 4:  # 5 to 8: lying on its side
                width, height = height, width
            if width < least[0] or height < least[1]:
                raise SmallPictureTooSmall((width, height), least)
            return in_common_colors(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(MOST_PIXELS) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NoPicture from error
    finally:
        file.seek(0)


def written(image: Image.Image, *, exactly: bool = False) -> bytes:
    """Within MOST_BYTES: without loss where it fits so, else with as little as it takes."""
    options: list[dict[str, Any]] = [{"lossless": True}] if exactly else []
    for option in [*options, *({"quality": quality} for quality in QUALITIES)]:
        file = io.BytesIO()
        image.save(file, "WEBP", method=6, **option)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()
