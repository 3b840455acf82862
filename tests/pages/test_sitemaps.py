from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests import cast

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SITE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def test_the_sitemap_leads_to_every_public_activity_in_each_language(client):
    public = cast.activity("Public")
    cast.activity("Draft", published=False)
    cast.activity("Withdrawn", withdrawn_at=timezone.now())
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    sections = [loc.text for loc in index.iterfind("s:sitemap/s:loc", NAMES)]
    assert {"sitemap-pages.xml", "sitemap-activities.xml"} <= {section.split("/")[-1] for section in sections}

    urls = ElementTree.fromstring(client.get("/sitemap-activities.xml").content)
    assert [loc.text for loc in urls.iterfind("s:url/s:loc", NAMES)] == [
        f"{SITE}{prefix}/activities/{public.slug}/" for prefix in ("", "/fr", "/es", "/ar")
    ]
    first = urls.find("s:url", NAMES)
    assert {link.get("hreflang"): link.get("href") for link in first.iterfind("x:link", NAMES)} == {
        "en": f"{SITE}/activities/{public.slug}/",
        "fr": f"{SITE}/fr/activities/{public.slug}/",
        "es": f"{SITE}/es/activities/{public.slug}/",
        "ar": f"{SITE}/ar/activities/{public.slug}/",
    }


def test_the_sitemap_names_the_front_page_and_the_catalog(client):
    urls = ElementTree.fromstring(client.get("/sitemap-pages.xml").content)
    listed = {loc.text for loc in urls.iterfind("s:url/s:loc", NAMES)}
    assert {f"{SITE}/", f"{SITE}/es/", f"{SITE}/activities/", f"{SITE}/fr/activities/"} <= listed


def test_an_unknown_section_is_not_there(client):
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_robots_are_shown_the_sitemap_and_kept_from_what_is_personal(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    for prefix in ("", "/fr", "/es", "/ar"):
        assert {f"Disallow: {prefix}/registrations/", f"Disallow: {prefix}/me/"} <= set(lines)
        assert f"Allow: {prefix}/proposals/new/$" in lines
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
