"""Under “With the support of” pages show whose time it is: from the first day to the last, without a change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from PIL import Image

from catalog.models import Activity
from copying.actions import copy_activity
from pictures.small import logo_of
from supporters import actions, shown
from supporters.models import Logo, Supporter
from tests import cast
from tests.hubs import agreements
from tests.sample_pictures import LEFT, RIGHT, file_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def supporter(name: str = "River Bank", **of: object) -> Supporter:
    of = {"from_day": date(2026, 1, 1)} | of
    made = Supporter.objects.create(name=name, **of)
    actions.after_change()
    cache.delete(shown.STATION_KEY)  # as after the commit
    return made


def logo(color: tuple[int, int, int] = LEFT, size: tuple[int, int] = (320, 80)) -> bytes:
    return logo_of(file_of(Image.new("RGB", size, color), "logo.png"))


def names(found: list[Supporter]) -> list[str]:
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("from_day", "until_day", "expected"),
    [
        (date(2026, 6, 10), None, True),
        (date(2026, 6, 11), None, False),
        (date(2026, 1, 1), date(2026, 6, 10), True),
        (date(2026, 1, 1), date(2026, 6, 9), False),
    ],
)
def test_the_first_and_the_last_day_belong_to_it(from_day, until_day, expected) -> None:
    supporter(from_day=from_day, until_day=until_day)
    assert bool(shown.of_station(NOON)) is expected


def test_a_beginning_and_an_end_show_while_the_stations_are_kept() -> None:
    supporter(until_day=date(2026, 6, 10))
    supporter("Later", from_day=date(2026, 6, 11))
    midnight = datetime(2026, 6, 11, tzinfo=UTC)
    assert names(shown.of_station(midnight - timedelta(seconds=5))) == ["River Bank"]
    assert names(shown.of_station(midnight)) == ["Later"]


def test_days_are_the_hosts() -> None:
    seoul, mexico = cast.host("seoul"), cast.host("mexico-city")
    for host in (seoul, mexico):
        supporter(host=host, until_day=date(2026, 6, 10))
    at = datetime(2026, 6, 10, 18, 0, tzinfo=UTC)  # the 11th in Seoul
    assert shown.of_host(seoul, None, at) == []
    assert names(shown.of_host(mexico, None, at)) == ["River Bank"]
    activity = cast.activity(host=seoul)
    supporter(activity=activity, until_day=date(2026, 6, 10))
    assert shown.of_activity(activity, at) == []


def test_the_station_s_stand_on_every_page_and_cost_one_statement_in_half_a_minute(
    django_assert_num_queries,
) -> None:
    supporter(link="https://bank.example/")
    cache.delete(shown.STATION_KEY)
    for address, queries in (
        ("/accessibility/", 2),
        ("/fr/accessibility/", 1),
    ):  # one is for whom to write to
        with django_assert_num_queries(queries):
            page = Client().get(address).text
        assert "River Bank" in page
        assert 'rel="noopener"' in page
    assert "River Bank" not in Client().get("/nothing-here/").text, "what went wrong asks nothing more"


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_at_once() -> None:
    one = supporter()
    assert "River Bank" in Client().get("/accessibility/").text
    one.name = "Lake Bank"
    one.save()
    actions.after_change()
    page = Client().get("/accessibility/").text
    assert "Lake Bank" in page
    assert "River Bank" not in page


def test_each_stands_where_it_belongs() -> None:
    hub = cast.host("chengdu")
    today = timezone.now().date()
    agreement = agreements.signed(hub)
    activity = cast.activity(host=hub)
    cast.session(activity)
    supporter("Of the host", host=hub)
    supporter("Of both", host=hub)
    supporter("Of both", agreement=agreement)
    supporter("Of the agreement", agreement=agreement)
    supporter("Of the activity", activity=activity)
    supporter("Of before", activity=activity, until_day=today - 2 * DAY)
    client = Client()
    hub_page = client.get(hub.get_absolute_url()).text
    activity_page = client.get(activity.get_absolute_url()).text
    assert "Of the host" in hub_page
    assert hub_page.count("Of both") == 1
    assert "Of the activity" not in hub_page
    assert "Of the activity" in activity_page
    assert "Of before" not in activity_page
    assert "Of the host" not in activity_page
    center = cast.host("cairo")
    supporter("Of the center", host=center)
    assert "Of the center" in client.get(center.get_absolute_url()).text


def test_logos_keep_their_place_load_late_and_are_named() -> None:
    activity = cast.activity()
    one = supporter(activity=activity, link="https://bank.example/")
    actions.set_logo(supporter=one, picture=logo(), by=None)
    actions.set_logo(supporter=one, picture=logo(RIGHT), is_dark=True, by=None)
    page = Client().get(activity.get_absolute_url()).text
    for part in (
        'alt="River Bank"',
        'width="160"',
        'height="40"',
        'loading="lazy"',
        one.light.url,
        one.dark.url,
    ):
        assert part in page
    assert 'media="screen and (prefers-color-scheme: dark)"' in page
    answer = Client().get(one.light.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]
    actions.set_logo(supporter=one, picture=None, by=None)
    assert Client().get(answer.request["PATH_INFO"]).status_code == 404


def test_many_cost_as_much_as_one(django_assert_num_queries) -> None:
    activity = cast.activity()
    for number in range(4):
        supporter(f"Bank {number}", activity=activity)
    with django_assert_num_queries(1):
        assert len(shown.of_activity(activity, NOON)) == 4


def test_a_copied_activity_keeps_whose_time_is_not_over() -> None:
    activity = cast.activity()
    cast.session(activity)
    today = timezone.now().date()
    one = supporter(activity=activity)
    actions.set_logo(supporter=one, picture=logo(), by=None)
    supporter("Over", activity=activity, until_day=today - 2 * DAY)
    draft = copy_activity(activity=activity, sessions=[], span=timedelta(0), by=cast.secretary())
    [copied] = draft.supporters.all()
    assert (copied.name, copied.logo_light, copied.logos.count()) == ("River Bank", one.logo_light, 1)
    assert Logo.objects.count() == 2
    assert Activity.objects.get(pk=activity.pk).supporters.count() == 2
