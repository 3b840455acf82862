"""The dry run of a list for a session for members: a place, one held, or a number in line, as the import then does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Session
from imports import actions
from imports.models import Entry
from imports.outlook import Outlooks
from imports.outlook_of_undoing import UndoOutlook
from membership.models import EmailDomain
from registrations import actions as registering
from registrations.models import Registration
from registrations.waiting_list import position_in_line
from tests import cast

from .making import FOR_ALL, imported, people

pytestmark = pytest.mark.django_db

MEMBERS = Session.Eligibility.MEMBERS_ONLY


def as_rows(*persons):
    return [(one.email, one.name, "Dakar", "Officer", "technical", "Senegal") for one in persons]


def foretold(of) -> list[str]:
    session = Session.objects.get(pk=of.session_id)
    return [one.place for one in Outlooks(of, list(of.entries.all()), session, timezone.now()).all()]


def came_of(of) -> list[str]:
    actions.begin(of=of, by=of.read_by)
    actions.go_on(of=of)
    return [words(entry.registration) for entry in of.entries.order_by("number")]


def words(registration: Registration) -> str:
    if registration.is_waiting:
        return f"waiting list, number {position_in_line(registration)}"
    return "place held" if registration.is_held else "a place"


@pytest.mark.parametrize("places", [0, 1, 3, 4, 30, None])
@pytest.mark.parametrize("before", [0, 3], ids=["nobody before", "three claimed before"])
@pytest.mark.parametrize("starts_in", [timedelta(days=10), timedelta(days=1)], ids=["in time", "too late"])
def test_it_foretells_what_the_import_does(places, before, starts_in):
    session = cast.session(eligibility=MEMBERS, places=places, starts_in=starts_in)
    for _i in range(before):
        cast.register(session)
    known = [cast.confirmed(cast.person(f"Known {n}")) for n in "AB"]
    claimed = [cast.person(f"Claimed {n}") for n in "AB"]
    new = people(2)
    rows = [new[0], *as_rows(claimed[0], known[0], claimed[1]), new[1], *as_rows(known[1])]
    of = imported(session, rows)
    said = foretold(of)
    assert came_of(of) == said
    if places == 30 and not before and starts_in.days > 1:
        line = ["waiting list, number 1"]
        assert said == ["place held", "place held", "a place", "place held", *line, "a place"]


def test_whom_a_domain_confirms_has_a_place_and_words_for_the_hours_are_a_word():
    session = cast.session(eligibility=MEMBERS, places=10)
    EmailDomain.objects.create(
        organization=cast.organization(), domain="dakar-city.example", added_at=timezone.now()
    )
    of = imported(
        session, as_rows(cast.person("Of City", email="one@dakar-city.example"), cast.person("Other"))
    )
    assert foretold(of) == ["a place", "place held"]
    assert came_of(of) == ["a place", "place held"]
    closed = cast.session(
        eligibility=MEMBERS, places=10, registration_closes_at=timezone.now() - timedelta(days=1)
    )
    late = imported(closed, people(2), why="The city was told late.")
    assert foretold(late) == ["a place", "a place"]
    assert came_of(late) == ["a place", "a place"]


def test_who_had_a_place_held_before_has_none_again():
    session = cast.session(eligibility=MEMBERS)
    left = cast.register(session)
    staff = cast.secretary()
    registering.cancel(registration=left, by=staff)
    Registration.objects.filter(pk=left.pk).update(hold_until=timezone.now() - timedelta(days=1))
    of = imported(session, as_rows(left.person), by=staff)
    session.refresh_from_db()
    [one] = Outlooks(of, list(of.entries.all()), session, timezone.now()).all()
    assert (one.outcome, one.waits) == ("changed", 1)
    assert came_of(of) == ["waiting list, number 1"]


def test_a_coordinator_does_not_learn_who_is_confirmed():
    session = cast.session(eligibility=MEMBERS)
    known = cast.confirmed(cast.person("Known Person"))
    by = cast.coordinator(session.activity.host)
    of = imported(session, as_rows(known, cast.person("Claimed Person")), by=by, for_all=FOR_ALL)
    assert foretold(of) == ["place held", "place held"]


@pytest.mark.parametrize("how_many", [1, 3])
def test_it_asks_the_same_however_many_are_known(how_many, django_assert_num_queries):
    session = cast.session(eligibility=MEMBERS)
    of = imported(session, as_rows(*(cast.confirmed(cast.person("Known Person")) for _i in range(how_many))))
    entries = list(of.entries.all())
    session = Session.objects.select_related("activity__host").prefetch_related("meetings").get(pk=session.pk)
    with django_assert_num_queries(9):
        Outlooks(of, entries, session, timezone.now()).all()


def test_undoing_counts_held_places_and_leaves_those_who_came_again_themselves():
    cast.organization()
    session = cast.session(eligibility=MEMBERS)
    of = imported(session, people(2))
    assert came_of(of) == ["place held", "place held"]
    now = timezone.now()
    undo = UndoOutlook(of, now, reader=of.read_by)
    assert undo.told + undo.untold == 2
    again = of.entries.order_by("number")[0].registration
    registering.cancel(registration=again, by=of.read_by)
    registering.register(session=session, person=again.person, by=again.person)
    again.refresh_from_db()
    assert again.is_held
    actions.begin_undo(of=of, by=of.read_by)
    actions.take_back(of=of)
    assert [one.back for one in of.entries.order_by("number")] == [Entry.Back.ANEW, Entry.Back.UNTOLD]
    again.refresh_from_db()
    assert again.is_held
