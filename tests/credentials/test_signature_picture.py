"""The picture of a signature: its ink alone, small, and with nothing else of the file that came."""

import io
import random

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from credentials.errors import NoInk
from credentials.signature_picture import MOST_BYTES, signature_picture
from pictures.errors import NoPicture, PictureTooLarge
from tests.sample_pictures import file_of, like

INK = (20, 30, 120)


def paper(size=(2400, 1600), light=255, ink=INK):
    """A blue line in the middle of much paper."""
    image = Image.new("RGB", size, (light,) * 3)
    middle = size[1] // 2
    line = [(size[0] // 4 + step * 20, middle + (80 if step % 2 else -80)) for step in range(size[0] // 40)]
    ImageDraw.Draw(image).line(line, fill=ink, width=9)
    return image


def seen(picture):
    return Image.open(io.BytesIO(picture.png))


def on_white(image):
    white = Image.new("RGB", image.size, "white")
    image = image.convert("RGBA")
    white.paste(image, mask=image.getchannel("A"))
    return white


def darkest(image):
    return min(pixels(image), key=sum)


def pixels(image):
    return image.get_flattened_data()


@pytest.mark.parametrize(("name", "light"), [("s.png", 255), ("s.jpg", 255), ("s.jpg", 190), ("s.webp", 220)])
def test_of_ink_on_paper_the_ink_remains_without_its_margins(name, light):
    made = signature_picture(file_of(paper(light=light), name))
    image = seen(made).convert("RGBA")
    assert (image.format, image.size) == (None, (made.width, made.height))
    assert seen(made).format == "PNG"
    assert 850 < made.width <= 900
    assert made.height < 200, "margins are gone"
    assert len(made.png) <= MOST_BYTES
    faintest, strongest = image.getchannel("A").getextrema()
    assert (faintest, strongest > 200) == (0, True)
    clear = sum(image.getchannel("A").histogram()[:20])
    assert clear > image.width * image.height * 0.5, "the paper is gone"
    strongest = max(pixels(image), key=lambda pixel: pixel[3])
    assert like(strongest[:3], INK) or name != "s.png"


def test_photographed_in_a_corner_of_the_light_the_paper_goes_too():
    lit = paper((2400, 1600), light=230)
    shade = Image.linear_gradient("L").resize(lit.size).point(lambda light: 255 - light // 3)
    photographed = ImageChops.multiply(lit, Image.merge("RGB", [shade] * 3))
    grain = Image.effect_noise(lit.size, 10)
    photographed = ImageChops.add(photographed, Image.merge("RGB", [grain] * 3), 1, -128)
    made = signature_picture(file_of(photographed, "s.jpg"))
    assert made.height < 200, "margins are gone, in the shade too"
    assert 850 < made.width <= 900


def test_on_white_it_looks_as_it_did():
    drawn = paper((800, 240)).filter(ImageFilter.GaussianBlur(1))
    made = signature_picture(file_of(drawn, "s.png"))
    shown = on_white(seen(made))
    assert like(darkest(shown), darkest(drawn))


def test_a_transparent_one_keeps_its_ink():
    drawn = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).line([(50, 50), (350, 150)], fill=(0, 0, 0, 255), width=6)
    made = signature_picture(file_of(drawn, "s.png"))
    assert made.width in range(295, 312)


def test_made_of_one_that_was_made_here_it_is_the_same_to_the_eye():
    once = signature_picture(file_of(paper(), "s.jpg"))
    again = signature_picture(io.BytesIO(once.png))
    assert abs(again.width - once.width) < 5
    assert abs(again.height - once.height) < 5
    assert like(*(darkest(on_white(seen(made))) for made in (once, again)))


def test_what_a_camera_writes_beside_it_is_gone():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    made = signature_picture(file_of(paper(), "s.jpg", exif=exif))
    assert b"taken at home" not in made.png
    assert not seen(made).getexif()


def test_one_lying_on_its_side_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = signature_picture(file_of(paper().rotate(90, expand=True), "s.jpg", exif=exif))
    assert made.width > made.height


def test_grain_makes_it_no_larger_than_it_may_be():
    noisy = paper((1200, 400))
    chance = random.Random(1)
    noise = Image.frombytes("L", noisy.size, chance.randbytes(noisy.width * noisy.height))
    noisy.paste((90, 90, 90), mask=noise.point(lambda light: 255 if light > 200 else 0))
    made = signature_picture(file_of(noisy, "s.png"))
    assert len(made.png) <= MOST_BYTES


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (lambda: file_of(Image.new("RGB", (800, 300), "white"), "s.png"), NoInk),
        (lambda: file_of(Image.new("RGB", (800, 300), "black"), "s.png"), NoInk),
        (lambda: file_of(Image.new("RGBA", (800, 300), (0, 0, 0, 0)), "s.png"), NoInk),
        (lambda: file_of(Image.new("1", (10_000, 5_000)), "s.png"), PictureTooLarge),
        (lambda: io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), NoPicture),
        (lambda: file_of(paper((300, 100)), "s.gif"), NoPicture),
    ],
    ids=["white", "black", "nothing", "a wall", "svg", "gif"],
)
def test_what_is_no_signature_is_refused_with_a_sentence(file, refusal):
    with pytest.raises(refusal) as refused:
        signature_picture(file())
    assert refused.value.sentence
