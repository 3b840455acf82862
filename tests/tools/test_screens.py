"""What `make screens AGAINST=<commit>` counts, what it names, and which pages it looks at."""

from pathlib import Path

import pytest
from PIL import Image

from tools.screens.comparing import compare, compare_picture
from tools.screens.differences import Difference, counted, differing, shown, table
from tools.screens.pages import WIDTHS, Found, compared, of_docs
from tools.screens.photographing import LOOKS, OPTIONAL_FONT

FOUND = Found(**dict.fromkeys(Found.__dataclass_fields__, "/x/"))


def picture(width=100, height=50, color=(255, 255, 255), **dots):
    made = Image.new("RGB", (width, height), color)
    for dot, colored in dots.values():
        made.putpixel(dot, colored)
    return made


def test_alike_pictures_differ_in_nothing():
    assert counted("home", differing(picture(), picture())) == Difference("home", 0, 5000)


@pytest.mark.parametrize("color", [(254, 255, 255), (255, 254, 255), (255, 255, 254)])
def test_a_pixel_counts_however_little_it_differs(color):
    assert counted("home", differing(picture(), picture(dot=((3, 4), color)))).pixels == 1


def test_what_only_one_picture_has_differs_also_where_it_is_black():
    longer = picture(height=52, color=(0, 0, 0))
    assert counted("home", differing(picture(color=(0, 0, 0)), longer)) == Difference("home", 200, 5200)
    assert counted("home", differing(longer, picture(color=(0, 0, 0)))) == Difference("home", 200, 5200)


@pytest.mark.parametrize(("pixels", "named"), [(0, False), (10, False), (11, True)])
def test_more_than_a_thousandth_is_named(pixels, named):
    assert Difference("home", pixels, 10_000).is_named is named


def test_the_table_names_the_largest_first_and_counts_all():
    differences = [
        Difference("home", 20, 10_000),
        Difference("hubs", 5, 10_000),
        Difference("members", 0, 10_000),
        Difference("desk", 5_000, 10_000),
    ]
    assert table(differences, {"draft": "/x/ answered 404"}).splitlines() == [
        "  desk    50.000%      5,000 pixels",
        "  home     0.200%         20 pixels",
        "  draft  missing: /x/ answered 404",
        "4 pictures compared: 2 differ by more than 0.1%, 1 by less, 5,025 pixels in all; 1 missing.",
    ]


def test_the_picture_of_a_difference_shows_it_in_red():
    here = picture(dot=((3, 4), (0, 0, 0)))
    red = shown(here, differing(picture(), here))
    assert red.getpixel((3, 4)) == (220, 0, 0)
    assert red.getpixel((4, 4)) == (255, 255, 255)


def test_a_picture_is_written_only_of_what_differs(tmp_path):
    for side, dots in [("before", {}), ("here", {"dot": ((1, 1), (0, 0, 0))})]:
        (tmp_path / side).mkdir()
        picture().save(tmp_path / side / "same.png")
        picture(**dots).save(tmp_path / side / "other.png")
    assert compare_picture("same", tmp_path).pixels == 0
    assert compare_picture("other", tmp_path).pixels == 1
    assert [file.name for file in (tmp_path / "differences").iterdir()] == ["other.png"]


def test_pictures_to_compare_stay_out_of_the_checkout(settings):
    with pytest.raises(SystemExit, match="go elsewhere"):
        compare("HEAD", Path(settings.BASE_DIR) / "docs")


def test_twenty_four_pages_are_compared_at_two_widths_in_three_looks():
    names = [screen.name for screen in compared(FOUND)]
    assert len(set(names)) == len(names) == 24
    assert len(WIDTHS) == 2
    assert set(LOOKS.values()) == {("en", "light"), ("en", "dark"), ("ar", "light")}


def test_pictures_of_docs_have_the_names_that_lie_there(settings):
    there = {
        file.stem.removesuffix("-desk").removesuffix("-phone")
        for file in (Path(settings.BASE_DIR) / "docs" / "screens").iterdir()
    }
    assert {screen.name for screen in of_docs(FOUND)} == there


@pytest.mark.parametrize("written", ["font-display: optional;", "font-display:swap;"])
def test_fonts_are_waited_for(written):
    assert OPTIONAL_FONT.sub("font-display:block", written) == "font-display:block;"
