"""What the journeys of a proposal share: the world it is written in, and the way in."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from outbox.models import Letter
from tests import cast

IN_EACH_LANGUAGE = pytest.mark.parametrize(
    "prefix", ["", *(pytest.param(prefix, marks=pytest.mark.long) for prefix in ("/fr", "/es"))]
)


def world() -> None:
    """A topic, a host and a city, and nothing counted yet."""
    cache.clear()
    cast.topic("Mobility")
    cast.host("seoul")
    cast.organization("Dakar")


def enter(page: Page, person, live_server) -> None:
    """Signed in, as by a code: the door has tests of its own."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def link_in(kind: str) -> str:
    letter = Letter.objects.get(kind=kind)
    return re.search(r"http://localhost:8000(/\S+)", letter.text)[1]
