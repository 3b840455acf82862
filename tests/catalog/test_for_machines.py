"""What search engines, feed readers and other sites find in the catalog's pages."""

import json
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from tests import cast

from .reading import address_of, full_activity

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def structured_data(response) -> dict:
    return json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())[1]
    )


def test_search_engines_read_the_course_and_its_instances(client):
    activity = full_activity()
    session = cast.session(activity, starts_at=datetime(2027, 3, 10, 15, tzinfo=UTC))
    cast.session(activity, cancelled_at=NOW)
    course = structured_data(client.get(address_of(activity)))
    assert course["@type"] == "Course"
    assert course["name"] == "Care within walking distance"
    assert course["provider"]["name"] == "MITI Regional Center Mexico City" or course["provider"]["name"]
    (instance,) = course["hasCourseInstance"]
    assert instance["@type"] == "CourseInstance"
    assert instance["startDate"] == "2027-03-10T09:00:00-06:00"
    assert instance["courseMode"] == "online"
    assert instance["inLanguage"] == ["es"]
    assert instance["location"]["@type"] == "VirtualLocation"
    assert instance["offers"]["price"] == 0
    assert instance["offers"]["availability"] == "https://schema.org/InStock"
    assert "meet.example" not in json.dumps(course)
    assert instance["offers"]["url"].endswith(reverse("registrations:register", args=[session.pk]))


def test_nothing_in_the_data_ends_the_script(client):
    activity = cast.activity("</script><script>alert(1)</script> & more")
    cast.session(activity)
    response = client.get(address_of(activity))
    assert structured_data(response)["name"] == "</script><script>alert(1)</script> & more"
    assert "<script>alert" not in response.content.decode()


def test_a_page_names_its_other_languages_its_own_address_and_its_picture(client):
    activity = cast.activity("Water")
    cast.session(activity)
    url = f"http://localhost:8000{address_of(activity, '/fr')}"
    page = client.get(address_of(activity, "/fr")).content.decode()
    assert f'<link rel="canonical" href="{url}">' in page
    assert f'<meta property="og:url" content="{url}">' in page
    assert '<meta property="og:image" content="http://localhost:8000/static/img/preview.png">' in page
    alternates = re.findall(r'<link\s+rel="alternate"\s+hreflang="(\w+)"\s+href="([^"]*)"', page)
    assert dict(alternates)["es"] == url.replace("/fr/", "/es/")
    assert dict(alternates)["en"] == url.replace("/fr/", "/")


def test_the_list_links_its_feeds_with_the_same_question(client):
    page = client.get("/activities/?topic=mobility").content.decode()
    cast.topic()
    assert 'type="application/atom+xml"' in page
    cache.clear()
    page = client.get("/activities/?topic=mobility&nonsense=1").content.decode()
    assert 'href="/activities/feed.atom?topic=mobility"' in page
    assert 'href="/activities/feed.ics?topic=mobility"' in page
