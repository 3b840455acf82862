import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import override_settings

from learning_station import design


def ask(rf, user):
    request = rf.get("/design/")
    request.user = user
    return design.gallery(request)


class Staff(AnonymousUser):
    is_staff = True


def test_gallery_is_no_page_for_the_public(rf):
    with pytest.raises(Http404):
        ask(rf, AnonymousUser())


def test_gallery_shows_every_part_to_staff_and_at_the_desk(rf):
    shown = ask(rf, Staff()).content.decode()
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
