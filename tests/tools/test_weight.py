"""What the first visit of a public page may cost (promise 4), measured on the production server in a real browser."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = [pytest.mark.browser, pytest.mark.station, pytest.mark.long]

MOST_BYTES = 100_000
MOST_SCRIPT = 15_000
# https://web.dev/articles/cls calls up to 0.1 good; what is below 0.01 nobody sees.
NO_SHIFT = 0.01


@pytest.fixture(scope="module")
def weights():
    """The command in a process of its own: it starts servers of its own, under production settings."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "STATIC_ROOT")
    }
    done = subprocess.run(
        [sys.executable, "-m", "tools.weight", "--json"],
        cwd=settings.BASE_DIR,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def over(weights, name, most):
    return {
        f"{weight['page']} at {weight['width']} px": weight[name] for weight in weights if weight[name] > most
    }


def test_home_catalog_activity_center_and_hub_are_weighed_on_phone_and_desk(weights):
    pages = [weight["page"] for weight in weights if weight["width"] == 390]
    assert pages == [weight["page"] for weight in weights if weight["width"] == 1280]
    assert pages[:2] == ["/", "/activities/"]
    assert [page.split("/")[1] for page in pages[2:6]] == ["activities", "centers", "hubs", "fr"]
    # A page that came without its fonts or its style sheet would weigh too little.
    assert all(weight["bytes"] > 40_000 and weight["font_bytes"] > 20_000 for weight in weights)


def test_home_catalog_and_activity_are_weighed_in_arabic_with_the_font_of_its_letters(weights):
    arabic = [weight for weight in weights if weight["page"].startswith("/ar/")]
    english = [weight["page"] for weight in weights[:6]]
    assert [weight["page"] for weight in arabic] == [f"/ar{page}" for page in english]
    fonts = [
        {path.rpartition("/")[2].split(".")[0] for _size, path in weight["largest"] if "/fonts/" in path}
        for weight in arabic
    ]
    assert fonts == [{"station-sans-latin", "vazirmatn-arabic"}] * 6


def test_pictures_are_weighed_with_the_pages_that_show_them(weights):
    desk = {weight["page"]: weight for weight in weights if weight["width"] == 1280}
    for page, size in [("/", "640.avif"), ("/activities/", "320.avif"), (list(desk)[2], "640.avif")]:
        shown = [path for _bytes, path in desk[page]["largest"] if path.startswith("/pictures/")]
        assert any(path.endswith(size) for path in shown), page


def test_first_visit_is_light(weights):
    assert over(weights, "bytes", MOST_BYTES) == {}
    assert over(weights, "script_bytes", MOST_SCRIPT) == {}


def test_one_request_holds_up_the_first_paint(weights):
    assert {len(weight["blocking"]) for weight in weights} == {1}
    assert all(weight["blocking"][0].startswith("/static/css/station.") for weight in weights)


def test_nothing_moves(weights):
    moved = {
        f"{weight['page']} at {weight['width']} px": weight["moved"]
        for weight in weights
        if weight["layout_shift"] >= NO_SHIFT
    }
    assert moved == {}


def test_nothing_is_asked_of_others_and_nothing_complains(weights):
    assert [weight["elsewhere"] + weight["complaints"] for weight in weights] == [[]] * len(weights)


def test_policy_is_strict(weights):
    for weight in weights:
        assert "default-src 'self'" in weight["policy"]
        assert "unsafe" not in weight["policy"]
