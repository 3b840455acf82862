"""Held places where something changes around them: the session's rule, the word of staff, the line behind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from catalog.models import Session
from catalog.session_state import places_in_words, places_left
from membership import actions as membership
from membership.models import Claim
from outbox.models import Letter
from registrations import actions
from registrations.facts import RegistrationFacts, SessionFacts
from registrations.holding import sessions_to_settle
from registrations.models import Registration
from registrations.tasks import settle_holds
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
START = datetime(2026, 12, 20, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def for_members(**fields) -> Session:
    fields = {"eligibility": "members_only", "starts_at": START, "places": 20} | fields
    return cast.session(**fields)


def claimed(session: Session, **options) -> Registration:
    return cast.register(session, cast.person(), **{"now": NOW} | options)


def states(session: Session) -> list[str]:
    return list(session.registrations.order_by("pk").values_list("state", flat=True))


def kinds(registration: Registration) -> list[str]:
    return list(Letter.objects.about(registration).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("places", [20, 3, None])
@pytest.mark.parametrize(
    "rule",
    [
        {"eligibility": "everyone"},
        {"eligibility": "invited"},
        {"eligibility": "members_first", "members_first_until": NOW + DAY},
    ],
    ids=lambda rule: rule["eligibility"],
)
def test_a_session_that_is_no_longer_for_members_gives_what_it_held_and_lets_the_line_in(
    time_machine, rule, places
):
    session = for_members(places=places)
    first, *_others = [claimed(session) for _i in range(3)]
    Session.objects.filter(pk=session.pk).update(**rule)
    time_machine.move_to(NOW + DAY, tick=False)
    assert list(sessions_to_settle(NOW + DAY)) == [session]
    settle_holds()
    assert states(session) == ["confirmed"] * 3
    assert kinds(first) == ["held", "confirmation"]
    assert list(sessions_to_settle(NOW + DAY)) == []


def test_a_session_for_members_from_now_on_leaves_people_their_places(time_machine):
    session = for_members(eligibility="everyone", places=1)
    claimed(session), claimed(session)
    Session.objects.filter(pk=session.pk).update(eligibility="members_only")
    time_machine.move_to(NOW + DAY, tick=False)
    settle_holds()
    assert states(session) == ["confirmed", "waiting"]


def test_a_line_that_nobody_is_let_in_from_any_more_is_not_looked_at_each_minute():
    session = for_members(starts_at=NOW + DAY)
    waits = claimed(session)
    claim = Claim.objects.get(person=waits.person)
    membership.confirm(claim=claim, ground=Claim.Ground.STAFF, by=cast.secretary(), now=NOW)
    during = session.starts_at + timedelta(minutes=1)
    assert list(sessions_to_settle(NOW + timedelta(hours=1))) == [session]
    assert list(sessions_to_settle(during)) == []


@pytest.mark.parametrize("places", [20, 1])
@pytest.mark.parametrize(
    "word", [{"over_places": True}, {"let_in": "came as a guest"}], ids=lambda word: next(iter(word))
)
def test_the_word_of_staff_makes_a_held_place_the_persons_and_takes_no_second_one(places, word):
    session = for_members(places=places)
    held = claimed(session)
    queued_at, staff = held.queued_at, cast.secretary()
    given = actions.register(session=session, person=held.person, by=staff, now=NOW + DAY, **word)
    session.refresh_from_db()
    assert (given.pk, given.state, given.over_places, given.queued_at) == (
        held.pk,
        "confirmed",
        False,
        queued_at,
    )
    assert session.places_taken == 1
    assert kinds(given) == ["held", "confirmation"]
    assert actions.register(session=session, person=held.person, by=staff, now=NOW + DAY, **word) == given
    assert kinds(given) == ["held", "confirmation"]


def test_asking_again_without_such_a_word_leaves_it_held():
    session = for_members()
    held = claimed(session)
    again = actions.register(
        session=session, person=held.person, by=cast.secretary(), why="late", now=NOW + DAY
    )
    assert again.is_held
    assert kinds(again) == ["held"]


# What is told


def test_a_line_of_claims_takes_no_place_from_who_is_confirmed(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    session = for_members(places=5)
    for _i in range(4):
        claimed(session)
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (2, 2)
    assert places_in_words(session) == "3 of 5 places left"
    assert session in Session.objects.with_places_left()
    facts = SessionFacts(session, NOW, reader=cast.confirmed(cast.person()))
    assert (facts.is_full, facts.expectation) == (False, "There is a place for you.")
    others = SessionFacts(session, NOW, reader=cast.person())
    assert others.is_full
    assert others.expectation.startswith("You would be number 3 on the waiting list.")
    place = session.registrations.held().first()
    client.force_login(place.person)
    page = client.get(reverse("me:cancellation", args=[place.code])).text
    assert "first person on the waiting list" not in page
    assert cast.register(session, facts.reader, now=NOW).is_confirmed


def test_a_full_line_of_everybodys_session_says_so_as_before():
    session = for_members(eligibility="everyone", places=2)
    for _i in range(3):
        claimed(session)
    session.refresh_from_db()
    assert places_left(session) == 0
    assert session not in Session.objects.with_places_left()


@pytest.mark.parametrize(("turn_ends", "lapses"), [(2 * DAY, False), (5 * DAY, False), (6 * DAY, True)])
def test_before_everybodys_turn_nobody_is_told_that_they_lapse_after_it(turn_ends, lapses):
    session = for_members(eligibility="members_first", members_first_until=NOW + turn_ends)
    held = claimed(session)
    text = Letter.objects.about(held).get().text
    assert ("end of the waiting list" in text) is lapses
    assert ("when everybody may register" in text) is not lapses


@pytest.mark.parametrize(
    "first", [{}, {"eligibility": "members_first", "members_first_until": NOW + 9 * DAY}]
)
def test_whose_organization_is_no_member_any_more_is_promised_nothing_of_it(first):
    session = for_members(**first)
    held = claimed(session)
    actions.settle_holds(session=session, now=NOW)
    held.person.organization.__class__.objects.update(member_until=(NOW - DAY).date())
    actions.settle_holds(session=session, now=NOW + DAY)
    text = Letter.objects.about(held).get(kind="hold_lapsed").text
    assert "it is not confirmed that you act for one." in text
    assert "As soon as it is" not in text


def test_who_waits_for_a_word_is_not_told_that_the_next_place_is_theirs():
    session = for_members()
    waits = [claimed(session) for _i in range(3)][-1]
    steps = RegistrationFacts(session=session, now=NOW, registration=waits).next_steps
    assert steps == ["If you no longer want it, cancel: then the next one moves up."]
    full = for_members(eligibility="everyone", places=0)
    steps = RegistrationFacts(session=full, now=NOW, registration=claimed(full)).next_steps
    assert len(steps) == 2


@pytest.mark.parametrize(("ahead", "stays"), [(timedelta(hours=47), False), (timedelta(hours=49), True)])
def test_a_session_moved_so_near_that_nothing_is_held_says_so_at_once(ahead, stays):
    session = for_members(places=1)
    held, next_one = claimed(session), cast.confirmed(cast.person())
    waits = cast.register(session, next_one, now=NOW)
    actions.reschedule(session=session, by=cast.secretary(), starts_at=NOW + ahead, now=NOW)
    assert states(session) == (["held", "waiting"] if stays else ["waiting", "confirmed"])
    changed = Letter.objects.about(held).get(kind="session_changed").text
    assert ("stays held for you" in changed) is stays
    assert ("You keep your place in the waiting list." in changed) is not stays
    assert ("hold_lapsed" in kinds(held)) is not stays
    assert ("promotion" in kinds(waits)) is not stays
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (1, 1)
