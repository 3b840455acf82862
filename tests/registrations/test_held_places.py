"""Places for members: confirmed people have them, claimed ones for a few days, and what becomes of these."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from catalog.models import Session
from membership import actions as membership
from membership.models import Claim
from outbox.models import Letter
from registrations import actions, errors
from registrations.holding import is_for_members, most_held, sessions_to_settle
from registrations.joining import may_see
from registrations.models import Registration
from registrations.tasks import settle_holds
from registrations.waiting_list import position_in_line
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
START = datetime(2026, 12, 20, 8, tzinfo=UTC)
DAY = timedelta(days=1)
STATES = Registration.State


def for_members(**fields) -> Session:
    fields = {"eligibility": "members_only", "starts_at": START, "places": 20} | fields
    return cast.session(**fields)


def claimed(session: Session, now: datetime = NOW, **options) -> Registration:
    return cast.register(session, cast.person(), now=now, **options)


def confirm(person: User, now: datetime) -> None:
    claim = Claim.objects.standing().get(person=person)
    membership.confirm(claim=claim, ground=Claim.Ground.STAFF, by=cast.secretary(), now=now)


def kinds(registration: Registration) -> list[str]:
    return list(Letter.objects.about(registration).order_by("pk").values_list("kind", flat=True))


def states(session: Session) -> list[str]:
    return list(session.registrations.order_by("pk").values_list("state", flat=True))


def settle(session: Session, now: datetime) -> None:
    actions.settle_holds(session=session, now=now)


# Held


@pytest.mark.parametrize(
    ("starts_at", "until"),
    [
        (START, NOW + 5 * DAY),
        (NOW + 6 * DAY, NOW + 4 * DAY),
        (NOW + 2 * DAY + timedelta(minutes=1), NOW + timedelta(minutes=1)),
        (NOW + 2 * DAY, None),
        (NOW + timedelta(hours=1), None),
    ],
)
def test_a_place_is_held_for_five_days_and_never_later_than_two_before_the_start(starts_at, until):
    registration = claimed(for_members(starts_at=starts_at))
    assert registration.state == (STATES.HELD if until else STATES.WAITING)
    assert registration.hold_until == until


def test_a_series_that_may_be_joined_later_is_reckoned_by_its_end():
    begun = for_members(starts_at=NOW - DAY, ends_at=NOW + 20 * DAY, self_paced=True)
    assert claimed(begun).hold_until == NOW + 5 * DAY


def test_it_is_a_place_but_none_to_take_part_with(client):
    session = for_members()
    registration = claimed(session)
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (1, 0)
    assert kinds(registration) == ["held"]
    assert not may_see(registration, START)
    assert registration not in session.registrations.confirmed()
    client.force_login(registration.person)
    page = client.get(registration.get_absolute_url()).text
    assert "A place is held for you until" in page
    assert "Put it in my calendar" not in page


def test_the_letter_says_until_when_by_whose_word_and_what_happens_without_it():
    text = Letter.objects.about(claimed(for_members())).get().text
    assert "A place is held for you until Sunday 6 December 2026, 12:00 your time, " in text
    assert "21:00 in Seoul (UTC+9)" in text
    assert "Dakar" in text
    assert "to the end of the waiting list" in text
    assert "https://meet.example" not in text


@pytest.mark.parametrize(("places", "most"), [(1, 2), (5, 2), (29, 2), (30, 3), (200, 20), (None, None)])
def test_a_tenth_may_be_held_at_once_and_at_least_two(places, most):
    assert most_held(places) == most


def test_further_claims_stand_in_line_and_confirmed_people_go_past_them():
    session = for_members(places=5)
    assert [claimed(session).state for _i in range(3)] == [STATES.HELD, STATES.HELD, STATES.WAITING]
    known = cast.register(session, cast.confirmed(cast.person()), now=NOW)
    assert known.is_confirmed
    third = session.registrations.waiting().get()
    assert "it is not confirmed that you act for" in Letter.objects.about(third).get().text


def test_who_takes_the_place_back_frees_it_for_the_next_claim():
    session = for_members(places=5)
    first, _second, third = claimed(session), claimed(session), claimed(session)
    actions.cancel(registration=first, by=first.person, now=NOW + DAY)
    third.refresh_from_db()
    assert third.state == STATES.HELD
    assert third.hold_until == NOW + 6 * DAY
    assert kinds(third) == ["waiting_list", "held"]
    assert "held for you" in Letter.objects.about(first).get(kind="cancellation").text


def test_giving_it_back_and_asking_again_holds_it_no_longer_than_before():
    session = for_members()
    first = claimed(session)
    actions.cancel(registration=first, by=first.person, now=NOW + DAY)
    again = cast.register(session, first.person, now=NOW + 2 * DAY)
    assert (again.state, again.hold_until) == (STATES.HELD, NOW + 5 * DAY)
    actions.cancel(registration=again, by=first.person, now=NOW + 3 * DAY)
    assert cast.register(session, first.person, now=NOW + 5 * DAY).is_waiting


def test_whom_a_known_address_confirms_has_a_place_at_once():
    session, person = for_members(), cast.person()
    membership.learn_domain(organization=person.organization, domain="city.example", by=cast.secretary())
    assert cast.register(session, person, now=NOW).is_confirmed
    assert Claim.objects.get().ground == Claim.Ground.DOMAIN


def test_who_says_nothing_of_a_member_is_refused_and_not_taught_how_to_pass():
    session, outsider = for_members(), cast.person(member=False)
    with pytest.raises(errors.MembersOnly) as refused:
        cast.register(session, outsider, now=NOW)
    assert "profile" not in refused.value.sentence
    assert not Registration.objects.exists()


def test_staff_let_in_beyond_the_rules_by_their_own_word():
    session = for_members()
    assert claimed(session, by=cast.secretary(), over_places=True).is_confirmed


def test_members_first_holds_until_everybody_may_register():
    until = NOW + 3 * DAY
    session = for_members(eligibility="members_first", members_first_until=until)
    assert claimed(session).state == STATES.HELD
    assert claimed(session, now=until).is_confirmed
    assert [is_for_members(session, at) for at in (until - timedelta(seconds=1), until)] == [True, False]


# Confirmed


def test_who_is_confirmed_has_the_place_at_once(django_capture_on_commit_callbacks):
    session = for_members()
    registration = claimed(session)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(registration.person, now=NOW + DAY)
    registration.refresh_from_db()
    assert registration.is_confirmed
    assert kinds(registration) == ["held", "confirmation"]
    assert Letter.objects.about(registration).get(kind="confirmation").calendar_method == "REQUEST"


def test_who_waits_and_is_confirmed_has_the_next_free_place():
    session = for_members(places=3)
    first, second, third = claimed(session), claimed(session), claimed(session)
    confirm(third.person, now=NOW)
    settle(session, NOW + DAY)
    assert states(session) == [STATES.HELD, STATES.HELD, STATES.CONFIRMED]
    assert kinds(third) == ["waiting_list", "promotion"]
    assert {first.pk, second.pk} == set(session.registrations.held().values_list("pk", flat=True))


def test_the_clock_sees_what_a_domain_confirmed():
    session = for_members()
    registration = claimed(session)
    membership.learn_domain(
        organization=registration.person.organization, domain="city.example", by=cast.secretary()
    )
    membership.look_after(now=NOW)
    assert list(sessions_to_settle(NOW)) == [session]
    settle(session, NOW)
    assert states(session) == [STATES.CONFIRMED]
    assert not sessions_to_settle(NOW)


# Lapsed


@pytest.mark.parametrize(("after", "state"), [(-1, STATES.HELD), (0, STATES.WAITING), (1, STATES.WAITING)])
def test_without_a_word_it_lapses_at_its_moment(after, state):
    session = for_members()
    registration = claimed(session)
    at = NOW + 5 * DAY + timedelta(seconds=after)
    settle(session, at)
    registration.refresh_from_db()
    assert registration.state == state
    assert kinds(registration) == ["held", "hold_lapsed"][: 1 + (after >= 0)]


def test_who_lapses_goes_to_the_end_of_the_line_and_the_next_moves_up_in_the_same_breath():
    session = for_members(places=2)
    lapsing = claimed(session)
    cast.register(session, cast.confirmed(cast.person()), now=NOW + DAY)
    waits = cast.register(session, cast.confirmed(cast.person()), now=NOW + DAY)
    assert waits.is_waiting
    settle(session, NOW + 5 * DAY)
    lapsing.refresh_from_db()
    waits.refresh_from_db()
    assert waits.is_confirmed
    assert (lapsing.state, position_in_line(lapsing)) == (STATES.WAITING, 1)
    assert kinds(waits) == ["waiting_list", "promotion"]
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (2, 1)


def test_a_place_is_held_once():
    session = for_members()
    registration = claimed(session)
    for days in (5, 6, 7):
        settle(session, NOW + days * DAY)
    registration.refresh_from_db()
    assert registration.is_waiting
    assert kinds(registration) == ["held", "hold_lapsed"]
    confirm(registration.person, now=NOW + 8 * DAY)
    settle(session, NOW + 8 * DAY)
    registration.refresh_from_db()
    assert registration.is_confirmed


def test_who_has_been_confirmed_by_then_does_not_lapse():
    session = for_members()
    registration = claimed(session)
    confirm(registration.person, now=NOW + 5 * DAY)
    settle(session, NOW + 6 * DAY)
    registration.refresh_from_db()
    assert registration.is_confirmed
    assert "hold_lapsed" not in kinds(registration)


@pytest.mark.parametrize("ends", ["refused", "left", "another organization"])
def test_it_ends_with_the_claim(ends):
    session = for_members(places=2)
    registration = claimed(session)
    cast.register(session, cast.confirmed(cast.person()), now=NOW)
    waits = cast.register(session, cast.confirmed(cast.person()), now=NOW)
    claim = Claim.objects.get(person=registration.person)
    if ends == "refused":
        membership.refuse(claim=claim, by=cast.secretary(), now=NOW)
    elif ends == "left":
        membership.leave(claim=claim, by=registration.person, now=NOW)
    else:
        partner = cast.organization("Partner", kind="partner")
        User.objects.filter(pk=registration.person_id).update(organization=partner)
    assert list(sessions_to_settle(NOW)) == [session]
    settle(session, NOW + DAY)
    waits.refresh_from_db()
    registration.refresh_from_db()
    assert (waits.state, registration.state) == (STATES.CONFIRMED, STATES.WAITING)


def test_when_everybody_may_register_what_is_held_is_the_persons():
    until = NOW + 3 * DAY
    session = for_members(eligibility="members_first", members_first_until=until)
    registration = claimed(session)
    settle(session, until - timedelta(seconds=1))
    registration.refresh_from_db()
    assert registration.is_held
    settle(session, until)
    registration.refresh_from_db()
    assert registration.is_confirmed
    assert kinds(registration) == ["held", "confirmation"]


def test_who_waits_for_everybodys_turn_is_let_in_by_the_clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    session = for_members(eligibility="members_first", members_first_until=NOW + 3 * DAY, places=5)
    third = [claimed(session) for _i in range(3)][-1]
    assert settle_holds() == 0
    third.refresh_from_db()
    assert third.is_waiting
    time_machine.move_to(NOW + 3 * DAY, tick=False)
    settle_holds()
    third.refresh_from_db()
    assert third.is_confirmed


# What happens to the session


def test_a_session_moved_to_an_earlier_day_holds_no_longer_than_two_days_before():
    session = for_members()
    registration = claimed(session)
    actions.reschedule(session=session, by=cast.secretary(), starts_at=NOW + 4 * DAY, now=NOW)
    registration.refresh_from_db()
    assert registration.hold_until == NOW + 2 * DAY
    text = Letter.objects.about(registration).get(kind="session_changed").text
    assert "stays held for you" in text
    assert "calendar entry" not in text


def test_a_cancelled_session_tells_whoever_has_a_place_held():
    session = for_members()
    registration = claimed(session)
    actions.cancel_session(session=session, reason="", by=cast.secretary(), now=NOW)
    assert kinds(registration) == ["held", "session_cancelled"]
    assert Letter.objects.about(registration).get(kind="session_cancelled").calendar_method == ""
    settle(session, NOW + 6 * DAY)
    assert states(session) == [STATES.CANCELLED]


def test_the_page_says_before_the_press_what_will_happen(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    session = for_members(places=5)
    person = cast.person()
    client.force_login(person)
    page = f"/sessions/{session.pk}/registration/"
    before = client.get(page).text
    assert "A place is held for you until" in before
    assert "There is a place for you" not in before
    claimed(session)
    claimed(session)
    assert (
        "You would be number 1 on the waiting list. Places are for people of member" in client.get(page).text
    )


def test_staff_see_who_has_a_place_held_and_until_when(client):
    session = for_members()
    registration = claimed(session)
    client.force_login(cast.secretary())
    rows = client.get(reverse("admin:registrations_registration_changelist")).text
    assert "place held</span> until Sun 2026-12-06 21:00" in rows
    assert "(not confirmed)" in rows
    desk = client.get(reverse("admin:catalog_session_overview", args=[session.pk])).text
    assert "place held" in desk
    assert registration.person.name in rows


def test_the_clock_asks_the_same_however_many_wait(django_assert_num_queries):
    session = for_members(places=5)
    claimed(session)
    with django_assert_num_queries(2):
        assert list(sessions_to_settle(NOW)) == []
    for _i in range(4):
        claimed(session)
    with django_assert_num_queries(2):
        assert list(sessions_to_settle(NOW)) == []
