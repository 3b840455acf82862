"""A long file is looked at in steps, once: its pages show what was kept, and what is done otherwise says so."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organization, User
from catalog.models import Activity
from desk_files.looking import Looking
from imports import actions, errors, tasks
from imports.actions import looking
from imports.kinds import kind_of
from imports.models import Import
from tests import cast

from .making import begun, done, outcomes, read, told

pytestmark = pytest.mark.django_db
ORGANIZATIONS = ("Code", "Name", "Country", "Region", "Kind")
GROUND = {"ground": "named", "source": "A network"}
ACTIVITIES = ("Title", "Format", "Host", "Meetings", "Places")


@pytest.fixture
def staff():
    return cast.secretary()


@pytest.fixture
def long(monkeypatch):
    """Three rows are many, and two are looked at in one step."""

    def so() -> None:
        monkeypatch.setattr(Looking, "looked_at_once", 2)
        monkeypatch.setattr(looking, "AT_ONCE", 2)

    return so


def foreseen(of: Import) -> list[tuple[str, str]]:
    return [(one.foreseen["outcome"], one.foreseen["why"]) for one in of.entries.all()]


def looked_at(of: Import) -> Import:
    assert of.is_looking
    return actions.look(of=of)


def meeting(day: int) -> str:
    return f"2027-03-{day:02} 10:00–11:30"


FILES = {
    "activities": (
        ACTIVITIES,
        [
            ("Water", "webinar", "seoul", meeting(1), "30"),
            ("Roads", "webinar", "nowhere", meeting(1), ""),
            ("Water", "", "seoul", meeting(2), "many"),
            ("Water", "course", "seoul", meeting(3), ""),
            ("Water", "", "seoul", meeting(1), ""),
            ("Bread", "webinar", "seoul", meeting(4), ""),
            ("Water", "", "seoul", meeting(5), "8"),
        ],
    ),
    "organizations": (
        ORGANIZATIONS,
        [
            ("", "Kigali", "Rwanda", "Africa", "member"),
            ("", "Nowhere", "Atlantis", "", ""),
            ("", "Kigali", "Rwanda", "Africa", "member"),
            ("", "KIGALI", "Rwanda", "Africa", "partner"),
            ("lyon", "Lugdunum", "", "", ""),
            ("", "Lyon", "France", "", ""),
        ],
    ),
    "people": (
        ("Name", "E-mail address", "Organization", "Post", "Profile", "Country"),
        [
            ("Ana Lima", "ana@a.example", "Lima", "Planner", "technical staff", "Peru"),
            ("Bea", "no address", "", "", "", ""),
            ("ana lima", "Ana <ANA@a.example>", "Lima", "Planner", "technical staff", "Peru"),
            ("Ana Lima", "ana@a.example", "Lima", "Planner", "technical staff", "Peru"),
            ("Cleo", "cleo@a.example", "", "", "technical staff", "Peru"),
        ],
    ),
}


def lyon() -> Organization:
    return Organization.objects.create(
        name="Lyon", slug="lyon", country="FR", region="europe", kind="member", timezone="Europe/Paris"
    )


@pytest.mark.parametrize("kind", FILES)
def test_what_steps_foresee_is_what_one_look_tells_and_what_is_done(staff, long, monkeypatch, kind):
    cast.host("seoul", timezone="Asia/Seoul")
    lyon()
    headings, rows = FILES[kind]
    at_once = told(read(kind, rows, headings, by=staff, **GROUND))
    long()
    of = looked_at(read(kind, rows, headings, by=staff, **GROUND))
    assert of.looked_at
    assert foreseen(of) == at_once
    assert "refused" in dict(at_once)
    assert "new" in dict(at_once)
    monkeypatch.setattr(type(kind_of(of)), "at_once", 2)
    assert [row for row, _why in outcomes(done(of))] == [row for row, _why in at_once]
    assert not of.entries.otherwise().exists()


def test_pages_of_a_long_file_look_at_no_row_again(client, staff, long, monkeypatch):
    cast.host("seoul", timezone="Asia/Seoul")
    long()
    headings, rows = FILES["activities"]
    of = read("activities", rows, headings, by=staff)
    monkeypatch.setattr(Looking, "looks", None)
    client.force_login(staff)
    page = client.get(of.get_absolute_url())
    assert "0 of 7 rows were looked at" in page.text
    assert "js/imports.js" in page.text
    assert reverse("imports:begin", args=[of.pk]) not in page.text
    monkeypatch.undo()
    long()
    looking.step(of)
    assert "2 of 7 rows were looked at" in client.get(of.get_absolute_url()).text
    actions.look(of=of)
    monkeypatch.setattr(Looking, "looks", None)
    page = client.get(of.get_absolute_url())
    assert reverse("imports:begin", args=[of.pk]) in page.text
    assert "rows were looked at" not in page.text
    only = client.get(of.get_absolute_url(), {"what": "refused"})
    assert "Roads" in only.text
    assert "Bread" not in only.text
    refused = client.get(reverse("imports:refused", args=[of.pk])).text
    assert "Roads" in refused
    assert "nowhere" in refused
    assert "Bread" not in refused
    assert not Activity.objects.exists()


def test_nobody_begins_what_was_not_looked_at(staff, long):
    long()
    headings, rows = FILES["organizations"]
    of = read("organizations", rows, headings, by=staff)
    looking.step(of)
    with pytest.raises(errors.NotLookedAtYet):
        begun(of)
    actions.look(of=of)
    begun(of)


def test_a_short_file_is_looked_at_whenever_it_is_shown(staff):
    headings, rows = FILES["organizations"]
    of = read("organizations", rows, headings, by=staff)
    assert not of.is_looking
    assert actions.look(of=of).entries.exclude(foreseen={}).count() == 0


def test_what_comes_otherwise_than_foreseen_says_so(client, staff, long):
    organization = lyon()
    long()
    rows = [
        ("", "Kigali", "Rwanda", "Africa", "member"),
        ("lyon", "Lugdunum", "", "", ""),
        ("", "Butare", "Rwanda", "Africa", "member"),
    ]
    of = looked_at(read("organizations", rows, ORGANIZATIONS, by=staff))
    assert [outcome for outcome, _why in foreseen(of)] == ["new", "changed", "new"]
    organization.name = "Lugdunum"
    organization.save()
    Organization.objects.create(
        name="Butare", slug="butare", country="RW", region="africa", kind="member", timezone="Africa/Kigali"
    )
    of = done(of)
    assert [row for row, _why in outcomes(of)] == ["new", "same", "same"]
    client.force_login(staff)
    text = " ".join(client.get(of.get_absolute_url()).text.split())
    assert "because things were changed since: rows" in text
    assert "Before it was done, this page said: changed." in text
    assert text.count("Before it was done, this page said: new.") == 1


def test_a_look_that_was_killed_goes_on(staff, long):
    long()
    headings, rows = FILES["people"]
    of = read("people", rows, headings, by=staff)
    looking.step(of)
    Import.objects.filter(pk=of.pk).update(moved_at=timezone.now() - timedelta(minutes=5))
    people = User.objects.count()
    assert tasks.go_on_with_all() == 1
    of.refresh_from_db()
    assert of.looked_at
    assert not of.entries.to_look_at().exists()
    assert User.objects.count() == people
    assert tasks.go_on_with_all() == 0


def test_columns_that_are_told_anew_are_looked_at_anew(staff, long):
    long()
    headings, rows = FILES["organizations"]
    of = looked_at(read("organizations", rows, headings, by=staff))
    columns = ["", *of.columns[1:]]
    of = actions.understand(of=of, columns=columns, for_all={})
    assert of.is_looking
    assert of.entries.to_look_at().count() == len(rows)
