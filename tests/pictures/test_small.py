"""Portraits and logos: small, of one shape, and nothing of the file that came but its colors."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from pictures.errors import Drawn, NoPicture, PictureTooLarge, SmallPictureTooSmall
from pictures.small import MOST_BYTES, logo_of, portrait_of, size_of
from tests.sample_pictures import LEFT, RIGHT, city, file_of, like, look


def see_through(size: tuple[int, int]) -> Image.Image:
    """A bar in the middle of nothing."""
    image = Image.new("RGBA", size)
    width, height = size
    ImageDraw.Draw(image).rectangle(
        [width // 4, height // 4, 3 * width // 4 - 1, 3 * height // 4 - 1], fill=(*LEFT, 255)
    )
    return image


def test_a_portrait_is_a_small_square_without_what_the_camera_wrote() -> None:
    photograph = Image.effect_noise((1600, 900), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ada"
    portrait = portrait_of(file_of(photograph, exif=exif))
    assert size_of(portrait) == (160, 160)
    assert len(portrait) <= MOST_BYTES
    assert b"Camera" not in portrait
    seen = look(portrait_of(city()))
    assert like(seen.getpixel((5, 80)), LEFT)
    assert like(seen.getpixel((155, 80)), RIGHT)


def test_a_portrait_of_a_portrait_is_the_same_to_the_eye() -> None:
    once = portrait_of(city())
    assert like(look(portrait_of(io.BytesIO(once))).getpixel((5, 80)), LEFT)


def test_a_logo_loses_the_nothing_around_it_and_stays_see_through() -> None:
    logo = logo_of(file_of(see_through((800, 400)), "logo.png"))
    assert size_of(logo) == (160, 80)
    ring = Image.new("RGBA", (400, 400))
    ImageDraw.Draw(ring).ellipse([0, 0, 399, 399], outline=(*LEFT, 255), width=40)
    image = Image.open(io.BytesIO(logo_of(file_of(ring, "ring.png"))))
    assert image.getchannel("A").getpixel((40, 40)) == 0


@pytest.mark.parametrize(
    ("size", "becomes"), [((4000, 200), (400, 20)), ((300, 600), (40, 80)), ((90, 45), (90, 45))]
)
def test_a_logo_fits_its_row(size: tuple[int, int], becomes: tuple[int, int]) -> None:
    assert size_of(logo_of(file_of(Image.new("RGB", size, LEFT), "logo.png"))) == becomes


def test_a_logo_full_of_detail_stays_within_its_bytes() -> None:
    noise = Image.effect_noise((400, 80), 40).convert("RGB")
    assert len(logo_of(file_of(noise, "logo.png"))) <= MOST_BYTES


@pytest.mark.parametrize("make", [portrait_of, logo_of])
def test_what_is_no_picture_is_refused(make) -> None:
    with pytest.raises(NoPicture):
        make(ContentFile(b"%PDF-1.7"))
    with pytest.raises(Drawn):
        make(ContentFile(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>'))
    with pytest.raises(PictureTooLarge):
        make(file_of(Image.new("L", (8000, 8000)), "wall.png"))
    with pytest.raises(SmallPictureTooSmall) as refusal:
        make(file_of(Image.new("RGB", (90, 30)), "small.png"))
    assert "90 by 30 pixels" in refusal.value.sentence


def test_a_logo_of_nothing_is_refused() -> None:
    with pytest.raises(NoPicture):
        logo_of(file_of(Image.new("RGBA", (200, 100)), "nothing.png"))
