from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Consent
from catalog.models import Session
from outbox.models import Letter
from registrations import actions, errors
from registrations.eligibility import first_refusal
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def session() -> Session:
    """Starts in ten days, at 16:30 UTC."""
    return cast.session(starts_at=datetime(2026, 12, 11, 16, 30, tzinfo=UTC), places=2)


def kinds() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def test_register_confirms_while_places_are_free_and_then_makes_a_line(session):
    states = [cast.register(session, now=NOW).state for _i in range(4)]

    assert states == ["confirmed", "confirmed", "waiting", "waiting"]
    assert kinds() == ["confirmation", "confirmation", "waiting_list", "waiting_list"]
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count, session.is_overbooked) == (2, 2, False)


def test_register_without_a_limit_confirms_everybody(session):
    session.places = None
    session.save()
    assert {cast.register(session, now=NOW).state for _i in range(5)} == {"confirmed"}


def test_a_second_click_answers_the_same_and_writes_nothing(session):
    person = cast.person()
    first = cast.register(session, person, note="I need a ramp.", now=NOW)
    second = cast.register(session, person, note="Another note", now=NOW + timedelta(minutes=1))

    assert second.pk == first.pk
    assert Registration.objects.get().note == "I need a ramp."
    assert kinds() == ["confirmation"]


def test_a_second_click_answers_the_same_also_after_registration_closed(session):
    person = cast.person()
    first = cast.register(session, person, now=NOW)
    assert cast.register(session, person, now=session.starts_at).pk == first.pk


def test_who_comes_back_after_cancelling_keeps_the_row_and_goes_to_the_end_of_the_line(session):
    person = cast.person()
    first = cast.register(session, person, now=NOW)
    for _i in range(3):
        cast.register(session, now=NOW)
    actions.cancel(registration=first, by=person, now=NOW)

    again = cast.register(session, person, now=NOW + timedelta(hours=1))

    assert (again.pk, again.code) == (first.pk, first.code)
    assert again.state == "waiting"
    assert (again.cancelled_at, again.cancelled_for, again.cancelled_by, again.confirmed_at) == (
        None,
        "",
        None,
        None,
    )
    assert again.sequence > first.sequence
    assert list(session.registrations.waiting())[-1] == again
    assert again.queued_at == NOW + timedelta(hours=1)


def test_each_life_of_a_registration_has_its_letters_anew():
    session, person = cast.session(places=1), cast.person()
    for _life in range(2):
        registration = cast.register(session, person)
        actions.cancel(registration=registration, by=person)
    assert kinds() == ["confirmation", "cancellation"] * 2


def test_the_order_of_arrival_holds_when_a_clock_runs_behind(session):
    first = cast.register(session, now=NOW)
    second = cast.register(session, now=NOW - timedelta(seconds=30))
    assert first.queued_at < second.queued_at
    assert list(session.registrations.all()) == [first, second]


def test_register_notes_what_the_person_agreed_to_once(session):
    person = cast.person()
    for _again in range(2):
        registration = cast.register(session, person, now=NOW)

    consent = Consent.objects.get(person=person)
    assert (consent.kind, consent.about) == ("registration", f"session {session.pk}")
    assert consent.wording.startswith("MITI Seoul and the secretariat of the association may use my name")
    assert (consent.given_at, consent.withdrawn_at) == (NOW, None)

    actions.cancel(registration=registration, by=person, now=NOW)
    cast.register(session, person, now=NOW + timedelta(hours=1))
    assert [consent.withdrawn_at for consent in person.consents.order_by("given_at")] == [NOW, None]


def test_staff_who_register_someone_do_not_consent_for_them(session):
    person = cast.person()
    cast.register(session, person, by=cast.secretary(), now=NOW)
    assert not person.consents.exists()


def test_staff_may_let_someone_in_beyond_the_places_and_it_shows(session):
    waiting = [cast.register(session, now=NOW) for _i in range(3)][-1]
    guest = cast.register(session, by=cast.coordinator(), over_places=True, now=NOW)

    assert (guest.state, guest.over_places) == ("confirmed", True)
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    session.refresh_from_db()
    assert (session.places_taken, session.is_overbooked) == (3, True)


def test_beyond_the_places_is_not_said_of_who_had_a_place_to_take(session):
    guest = cast.register(session, by=cast.secretary(), over_places=True, now=NOW)
    assert (guest.state, guest.over_places) == ("confirmed", False)


def test_staff_may_let_in_who_waits_and_that_person_is_told(session):
    waiting = [cast.register(session, now=NOW) for _i in range(3)][-1]
    let_in = actions.register(
        session=session,
        person=waiting.person,
        by=cast.secretary(),
        over_places=True,
        now=NOW + timedelta(days=1),
    )

    assert let_in.pk == waiting.pk
    assert (let_in.state, let_in.over_places) == ("confirmed", True)
    assert let_in.queued_at == waiting.queued_at
    assert kinds()[-1] == "promotion"
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (3, 0)


def test_only_staff_go_beyond_the_places(session):
    with pytest.raises(errors.StaffOnly) as refusal:
        cast.register(session, over_places=True, now=NOW)
    assert refusal.value.sentence == (
        "Only staff can let someone in beyond the places. Register as usual to join the waiting list."
    )


# Refusals, each with what the person reads. Nobody's clock is set here, so it is the host's alone: Seoul's.


def refusal_of(session, person=None, *, now=NOW) -> errors.Refused:
    """The refusal of the action, which is also what a page is told beforehand."""
    person = person or cast.person()
    with pytest.raises(errors.Refused) as raised:
        cast.register(session, person, now=now)
    session.refresh_from_db()
    foreseen = first_refusal(session, person, now)
    assert (type(foreseen), foreseen.sentence) == (type(raised.value), raised.value.sentence)
    assert not Registration.objects.exists()
    assert not Letter.objects.exists()
    return raised.value


def test_before_registration_opens_it_says_when(session):
    session.registration_opens_at = datetime(2026, 12, 2, 0, 0, tzinfo=UTC)
    session.save()
    refusal = refusal_of(session)
    assert isinstance(refusal, errors.RegistrationNotOpenYet)
    assert refusal.sentence == ("Registration opens on Wednesday 2 December 2026, 09:00 (Seoul, UTC+9).")
    assert cast.register(session, now=session.registration_opens_at).is_confirmed


def test_a_moment_is_told_in_the_readers_clock_beside_the_hosts(session):
    session.registration_opens_at = datetime(2026, 12, 2, 0, 0, tzinfo=UTC)
    session.save()
    with timezone.override("America/Mexico_City"):
        sentence = first_refusal(session, None, NOW).sentence
    assert sentence == (
        "Registration opens on Tuesday 1 December 2026, 18:00 your time, "
        "Wednesday 2 December 2026, 09:00 in Seoul (UTC+9)."
    )


def test_after_registration_closed_it_says_when_and_whom_to_write_to(session):
    session.registration_closes_at = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    session.save()
    assert refusal_of(session).sentence == (
        "Registration closed on Tuesday 1 December 2026, 00:00 (Seoul, UTC+9). "
        "If you still hope to take part, write to MITI Seoul."
    )


def test_without_a_closing_time_registration_closes_when_the_session_starts(session):
    assert cast.register(session, now=session.starts_at - timedelta(seconds=1)).is_confirmed
    with pytest.raises(errors.RegistrationClosed):
        cast.register(session, now=session.starts_at)


def test_a_self_paced_course_takes_people_in_until_its_last_moment():
    course = cast.session(self_paced=True, starts_at=NOW - timedelta(days=5), lasts=timedelta(days=10))
    assert cast.register(course, now=course.ends_at - timedelta(minutes=1)).is_confirmed
    with pytest.raises(errors.SessionIsOver):
        cast.register(course, now=course.ends_at)


def test_a_session_that_is_over_says_so(session):
    assert refusal_of(session, now=session.ends_at).sentence == (
        "This session is over. Have a look at the activities that are coming."
    )


def test_a_cancelled_session_says_so(session):
    actions.cancel_session(session=session, reason="", by=cast.secretary(), now=NOW)
    assert refusal_of(session).sentence == (
        "This session was cancelled. Have a look at the other activities: one may suit you."
    )


def test_an_activity_that_is_not_public_takes_nobody():
    draft = cast.session(cast.activity(published=False))
    assert refusal_of(draft, now=timezone.now()).sentence == (
        "This activity is not offered at the moment. Have a look at the other activities."
    )


def test_admission_by_application_is_refused_here(session):
    session.admission = Session.Admission.APPLICATION
    session.save()
    assert refusal_of(session).sentence == (
        "This session takes applications, not registrations, and the form for them is not open. "
        "Write to MITI Seoul to say that you are interested."
    )


def test_members_only(session):
    session.eligibility = Session.Eligibility.MEMBERS_ONLY
    session.save()
    assert refusal_of(session, cast.person(member=False)).sentence == (
        "This session is for people of member organizations, and their organization confirms that they act for it. "
        "If you think that you should be able to register, write to MITI Seoul."
    )
    assert cast.register(session, cast.confirmed(cast.person()), now=NOW).is_confirmed


def test_a_member_that_left_is_none_any_more(session):
    session.eligibility = Session.Eligibility.MEMBERS_ONLY
    session.save()
    left = cast.organization("Old Town", member_until=date(2026, 11, 30))
    assert isinstance(refusal_of(session, cast.person(organization=left)), errors.MembersOnly)
    leaving = cast.organization("Leaving Town", member_until=date(2026, 12, 1))
    assert cast.register(session, cast.confirmed(cast.person(organization=leaving)), now=NOW).is_confirmed


def test_members_first_until_a_date_and_then_everyone(session):
    session.eligibility = Session.Eligibility.MEMBERS_FIRST
    session.members_first_until = datetime(2026, 12, 5, 0, 0, tzinfo=UTC)
    session.save()
    outsider = cast.person(member=False)
    assert refusal_of(session, outsider).sentence == (
        "Until Saturday 5 December 2026, 09:00 (Seoul, UTC+9) this session is kept for people of member "
        "organizations. After that, everyone may register."
    )
    assert cast.register(session, cast.confirmed(cast.person()), now=NOW).is_confirmed
    assert cast.register(session, outsider, now=session.members_first_until).is_confirmed


def test_by_invitation_whatever_the_case_of_the_address(session):
    session.eligibility = Session.Eligibility.INVITED
    session.save()
    stranger, guest = cast.person(), cast.person(email="amara@city.example", member=False)
    cast.invitation(session, "Amara@City.example")
    assert refusal_of(session, stranger).sentence == (
        "This session is by invitation, and your e-mail address is not among those invited. "
        "If you were invited at another address, sign in with that one, or write to MITI Seoul."
    )
    assert cast.register(session, guest, now=NOW).is_confirmed


def test_without_a_profile_the_form_comes_first_even_where_only_members_may(session):
    session.eligibility = Session.Eligibility.MEMBERS_ONLY
    session.save()
    assert refusal_of(session, cast.person(profile=False)).sentence == (
        "Before you register, tell us who you are and whom you act for. It is one short form."
    )


def test_a_closed_account_registers_for_nothing(session):
    assert refusal_of(session, cast.person(is_active=False)).sentence == (
        "This account was closed, so nothing can be registered for it. Sign in with another address."
    )


def test_of_a_visitor_only_what_holds_for_everybody_is_known(session):
    session.eligibility = Session.Eligibility.MEMBERS_ONLY
    session.save()
    assert first_refusal(session, None, NOW) is None
    assert isinstance(first_refusal(session, None, session.ends_at), errors.SessionIsOver)


def test_what_fails_while_the_letter_is_written_leaves_nothing_behind(session, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no ink")

    monkeypatch.setattr("registrations.letters.places.write_letter", broken)
    with pytest.raises(RuntimeError, match="no ink"):
        cast.register(session, now=NOW)

    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (0, 0)
    assert not Registration.objects.exists()
    assert not Consent.objects.exists()


def test_registering_asks_the_same_few_questions_with_one_person_and_with_thirty(session):
    """Session, activity, meetings, person, earlier registration, counts; registration, its audit line, counts, consent
    (looked for, then written), letter."""
    newcomer, late = cast.person(), cast.person()
    actions.register(session=session, person=cast.person(), by=newcomer, now=NOW)  # fills caches
    with CaptureQueriesContext(connection) as first:
        actions.register(session=session, person=newcomer, by=newcomer, now=NOW)
    for person in cast.people(30):
        actions.register(session=session, person=person, by=person, now=NOW)
    with CaptureQueriesContext(connection) as last:
        actions.register(session=session, person=late, by=late, now=NOW)

    assert len(statements(first)) == len(statements(last)) == 12


def statements(captured: CaptureQueriesContext) -> list[str]:
    """Without the savepoints: of the action, of the consent, of the letter."""
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
