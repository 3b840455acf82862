"""Pictures as people upload them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

LEFT, RIGHT = (200, 40, 30), (30, 60, 200)


def halves(size: tuple[int, int] = (1600, 900)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, LEFT)
    ImageDraw.Draw(image).rectangle([size[0] // 2, 0, *size], fill=RIGHT)
    return image


def file_of(image: Image.Image, name: str = "city.jpg", **options: object) -> SimpleUploadedFile:
    kind = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}[name.rpartition(".")[2]]
    written = io.BytesIO()
    image.save(written, kind, **options)
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")


def city(name: str = "city.jpg", size: tuple[int, int] = (1600, 900)) -> SimpleUploadedFile:
    return file_of(halves(size), name)


def look(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def like(color: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Compression moves colors a little."""
    return all(abs(one - two) < 30 for one, two in zip(color, other, strict=True))
