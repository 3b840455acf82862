"""What is only read on a page of the desk leads on for whoever may open what it names, and for nobody else."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from outbox.models import Letter
from tests import cast
from tests.doors.things import Things, things_of
from tests.hubs.files import private_root  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def links_on(page: str, client: Client) -> set[str]:
    """Where what is only read there leads; nowhere when the page stays shut."""
    answer = client.get(page)
    read = re.findall(r'<div class="readonly">(.*?)</div>', answer.text, re.DOTALL)
    return set(re.findall(r'href="(/admin/[^"]+/change/)"', unescape("".join(read))))


def pages_of(things: Things) -> list[str]:
    kinds = [model for model in admin.site._registry if model in things]
    return [
        reverse(f"admin:{kind._meta.app_label}_{kind._meta.model_name}_change", args=[things[kind].pk])
        for kind in kinds
    ]


def test_nobody_is_led_to_a_page_that_stays_shut() -> None:
    things = things_of("seoul", "Seoul")
    coordinator, secretary = Client(), Client()
    coordinator.force_login(cast.coordinator())
    secretary.force_login(cast.secretary())
    shown = {link: page for page in pages_of(things) for link in links_on(page, coordinator)}
    assert {link: page for link, page in shown.items() if coordinator.get(link).status_code != 200} == {}
    assert len(shown) > 5
    person = reverse("admin:accounts_user_change", args=[things[User].pk])
    assert person not in shown
    assert person in links_on(reverse("admin:outbox_letter_change", args=[things[Letter].pk]), secretary)
