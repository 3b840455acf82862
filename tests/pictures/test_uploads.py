"""A picture made fit for the web: what is taken, and what is made of it."""

import io
import random
import struct
import zlib
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageCms

from pictures.errors import NoPicture, PictureTooLarge, PictureTooSmall
from pictures.uploads import VERSIONS, versions_of
from tests.sample_pictures import LEFT, RIGHT, city, file_of, halves, like, look

# What is made of it


@pytest.mark.parametrize("name", ["city.jpg", "city.png", "city.webp"])
def test_a_picture_is_made_in_every_size_and_no_heavier_than_pages_can_bear(name):
    made = versions_of(city(name))
    assert made.keys() == VERSIONS.keys()
    for version_name, content in made.items():
        version = VERSIONS[version_name]
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.size) == (version.format, version.size)
        assert len(content) <= version.most_bytes


def test_a_busy_picture_loses_detail_rather_than_weigh():
    noise = Image.effect_noise((1280, 720), 40).convert("RGB").resize((2560, 1440))
    made = versions_of(file_of(noise, "noise.png"))
    best = io.BytesIO()
    look(made["1280.jpg"]).resize((640, 360)).save(best, "AVIF", quality=55)
    assert len(made["640.avif"]) < len(best.getvalue()) / 2


def test_gray_in_sixteen_bits_keeps_its_shades():
    """As scanners and satellites write it. Taken for eight bits, all but the darkest would be a white sheet."""
    shades = Image.linear_gradient("L").resize((1280, 720))
    fine = Image.frombytes("I;16", shades.size, b"".join(bytes((0, shade)) for shade in shades.tobytes()))
    assert fine.getpixel((0, 360)) == shades.getpixel((0, 360)) * 256
    shown = look(versions_of(file_of(fine, "scan.png"))["1280.jpg"])
    for row in (10, 180, 360, 540, 700):
        light = shades.getpixel((640, row))
        assert all(abs(channel - light) <= 4 for channel in shown.getpixel((640, row)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_no_way_of_writing_a_png_makes_a_white_sheet(mode):
    gray = Image.new("L", (1280, 720), 0 if mode == "1" else 96)
    if mode == "I;16":
        picture = Image.frombytes(mode, gray.size, bytes((0, 96)) * (1280 * 720))
    else:
        picture = gray.convert(mode)
    expected = 0 if mode == "1" else 96
    red, _green, _blue = look(versions_of(file_of(picture, "any.png"))["1280.jpg"]).getpixel((640, 360))
    assert abs(red - expected) <= 4


def test_it_is_cut_to_its_middle():
    wide = Image.new("RGB", (3000, 720), "white")
    wide.paste(halves((1280, 720)), (860, 0))
    image = look(versions_of(file_of(wide))["1280.jpg"])
    assert like(image.getpixel((20, 360)), LEFT)
    assert like(image.getpixel((1260, 360)), RIGHT)


def test_where_it_was_taken_is_not_kept_and_what_lies_on_its_side_is_put_upright():
    turned = halves((1600, 900)).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # “turn me by a quarter to the right”
    exif[ExifTags.Base.Make] = "Secret Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (37.0, 33.0, 59.0)
    file = file_of(turned, exif=exif, comment=b"Secret Comment")
    assert b"Secret Camera" in file.read()
    for content in versions_of(file).values():
        image = Image.open(io.BytesIO(content))
        assert not image.getexif()
        assert b"Secret" not in content
        assert not {"exif", "xmp", "comment", "icc_profile"} & image.info.keys()
        upright = image.convert("RGB")
        assert like(upright.getpixel((image.width // 8, image.height // 2)), LEFT)
        assert like(upright.getpixel((image.width * 7 // 8, image.height // 2)), RIGHT)


def test_what_shows_through_becomes_white_and_foreign_colors_ours():
    clear = Image.new("RGBA", (1280, 720), (0, 0, 0, 0))
    assert like(look(versions_of(file_of(clear, "clear.png"))["1280.jpg"]).getpixel((9, 9)), (255, 255, 255))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with_profile = versions_of(file_of(halves(), icc_profile=lab))["1280.jpg"]
    assert like(look(with_profile).getpixel((9, 9)), LEFT)
    broken = versions_of(file_of(halves(), icc_profile=b"no profile at all"))["1280.jpg"]
    assert like(look(broken).getpixel((9, 9)), LEFT)
    ink = look(versions_of(file_of(halves().convert("CMYK")))["1280.jpg"])
    assert like(ink.getpixel((9, 9)), LEFT)


# What is not taken


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile(
            "city.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
        ),
        SimpleUploadedFile("city.jpg", b"GIF89a" + bytes(50)),
        SimpleUploadedFile("city.png", b"%PDF-1.7 ..."),
        SimpleUploadedFile("city.jpg", b""),
        SimpleUploadedFile("city.jpg", city().read()[:900]),
    ],
    ids=["svg", "gif header", "pdf", "nothing", "half a picture"],
)
def test_what_is_no_picture_is_refused_whatever_its_name(file):
    with pytest.raises(NoPicture):
        versions_of(file)


def test_a_gif_is_refused_under_the_name_of_a_jpeg():
    file = file_of(halves(), "city.gif")
    file.name = "city.jpg"
    with pytest.raises(NoPicture):
        versions_of(file)


def bomb(width: int, height: int) -> SimpleUploadedFile:
    """A PNG of a few bytes that says how large it is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND", b"")
    return SimpleUploadedFile("bomb.png", b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.parametrize("size", [(8000, 5001), (12_000, 12_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size):
    with pytest.raises(PictureTooLarge, match="40 million"):
        versions_of(bomb(*size))


@pytest.mark.parametrize("size", [(1279, 900), (1600, 719)])
def test_a_small_picture_is_refused(size):
    with pytest.raises(PictureTooSmall, match=f"{size[0]} by {size[1]}"):
        versions_of(city(size=size))


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow tells of what it skips
@pytest.mark.parametrize("name", ["city.jpg", "city.png", "city.webp"])
def test_a_damaged_picture_is_taken_or_refused_and_breaks_nothing(name):
    chance = random.Random(name)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    whole = file_of(halves((1280, 1280)), name, exif=exif).read()
    for _turn in range(40):
        broken = bytearray(whole)
        for _byte in range(chance.randint(1, 30)):
            broken[chance.randrange(min(len(broken), 600))] = chance.randrange(256)
        with suppress(NoPicture, PictureTooLarge, PictureTooSmall):
            versions_of(SimpleUploadedFile(name, bytes(broken)))
