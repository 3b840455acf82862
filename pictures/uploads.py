"""A picture made fit for the web: in the shape and the sizes that pages show, and without what a camera writes into it.

Where and when a photograph was taken, and with what, stays with who took it. Nothing of the file that came is kept but
its colors.
"""

import io
from dataclasses import dataclass
from typing import IO

from PIL import ExifTags, Image, ImageCms, ImageOps

from .errors import NoPicture, PictureTooLarge, PictureTooSmall

MOST_PIXELS = 40_000_000  # a few kilobytes can say that they are a wall of black: that is asked before anything is unpacked
FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPT = "image/jpeg,image/png,image/webp"
WIDTH, HEIGHT = 1280, 720  # what a picture must have at least when it is cut to 16:9


@dataclass(frozen=True)
class Version:
    """One of the sizes. The first of `qualities` whose file is within `most_bytes` is taken, else the last."""

    width: int
    format: str
    content_type: str
    most_bytes: int
    qualities: tuple[int, ...]

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.width * 9 // 16

    @property
    def column(self) -> str:
        """Where a Picture keeps it."""
        return f"{self.content_type.removeprefix('image/').replace('jpeg', 'jpg')}_{self.width}"


# The first visit of a page is at most 100 kB in all (design, promise 4), and a page of the catalog shows seven covers at
# once: hence AVIF, and so few bytes. The WebP is for browsers older than 2024, the JPEG for the previews of other sites.
VERSIONS = {
    "320.avif": Version(320, "AVIF", "image/avif", 3_000, (55, 45, 37, 30, 24, 18, 14)),
    "640.avif": Version(640, "AVIF", "image/avif", 12_000, (55, 45, 37, 30, 24, 18)),
    "640.webp": Version(640, "WEBP", "image/webp", 25_000, (78, 65, 50, 35, 20)),
    "1280.jpg": Version(1280, "JPEG", "image/jpeg", 200_000, (82, 72, 60, 45)),
}


def versions_of(file: IO[bytes]) -> dict[str, bytes]:
    """What pages show of an uploaded JPEG, PNG or WebP, by the names of VERSIONS.

    Raises a BadPicture whose sentence says what is wrong with it. What it is, its bytes tell, never its name.
    """
    picture = opened(file)
    sizes = {version.size for version in VERSIONS.values()}
    resized = {size: picture.resize(size, Image.Resampling.LANCZOS) for size in sizes}
    return {name: written(resized[version.size], version) for name, version in VERSIONS.items()}


def opened(file: IO[bytes]) -> Image.Image:
    """The picture upright, cut to 16:9 from its middle, at the largest size we show, with nothing but its pixels."""
    file.seek(0)
    try:
        # Pillow warns of what is far too large for us: its own limits lie above ours.
        with Image.open(file, formats=FORMATS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise PictureTooLarge(MOST_PIXELS)
            if image.getexif().get(ExifTags.Base.Orientation, 1) > 4:  # 5 to 8: lying on its side
                width, height = height, width
            if width < WIDTH or height < HEIGHT:
                raise PictureTooSmall(width, height)
            image.draft("RGB", (2 * WIDTH, 2 * WIDTH))  # a JPEG need not be unpacked larger than we need it
            upright = ImageOps.exif_transpose(image)
            shown = ImageOps.fit(in_common_colors(upright), (WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(MOST_PIXELS) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NoPicture from error
    finally:
        file.seek(0)
    clean = Image.new("RGB", shown.size, "white")
    clean.paste(shown, mask=shown.getchannel("A") if shown.mode == "RGBA" else None)
    return clean


def in_common_colors(image: Image.Image) -> Image.Image:
    """As RGB or RGBA, in the colors that screens take for granted: phones write others, and say so in a profile."""
    if image.mode.startswith(
        "I"
    ):  # gray in 16 bits, as scanners write it: convert() alone makes all above 255 white
        return image.convert("I").point(lambda light: light * (1 / 256)).convert("RGB")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            known = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, known, ImageCms.createProfile("sRGB"), outputMode=mode
            )
            if converted:
                return converted
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the colors as they are
    return image.convert(mode)


def written(resized: Image.Image, version: Version) -> bytes:
    for quality in version.qualities:
        file = io.BytesIO()
        options = {"speed": 8} if version.format == "AVIF" else {"optimize": True, "progressive": True}
        resized.save(file, version.format, quality=quality, **options)
        if file.tell() <= version.most_bytes:
            break
    return file.getvalue()
