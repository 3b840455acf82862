"""Activities with sessions by a file: drafts only, through the desk's forms; what people know is changed there."""

import pytest
from django.utils import timezone

from catalog.models import Activity, Session
from desk.translations import stale_translations
from desk_files.activities import Activities
from outbox.models import Letter
from tests import cast

from .making import done, looked, outcomes, read, told, undone

pytestmark = pytest.mark.django_db
HEADINGS = ("Title", "Titre", "Format", "Host", "Topics", "Working languages", "Meetings", "Venue", "Places")
ONE, TWO = "2027-03-01 10:00–11:30 Who pays | Qui paie", "2027-04-05 9:00 - 10:00"
WATER = ("Water", "L’eau", "webinar", "seoul", "Mobility", "English; French", ONE, "", "30")


@pytest.fixture
def staff():
    return cast.secretary()


@pytest.fixture(autouse=True)
def ground():
    cast.host("seoul", timezone="Asia/Seoul")
    cast.topic("Mobility")


def test_an_activity_with_two_sessions_comes_in_as_a_draft(staff):
    second = ("Water", "", "", "seoul", "", "", f"{TWO}\n2027-04-06 22:00–2027-04-07 01:00", "Room 4", "")
    of = read("activities", [WATER, second], HEADINGS, by=staff)
    assert told(of) == [("new", ""), ("new", "")]
    assert not Activity.objects.exists()
    done(of)
    assert outcomes(of) == [("new", ""), ("new", "")]
    water = Activity.objects.get()
    assert (water.slug, water.title_fr, water.format, water.host.slug) == (
        "water",
        "L’eau",
        "webinar",
        "seoul",
    )
    assert (sorted(water.languages), [topic.slug for topic in water.topics.all()]) == (
        ["en", "fr"],
        ["mobility"],
    )
    assert water.published_at is None
    one, two = water.sessions.order_by("starts_at")
    assert (one.timezone, one.places, one.starts_at.isoformat()) == (
        "Asia/Seoul",
        30,
        "2027-03-01T01:00:00+00:00",
    )
    assert [meeting.title_fr for meeting in one.meetings.all()] == ["Qui paie"]
    assert (two.meetings.count(), two.venue_en, two.places) == (2, "Room 4", None)
    again = read("activities", [WATER, second], HEADINGS, by=staff)
    assert told(again) == [("same", ""), ("same", "")]


def test_wrong_rows_lose_none_of_the_right_ones(staff):
    rows = [
        ("", "", "webinar", "seoul", "", "", ONE, "", ""),
        ("Air", "", "webinar", "atlantis", "Fishing", "", ONE, "", ""),
        ("Earth", "", "webinar", "seoul", "", "", "tomorrow at ten", "", ""),
        ("Fire", "", "opera", "seoul", "", "", ONE, "", ""),
        WATER,
        ("Water", "Eaux", "", "seoul", "", "", TWO, "", ""),
        WATER,
    ]
    of = read("activities", rows, HEADINGS, by=staff)
    before = told(of)
    done(of)
    assert outcomes(of) == before
    assert [outcome for outcome, _why in before] == ["refused"] * 4 + ["new", "refused", "same"]
    assert [why for _outcome, why in before][:2] == [
        "Missing: Title.",
        "Host: “atlantis” is not known. Topics: “Fishing” is not known.",
    ]
    assert "“tomorrow at ten” is no meeting" in before[2][1]
    assert before[3][1] == "Format: “opera” is not known."
    assert before[5][1] == "Row 6 says otherwise of the same activity: Title (French)."
    assert Session.objects.get().activity.title == "Water"


def test_a_public_one_gets_new_texts_and_the_stale_translation_is_marked(staff):
    activity = cast.activity(title_en="Water", title_fr="L’eau")
    session = cast.session(activity)
    cast.register(session)
    headings = ("Code", "Title", "Code of the session", "Meetings")
    of = read("activities", [(activity.slug, "Rain", "", "")], headings, by=staff)
    assert [list(one.changes) for one in looked(of)] == [[("Title (English)", "Water", "Rain")]]
    letters = Letter.objects.count()
    done(of)
    activity.refresh_from_db()
    assert (activity.title_en, bool(activity.published_at)) == ("Rain", True)
    assert [one.translation.column for one in stale_translations(activity)] == ["title_fr"]
    moved = [(activity.slug, "", str(session.uid), TWO), (activity.slug, "", "", ONE)]
    of = read("activities", moved, headings, by=staff)
    assert told(of) == [
        (
            "refused",
            "People know hours, place, link and places of this session. Change them at the desk, where they are told.",
        ),
        (
            "refused",
            "This activity is or was public. Add sessions to it at the desk, or give a code of its own to make another.",
        ),
    ]
    assert Letter.objects.count() == letters


def test_a_draft_is_moved_and_undo_gives_back_and_takes_out(staff):
    of = done(read("activities", [WATER, (*WATER[:6], TWO, "", "")], HEADINGS, by=staff))
    water = Activity.objects.get()
    first = water.sessions.order_by("starts_at").first()
    headings = ("Code", "Code of the session", "Meetings", "Places", "Format")
    change = done(
        read(
            "activities",
            [("water", str(first.uid), TWO.replace("04-05", "05-05"), "40", "")],
            headings,
            by=staff,
        )
    )
    assert outcomes(change) == [("changed", "")]
    first.refresh_from_db()
    assert (first.places, f"{first.starts_at:%Y-%m-%d}") == (40, "2027-05-05")
    undone(change)
    first.refresh_from_db()
    assert (first.places, f"{first.starts_at:%Y-%m-%d}") == (30, "2027-03-01")
    assert change.entries.get().back == "given"
    undone(of)
    assert list(of.entries.values_list("back", flat=True)) == ["untold", "untold"]
    assert not Activity.objects.exists()


def test_undo_leaves_what_was_published_or_has_people(staff):
    rows = [
        WATER,
        ("Air", "", "webinar", "seoul", "", "", ONE, "", ""),
        ("Fire", "", "webinar", "seoul", "", "", ONE, "", ""),
    ]
    of = done(read("activities", rows, HEADINGS, by=staff))
    Activity.objects.filter(title_en="Air").update(published_at=timezone.now())
    Activity.objects.filter(title_en="Fire").update(title_en="Flames")
    undone(of)
    assert list(of.entries.values_list("back", flat=True)) == ["untold", "used", "touched"]
    assert set(Activity.objects.values_list("title_en", flat=True)) == {"Air", "Flames"}


def test_coordinators_bring_activities_of_their_own_hosts_alone():
    nour = cast.coordinator(cast.host("cairo", timezone="Africa/Cairo"))
    foreign = cast.activity("Water")
    rows = [WATER, ("Nile", "", "webinar", "cairo", "", "", ONE, "", "")]
    of = done(read("activities", rows, HEADINGS, by=nour))
    assert [outcome for outcome, _why in outcomes(of)] == ["refused", "new"]
    of = read("activities", [(foreign.slug, "Mine now")], ("Code", "Title"), by=nour)
    assert told(of) == [("refused", f"Another activity has the code “{foreign.slug}”.")]


def test_a_restart_goes_on_in_the_middle_of_an_activity(staff, monkeypatch):
    monkeypatch.setattr(Activities, "at_once", 2)
    days = [f"2027-03-{day:02} 10:00–11:00" for day in range(1, 6)]
    rows = [(*WATER[:6], day, "", "") for day in days]
    of = done(read("activities", rows, HEADINGS, by=staff))
    assert outcomes(of) == [("new", "")] * 5
    assert Activity.objects.get().sessions.count() == 5


def test_two_rows_that_say_otherwise_of_one_session_are_not_the_same(staff):
    other = {"venue": "Room 9", "longer": "2027-03-01 10:00–12:30", "places": "5"}
    rows = [
        WATER,
        (*WATER[:6], other["longer"], "", "30"),
        (*WATER[:6], ONE, other["venue"], "30"),
        (*WATER[:6], ONE, "", other["places"]),
        WATER,
    ]
    of = read("activities", rows, HEADINGS, by=staff)
    otherwise = ("refused", "Row 2 says otherwise of the same.")
    expected = [("new", ""), *[otherwise] * 3, ("same", "It stands on row 2 already.")]
    assert told(of) == expected
    assert outcomes(done(of)) == expected
