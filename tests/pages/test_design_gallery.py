import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import override_settings

from demo.activities import give_drawing
from pages import design_gallery
from tests import cast

pytestmark = pytest.mark.django_db


def ask(rf, user):
    request = rf.get("/design/")
    request.user = user
    return design_gallery.gallery(request)


def test_gallery_is_no_page_for_the_public(rf):
    with pytest.raises(Http404):
        ask(rf, AnonymousUser())


def test_gallery_shows_every_part_to_staff_and_at_the_desk(rf):
    shown = ask(rf, cast.reader()).content.decode()
    for name in (
        "activity-card",
        "schedule",
        "error-summary",
        "mailbox",
        "steps",
        "pagination",
        "empty",
        "badge-running",
    ):
        assert f'class="{name}' in shown or f" {name}" in shown
    with override_settings(DEBUG=True):
        assert ask(rf, AnonymousUser()).status_code == 200


def test_gallery_shows_a_picture_where_there_is_one(rf):
    assert "/pictures/" not in ask(rf, cast.reader()).content.decode()
    activity = cast.activity()
    give_drawing(activity, "river-park", alt={"en": "A footbridge over a river"}, by=cast.secretary())
    shown = ask(rf, cast.reader()).content.decode()
    assert f'srcset="{activity.picture_url}320.avif"' in shown
    assert 'alt="A footbridge over a river"' in shown
    assert "Drawing made for the demonstration" in shown


def test_each_state_is_shown_in_the_words_of_pages_and_has_its_look():
    states = design_gallery.sample_states()
    assert [(state.code, state.name) for state in states] == [
        ("open", "Open for registration"),
        ("few", "3 places left"),
        ("members", "For members"),
        ("invited", "By invitation"),
        ("waiting", "Full, with a waiting list"),
        ("soon", "Registration not yet open"),
        ("closed", "Registration closed"),
        ("cancelled", "Cancelled"),
        ("running", "Running now"),
        ("underway", "Under way"),
        ("past", "Past"),
        ("mine", "You are invited"),
        ("mine", "You are registered"),
        ("mine-waiting", "You are waiting, number 3"),
    ]
    sheet = Path(settings.BASE_DIR) / "static" / "css" / "parts" / "badges.css"
    looks = set(re.findall(r"\.badge-([a-z-]+)", sheet.read_text()))
    assert looks == {state.code for state in states}
