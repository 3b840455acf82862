"""The pages that tell of the station itself say what it really does."""

import pytest
from django.conf import settings

from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/accessibility/", "/data-protection/", "/es/data-protection/"])
def test_about_pages_are_public_kept_and_name_whom_to_write_to(client, address):
    cast.host("secretariat-general", email="hello@station.example")
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, no-cache"
    assert "mailto:hello@station.example" in response.text
    assert "Avinyó 15, 08002 Barcelona" in response.text


def test_data_protection_tells_the_spans_that_are_set(client):
    text = client.get("/data-protection/").text
    assert f"{settings.SESSION_COOKIE_AGE // 86400} days" in text
    assert "24 hours" in text
    assert "365 days" in text


def test_every_page_leads_to_them(client):
    footer = client.get("/activities/").text.partition("<footer")[2]
    assert 'href="/accessibility/"' in footer
    assert 'href="/data-protection/"' in footer


@pytest.mark.parametrize("start", ["", "/fr", "/ar"])
def test_where_no_page_is_that_is_said_in_every_language(client, start):
    """The languages lead on from an address that nothing is at, too."""
    page = client.get(f"{start}/nothing/here/?a=1")
    assert page.status_code == 404
    assert {translation["code"]: translation["url"] for translation in page.context["translations"]} == {
        "en": "/nothing/here/?a=1",
        "fr": "/fr/nothing/here/?a=1",
        "es": "/es/nothing/here/?a=1",
        "ar": "/ar/nothing/here/?a=1",
    }
