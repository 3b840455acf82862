"""The dry run: what each row would do and why not, with nobody made, registered or written to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Organization, OrganizationName, User
from catalog.models import Session
from imports.outlook import Outlooks
from outbox.models import Letter
from registrations import actions as registering
from registrations.models import Registration
from tests import cast

from .making import FOR_ALL, as_csv, imported, people

pytestmark = pytest.mark.django_db


def looked_at(session, rows, **options):
    of = imported(session, rows, **options)
    session = Session.objects.get(pk=session.pk)
    return [
        (one.outcome, one.why or one.place)
        for one in Outlooks(of, list(of.entries.all()), session, timezone.now()).all()
    ]


def row(email="new@dakar.example", name="Awa Ndiaye", **facts):
    facts = {"organization": "Dakar", "post": "Officer", "profile": "technical", "country": "SN"} | facts
    return (email, name, *(facts[name] for name in ("organization", "post", "profile", "country")))


def test_new_people_get_places_and_then_numbers_in_line_and_nothing_is_stored():
    session = cast.session(places=2)
    cast.register(session)
    before = User.objects.count(), Registration.objects.count(), Letter.objects.count()
    found = looked_at(session, people(3), by=cast.secretary())
    assert found == [
        ("new", "a place"),
        ("new", "waiting list, number 1"),
        ("new", "waiting list, number 2"),
    ]
    assert (User.objects.count() - 1, Registration.objects.count(), Letter.objects.count()) == before


def test_who_is_registered_is_the_same_and_who_gave_the_place_back_is_not_taken_by_surprise():
    session, staff = cast.session(), cast.secretary()
    stands, left, taken_out = (cast.register(session) for _ in range(3))
    registering.cancel(registration=left, by=left.person)
    registering.cancel(registration=taken_out, by=staff)
    found = looked_at(session, [row(one.person.email.upper()) for one in (stands, left, taken_out)], by=staff)
    assert found == [
        ("same", "Registered already."),
        ("refused", "This person gave the place back. Add them singly, if they want it again."),
        ("changed", "It was cancelled, and stands again."),
    ]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (row(email=""), "There is no e-mail address."),
        (row(email="awa(at)dakar.example"), "“awa(at)dakar.example” is no e-mail address."),
        (
            row(email="a@b.example c@d.example"),
            "There are several e-mail addresses. Write one person on each row.",
        ),
        (row(country="Atlantis"), "Country: “Atlantis” is not known."),
        (row(profile="wizard"), "Profile: “wizard” is not known."),
        (row(name="???"), "Write the name with letters, in any script."),
        (row(post="x" * 201), "Post: longer than 200 characters."),
        (row(name="", post=""), "Missing: Name, Post."),
        (row(organization=""), "Missing: Organization."),
    ],
)
def test_why_a_row_is_refused(cells, why):
    assert looked_at(cast.session(), [cells, row()]) == [("refused", why), ("new", "a place")]


def test_of_two_rows_with_one_address_the_second_is_the_same_or_refused():
    twins = [row(), row(email="NEW@dakar.example"), row(name="Somebody Else")]
    assert looked_at(cast.session(), twins) == [
        ("new", "a place"),
        ("same", "It stands on row 2 already."),
        ("refused", "Row 2 has this address with another name."),
    ]
    assert looked_at(cast.session(), [row(post=""), row()])[1] == ("new", "a place")


def test_a_cancelled_row_of_an_export_registers_nobody_and_cancels_nobody():
    session = cast.session()
    stands, left = cast.register(session), cast.register(session)
    registering.cancel(registration=left, by=left.person)
    elsewhere = cast.register(cast.session())
    rows = [
        (stands.code, "cancelled", stands.person.email),
        (left.code, "cancelled", left.person.email),
        (left.code, "confirmed", left.person.email),
        (elsewhere.code, "confirmed", elsewhere.person.email),
        ("", "cancelled", "nobody@dakar.example"),
    ]
    assert looked_at(session, as_csv(rows, ("Code", "State", "E-mail address"))) == [
        ("refused", "The file says cancelled. Cancel it in the list of registrations."),
        ("same", "Cancelled, as the file says."),
        ("same", "It was cancelled since the file was made, and stays so."),
        ("refused", "This row is of another session."),
        ("same", "Cancelled, as the file says."),
    ]


def test_hours_of_registration_are_passed_with_a_reason_and_the_rules_are_not():
    closed = cast.session(
        starts_in=timedelta(days=3), registration_closes_at=timezone.now() - timedelta(days=1)
    )
    [(outcome, why)] = looked_at(closed, [row()])
    assert outcome == "refused"
    assert why.startswith("Registration closed on ")
    assert looked_at(closed, [row()], why="The city was told late.") == [("new", "a place")]
    invited = cast.session(eligibility=Session.Eligibility.INVITED)
    cast.invitation(invited, "new@dakar.example")
    assert looked_at(invited, [row(), row(email="other@dakar.example")]) == [
        ("new", "a place"),
        ("refused", "This session is by invitation. Invite the address first."),
    ]


def test_organizations_are_found_by_any_of_their_names():
    dakar = cast.organization()
    OrganizationName.objects.create(organization=dakar, name="Ville de Dakar", language="fr", kind="official")
    members = cast.session(eligibility=Session.Eligibility.MEMBERS_ONLY)
    rows = [
        row(f"{n}@x.example", organization=name)
        for n, name in enumerate(("DAKAR", "ville de  dakar", "Elsewhere"))
    ]
    assert [outcome for outcome, _why in looked_at(members, rows)] == ["new", "new", "refused"]
    assert Organization.objects.count() == 1


def test_what_the_file_does_not_say_is_said_once_for_all():
    city = {"organization": str(cast.organization().pk), "post": "Official", "profile": "technical"}
    found = looked_at(cast.session(), b"Awa Ndiaye <awa@dakar.example>\nnew@dakar.example", for_all=city)
    # Country and clock are those of the organization.
    assert found == [("new", "a place"), ("refused", "Missing: Name.")]


def test_the_secretariat_needs_no_more_than_the_address_of_who_is_known():
    known = cast.person("Known Person", member=False)
    assert looked_at(cast.session(), known.email.encode(), for_all={}) == [("new", "a place")]


def test_a_coordinator_does_not_learn_whom_the_station_knows():
    session = cast.session(eligibility=Session.Eligibility.MEMBERS_ONLY)
    known = cast.person("Known Person", member=False)
    closed = cast.person("Closed Person", is_active=False)
    emails = [known.email, closed.email, "nobody@dakar.example"]
    by = cast.coordinator(session.activity.host)
    short = looked_at(session, "\n".join(emails).encode(), by=by, for_all={})
    missing = "Missing: Name, Post, Profile, Country, Time zone, Organization."
    assert [why for _outcome, why in short] == [missing] * 3
    cast.organization()
    whole = looked_at(session, [row(email) for email in emails], by=by, for_all=FOR_ALL)
    assert whole == [("new", "place held"), ("new", "place held"), ("new", "waiting list, number 1")]


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_dry_run_asks_the_same_number_of_questions(how_many, django_assert_num_queries):
    session = cast.session()
    of = imported(session, people(how_many))
    entries = list(of.entries.all())
    session = Session.objects.select_related("activity__host").prefetch_related("meetings").get(pk=session.pk)
    with django_assert_num_queries(9):
        Outlooks(of, entries, session, timezone.now()).all()


@pytest.mark.parametrize("how_many", [1, 3])
def test_of_a_session_for_those_invited_as_well(how_many, django_assert_num_queries):
    session = cast.session(eligibility=Session.Eligibility.INVITED)
    rows = people(how_many)
    session.invitations.create(email=rows[0][0].upper())
    of = imported(session, rows)
    entries = list(of.entries.all())
    session = Session.objects.select_related("activity__host").prefetch_related("meetings").get(pk=session.pk)
    with django_assert_num_queries(10):
        found = Outlooks(of, entries, session, timezone.now()).all()
    assert [one.outcome for one in found] == ["new", *["refused"] * (how_many - 1)]


def test_an_address_with_an_apostrophe_is_not_cut_to_somebody_elses():
    of = imported(cast.session(), as_csv([("o'brien@city.example",)], ("E-mail",)))
    assert of.entries.get().email == "o'brien@city.example"
