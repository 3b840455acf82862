"""“Again, next year” at the desk: which sessions, how much later, at which hours; then the draft. All without scripts."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from catalog.models import Activity, Session
from page_cache.edition import announce
from staff.activities.copying import in_words
from tests import cast
from tests.copying.held_before import at, held_before, series
from tests.staff.activity_page import change_page

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_day_is_known() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def activity() -> Activity:
    made = held_before()
    series(made)
    return made


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def copy_page(activity: Activity) -> str:
    return reverse("admin:catalog_activity_copy", args=[activity.pk])


def hours(answer: Any) -> list[tuple[str, str]]:
    return [(was, becomes) for row in answer.context["rows"] for was, becomes, _odd in row.hours]


def typed(answer: Any, **changed: Any) -> dict[str, Any]:
    """What the form would send as it stands, with what is changed."""
    form = answer.context["form"]
    data = {name: form[name].value() for name in ("weeks", "first_day") if name in form.fields}
    chosen = [str(row.session.pk) for row in answer.context["rows"] if row.chosen]
    sent = {name: value for name, value in data.items() if value is not None}
    return sent | {"sessions": chosen, "is_edition": "on"} | changed


def tools(client: Client, activity: Activity) -> dict[str, str]:
    """What can be done with it, by the words on its page."""
    page = client.get(change_page(activity)).content.decode()
    return {name: address for address, name in re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', page)}


def editions(client: Client, of: Activity) -> list[tuple[str, str, str]]:
    page = client.get(change_page(of)).content.decode()
    return re.findall(r'<p>(\w+ edition): <a href="([^"]+)">([^<]+)</a></p>', page)


def test_without_scripts_two_presses_from_the_activity_make_the_draft(activity: Activity) -> None:
    """“Copy” and “Make the draft”; the draft's form follows. (Typed anew, it would be 35 fields.)"""
    client = signed_in(cast.secretary())
    link = tools(client, activity)["Copy"]
    asked = client.get(link)
    assert "<td>Tue 2026-04-28 10:00–11:30</td>" in asked.content.decode()
    assert hours(asked) == [
        ("Tue 2026-04-21 10:00–11:30", "Tue 2027-04-20 10:00–11:30"),
        ("Tue 2026-04-28 10:00–11:30", "Tue 2027-04-27 10:00–11:30"),
        ("Tue 2026-05-05 10:00–11:30", "Tue 2027-05-04 10:00–11:30"),
    ]
    assert Activity.objects.count() == 1
    made = client.post(link, typed(asked), follow=True)
    draft = Activity.objects.get(earlier=activity)
    assert made.redirect_chain == [(change_page(draft), 302)]
    page = made.content.decode()
    assert "This is the copy, a draft, with 1 session. Its joining link is still to be given." in page
    assert "The year in which it was held before is named in: Summary in English." in page
    assert "2027-04-20 10:00–11:30 Sources" in page
    assert "has no signed agreement in force on 2027-04-20." in page  # as of any that one adds for a center


def test_it_says_what_comes_along_and_what_stays_behind(activity: Activity) -> None:
    page = signed_in(cast.secretary()).get(copy_page(activity)).content.decode()
    assert "in all languages, with its topics, speakers, picture, materials and its rule" in page
    for room in (
        "invitations and letters",
        "guests and helpers",
        "certificates that were issued",
        "the proposal that",
    ):
        assert room in page


def test_another_span_is_shown_before_it_is_made(activity: Activity) -> None:
    client = signed_in(cast.secretary())
    asked = client.get(copy_page(activity))
    by_day = client.post(copy_page(activity), typed(asked, first_day="2027-04-21", _look="yes"))
    assert by_day.status_code == 200
    assert hours(by_day)[0] == ("Tue 2026-04-21 10:00–11:30", "Wed 2027-04-21 10:00–11:30")
    assert "everything falls on other weekdays" in by_day.content.decode()
    by_weeks = client.post(copy_page(activity), typed(asked, weeks="53", _look="yes"))
    assert hours(by_weeks)[0] == ("Tue 2026-04-21 10:00–11:30", "Tue 2027-04-27 10:00–11:30")
    assert "other weekdays" not in by_weeks.content.decode()
    assert Activity.objects.count() == 1
    client.post(copy_page(activity), typed(by_day) | {"first_day": "2027-04-21"})
    session = Session.objects.get(activity__earlier=activity)
    assert session.starts_at == at("2027-04-21 10:00")


def test_cancelled_ones_and_those_of_long_ago_are_not_proposed_and_may_be_chosen(activity: Activity) -> None:
    off = series(activity, label="Called off", cancelled_at=NOW)
    old = cast.session(activity, label="Years ago", starts_at=at("2024-04-23 10:00"))
    client = signed_in(cast.secretary())
    asked = client.get(copy_page(activity))
    proposed = activity.sessions.get(label="Spring edition")
    assert typed(asked)["sessions"] == [str(proposed.pk)]
    assert "was cancelled" in asked.content.decode()
    refused = client.post(copy_page(activity), typed(asked, sessions=[old.pk]))
    assert refused.status_code == 422
    assert "Years ago: It would be over already." in refused.content.decode()
    client.post(copy_page(activity), typed(asked, sessions=[off.pk]))
    assert Session.objects.get(activity__earlier=activity).cancelled_at is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"weeks": ""}, "Say how much later"),
        ({"weeks": "-1"}, "greater than or equal to 0"),
        ({"weeks": "9999"}, "less than or equal to 520"),
        ({"weeks": "soon"}, "Enter a whole number"),
        ({"first_day": "0027-04-21"}, "Write a year from 1900 to 2199"),
        ({"first_day": "tomorrow"}, "Enter a valid date"),
        ({"sessions": ["0"]}, "is not one of the available choices"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_made(
    activity: Activity, changed: dict[str, Any], says: str
) -> None:
    client = signed_in(cast.secretary())
    answer = client.post(copy_page(activity), typed(client.get(copy_page(activity)), **changed))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Activity.objects.count() == 1


def test_an_hour_that_the_clocks_leave_out_is_said_beside_its_session(activity: Activity) -> None:
    night = cast.session(activity, starts_at=at("2026-05-01 00:30"), label="By night")
    client = signed_in(cast.secretary())
    asked = client.get(copy_page(activity))
    problem = "2027-04-30 00:30 does not exist in Africa/Cairo"
    assert problem in asked.content.decode()
    assert str(night.pk) not in typed(asked)["sessions"]
    refused = client.post(copy_page(activity), typed(asked, sessions=[night.pk]))
    assert f"By night: {problem}" in refused.content.decode()
    assert client.post(copy_page(activity), typed(asked, sessions=[night.pk], weeks="53")).status_code == 302


def test_what_was_copied_before_is_named_and_both_lead_to_each_other(activity: Activity) -> None:
    client = signed_in(cast.secretary())
    asked = client.get(copy_page(activity))
    assert "It was copied before" not in asked.content.decode()
    client.post(copy_page(activity), typed(asked))
    draft = Activity.objects.get(earlier=activity)
    page = client.get(copy_page(activity)).content.decode()
    assert re.search(rf'<a\s+href="{change_page(draft)}"\s*>Water in dense cities \(2027\)</a', page)
    assert editions(client, draft) == [
        ("Earlier edition", change_page(activity), "Water in dense cities (2026)")
    ]
    assert editions(client, activity) == [
        ("Newer edition", change_page(draft), "Water in dense cities (2027)")
    ]


def test_of_another_host_by_now_only_what_is_public_is_named(activity: Activity) -> None:
    draft = cast.activity("Secret", published=False, host=cast.host("cairo"), earlier=activity)
    Activity.objects.filter(pk=activity.pk).update(host=cast.host("seoul"))
    of_seoul, of_cairo = (signed_in(cast.coordinator(cast.host(slug))) for slug in ("seoul", "cairo"))
    assert "Secret" not in of_seoul.get(change_page(activity)).content.decode()
    assert editions(of_cairo, draft) == [
        ("Earlier edition", activity.get_absolute_url(), "Water in dense cities (2026)")
    ]


def test_a_copy_may_be_no_edition(activity: Activity) -> None:
    client = signed_in(cast.secretary())
    data = typed(client.get(copy_page(activity)))
    del data["is_edition"]
    client.post(copy_page(activity), data)
    assert Activity.objects.latest("pk").earlier is None


@pytest.fixture
def step(activity: Activity) -> str:
    """“Earlier edition”, of an activity that was typed anew."""
    anew = cast.activity("Typed anew", host=cast.host("cairo"))
    return f"{reverse('admin:catalog_activity_earlier-edition')}?ids={anew.pk}"


def test_what_was_typed_anew_is_named_an_edition_and_set_apart_again(
    activity: Activity, step: str, django_capture_on_commit_callbacks: Any
) -> None:
    client, anew = signed_in(cast.secretary()), Activity.objects.get(title_en="Typed anew")
    assert tools(client, anew)["Earlier edition"] == step
    for address, earlier, said in [
        (
            "https://station.example/fr/activities/water-2026/",
            activity,
            "an edition of “Water in dense cities”.",
        ),
        ("", None, "no edition of another."),
        ("water-2026", activity, "an edition of “Water in dense cities”."),
    ]:
        connection.run_on_commit.clear()  # what came before left there
        with django_capture_on_commit_callbacks() as after_the_commit:
            done = client.post(step, {"thing-0-address": address}, follow=True)
        assert f"Typed anew: {said}" in done.content.decode()
        assert announce in after_the_commit
        anew.refresh_from_db()
        assert anew.earlier == earlier
    assert 'value="water-2026"' in client.get(step).content.decode()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("nowhere", "There is no activity at this address"),
        ("a secret of seoul", "There is no activity at this address"),
        ("secret-of-seoul", "There is no activity at this address"),
        ("typed-anew", "That is this activity itself, or one of its later editions."),
        ("later-still", "That is this activity itself, or one of its later editions."),
    ],
)
def test_no_edition_of_what_one_does_not_see_or_of_itself(step: str, address: str, why: str) -> None:
    anew = Activity.objects.get(title_en="Typed anew")
    Activity.objects.filter(pk=anew.pk).update(slug="typed-anew")
    cast.activity(slug="secret-of-seoul", host=cast.host("seoul"))
    later = cast.activity(host=cast.host("cairo"), earlier=anew)
    cast.activity(slug="later-still", host=cast.host("cairo"), earlier=later)
    refused = signed_in(cast.coordinator(cast.host("cairo"))).post(step, {"thing-0-address": address})
    assert why in refused.content.decode()
    anew.refresh_from_db()
    assert anew.earlier is None


def test_words_alone_are_copied_where_no_session_is_chosen_or_there_is_none() -> None:
    bare = cast.activity("History", held_on="2009-05-04", host=cast.host("cairo"))
    client = signed_in(cast.secretary())
    asked = client.get(copy_page(bare))
    assert "It has no session. Its words are copied." in asked.content.decode()
    made = client.post(copy_page(bare), typed(asked), follow=True)
    assert "This is the copy, a draft without sessions." in made.content.decode()
    with_sessions = held_before()
    series(with_sessions)
    made = client.post(
        copy_page(with_sessions), typed(client.get(copy_page(with_sessions)), sessions=[]), follow=True
    )
    assert "a draft without sessions" in made.content.decode()


def test_coordinators_copy_what_is_of_their_hosts_and_no_more(activity: Activity) -> None:
    own, foreign = (signed_in(cast.coordinator(cast.host(slug))) for slug in ("cairo", "seoul"))
    data = typed(own.get(copy_page(activity)))
    assert foreign.get(copy_page(activity)).status_code == 404
    assert foreign.post(copy_page(activity), data).status_code == 404
    assert own.post(copy_page(activity), data).status_code == 302
    assert Activity.objects.filter(earlier=activity).count() == 1


@pytest.mark.parametrize(("who", "status"), [(cast.reader, 403), (cast.person, 302)])
def test_who_adds_no_activities_copies_none(activity: Activity, who: Any, status: int) -> None:
    client = signed_in(who())
    for answer in (client.get(copy_page(activity)), client.post(copy_page(activity), {"weeks": "52"})):
        assert answer.status_code == status
    if status == 403:
        assert "Preview as an official sees it" in tools(client, activity)
        assert "Copy" not in tools(client, activity)
    assert Activity.objects.count() == 1


def test_days_in_digits_stay_in_order_behind_arabic_words() -> None:
    """Without marks “2026-12-02” would stand there as “02-12-2026”. Of hours the first stands where reading begins."""
    start = datetime(2026, 12, 1, 23, 30)
    with override("ar"):
        words = in_words((start, start + timedelta(minutes=15)))
        over_midnight = in_words((start, start + timedelta(minutes=90)))
    assert words == "ثلاثاء \u20662026-12-01\u2069 23:30–23:45"
    assert over_midnight == "ثلاثاء \u20662026-12-01\u2069 23:30 – أربعاء \u20662026-12-02\u2069 01:00"
