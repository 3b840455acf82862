"""Walk-ins: counted at once, registered when they confirm, forgotten when they do not."""

from datetime import timedelta

import pytest
from django.db import transaction

from attendance import actions, errors
from attendance.models import Attendance, Guest
from outbox.models import Letter
from registrations import errors as registration_errors
from registrations.models import Registration
from tests import cast
from tests.at_once import at_once

from .making import DAY, HOUR, START, counted, meeting_of, program, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return cast.coordinator()


def noted(meeting, by, email="rosa@city.example", name="Rosa Lima", now=START, **more):
    return actions.note_guest(meeting=meeting, name=name, email=email, language="es", by=by, now=now, **more)


def rosa(**fields):
    return cast.person("Rosa Lima", email="rosa@city.example", **fields)


def test_a_guest_is_counted_and_asked_once_in_their_language(by):
    meeting = meeting_of(program())
    first, second = noted(meeting, by), noted(meeting, by, email="Rosa@City.example", name="R. Lima")
    assert first.pk == second.pk
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.language, letter.person) == (
        "guest_asked",
        "rosa@city.example",
        "es",
        None,
    )
    assert letter.useless_after == START + timedelta(days=14)
    assert f"/es/guests/{first.code}/" in letter.text
    assert "Rosa" not in letter.text, "the address may be somebody else's"


def test_who_confirms_is_registered_and_present_also_when_the_list_is_closed_by_then(by):
    session = program()
    meeting = meeting_of(session)
    guest, person = noted(meeting, by), rosa()
    actions.close(meeting=meeting, by=by, now=meeting.ends_at)

    registration = actions.confirm_guest(guest=guest, person=person, now=START + 2 * DAY)
    again = actions.confirm_guest(guest=guest, person=person, now=START + 2 * DAY)
    assert registration == again == Registration.objects.get()
    assert registration.is_confirmed
    assert person.consents.count() == 1
    assert counted(meeting) == {registration.pk: ("present", "staff")}
    row = Attendance.objects.get()
    assert (row.noted_by, row.noted_at) == (by, START)
    guest.refresh_from_db()
    assert (guest.name, guest.email, guest.registration) == ("", "", registration)
    assert Letter.objects.filter(kind="confirmation", person=person).count() == 1


def test_only_the_owner_of_the_address_confirms(by):
    guest = noted(meeting_of(program()), by)
    stranger = cast.person()
    with pytest.raises(errors.NotYourLetter):
        actions.confirm_guest(guest=guest, person=stranger, now=START + HOUR)
    assert not Registration.objects.exists()


@pytest.mark.parametrize("beyond", [True, False])
def test_beyond_the_places_only_if_staff_said_so_at_the_door(by, beyond):
    session = program(places=1)
    registered(session, cast.person())
    guest, person = noted(meeting_of(session), by, beyond_places=beyond), rosa()
    if beyond:
        registration = actions.confirm_guest(guest=guest, person=person, now=START + HOUR)
        assert (registration.is_confirmed, registration.over_places) == (True, True)
    else:
        with (
            pytest.raises((errors.NoPlaceForGuest, registration_errors.NobodyMovesUp)),
            transaction.atomic(),
        ):
            actions.confirm_guest(guest=guest, person=person, now=START + HOUR)
        assert session.registrations.count() == 1
        assert Guest.objects.get().registration is None


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"admission": "application"}, registration_errors.ByApplication),
        ({"eligibility": "members_only"}, registration_errors.MembersOnly),
        ({"eligibility": "invited"}, registration_errors.InvitationOnly),
    ],
)
def test_into_a_session_that_is_not_open_to_all_no_guest_comes_without_staff(by, fields, refusal):
    guest, person = noted(meeting_of(program(**fields)), by, beyond_places=True), rosa(member=False)
    with pytest.raises(refusal), transaction.atomic():
        actions.confirm_guest(guest=guest, person=person, now=START + HOUR)
    assert not Registration.objects.exists()
    assert Guest.objects.filter(erased_at=None).count() == 1, "and still counts as a guest"


def test_who_has_a_place_is_noted_as_present_and_is_no_guest(by):
    session = program()
    person = rosa()
    [registration] = registered(session, person)
    noted(meeting_of(session), by)
    assert not Guest.objects.exists()
    assert counted(meeting_of(session)) == {registration.pk: ("present", "staff")}


def test_who_was_a_guest_and_is_tapped_later_is_not_counted_twice(by):
    session = program()
    noted(meeting_of(session), by)
    registration = cast.register(session, rosa(), by=by, why="in the room", now=START + HOUR)
    actions.note(
        registration=registration, meeting=meeting_of(session), state="present", by=by, now=START + HOUR
    )
    assert Guest.objects.get().registration == registration


def test_unconfirmed_for_fourteen_days_the_name_goes_and_the_count_stays(by):
    meeting = meeting_of(program())
    guest = noted(meeting, by)
    assert actions.forget_unconfirmed(now=START + timedelta(days=14)) == 0
    assert actions.forget_unconfirmed(now=START + timedelta(days=14, seconds=1)) == 1
    guest.refresh_from_db()
    assert (guest.name, guest.email) == ("", "")
    assert meeting.guests.count() == 1
    with pytest.raises(errors.GuestIsGone):
        actions.confirm_guest(guest=guest, person=rosa(), now=START + timedelta(days=15))
    noted(meeting, by, email="other@city.example")  # two erased ones may stand beside each other
    actions.forget_unconfirmed(now=START + timedelta(days=30))
    assert meeting.guests.count() == 2


def test_guests_are_noted_at_an_open_list_in_its_time_and_not_without_end(by, monkeypatch):
    meeting = meeting_of(program())
    with pytest.raises(errors.TooEarly):
        noted(meeting, by, now=START - 3 * HOUR)
    noted(meeting, by)
    monkeypatch.setattr("attendance.actions.guests.GUESTS_AT_MOST", 1)
    with pytest.raises(errors.TooManyGuests):
        noted(meeting, by, email="two@city.example")
    actions.close(meeting=meeting, by=by, now=meeting.ends_at)
    with pytest.raises(errors.ListIsClosed):
        noted(meeting, by, email="three@city.example", now=meeting.ends_at)


@pytest.mark.django_db(transaction=True)
def test_typed_and_confirmed_many_times_at_once_it_is_one_guest_and_one_registration():
    by = cast.coordinator()
    meeting = meeting_of(program(places=None))
    at_once([lambda: noted(meeting, by)] * 8)
    guest = Guest.objects.get()
    person = rosa()
    at_once([lambda: actions.confirm_guest(guest=guest, person=person, now=START + HOUR)] * 8)
    assert Registration.objects.count() == Attendance.objects.count() == 1
    assert Letter.objects.filter(kind="guest_asked").count() == 1


# The pages


def test_the_page_of_guests_is_for_who_may_take_attendance(client, by):
    session = cast.session(starts_in=timedelta(hours=1))
    page = f"/meetings/{meeting_of(session).pk}/guests/"
    typed = {"name": "Rosa Lima", "email": "rosa@city.example", "language": "es"}
    assert client.get(page).status_code == 302
    for person, looks, notes in (
        (cast.person(), 404, 404),
        (cast.coordinator(cast.host("cairo"), "Mona Aziz"), 404, 404),
        (cast.reader(), 200, 403),
    ):
        client.force_login(person)
        assert client.get(page).status_code == looks
        assert client.post(page, typed).status_code == notes
    assert not Guest.objects.exists()

    client.force_login(by)
    wrong = client.post(page, typed | {"email": "rosa"})
    assert wrong.status_code == 422
    assert 'value="Rosa Lima"' in wrong.text, "nothing typed is lost"
    assert client.post(page, typed | {"beyond_places": "on"}).status_code == 302
    assert Guest.objects.get().beyond_places
    assert "rosa@city.example" in client.get(page).text


def test_a_helper_notes_guests_within_the_places_and_does_not_read_their_addresses(client, by):
    session = cast.session(starts_in=timedelta(hours=1))
    helper = cast.person("Leo Brandt")
    actions.name_helper(session=session, email=helper.email, post="assistant", by=by)
    client.force_login(helper)
    page = f"/meetings/{meeting_of(session).pk}/guests/"
    typed = {"name": "Rosa Lima", "email": "rosa@city.example", "language": "es", "beyond_places": "on"}
    assert client.post(page, typed).status_code == 302
    assert not Guest.objects.get().beyond_places
    shown = client.get(page, follow=True).text
    assert "Rosa Lima" in shown
    assert client.get(page).text.count("rosa@city.example") == 0


def test_the_letter_leads_through_a_code_to_a_registration_and_get_changes_nothing(client, by):
    session = cast.session(starts_in=timedelta(hours=1))
    meeting = meeting_of(session)
    guest = actions.note_guest(
        meeting=meeting, name="Rosa Lima", email="rosa@city.example", language="es", by=by
    )
    page = f"/guests/{guest.code}/"
    assert client.get(page).status_code == 200
    assert client.post(page).headers["Location"].startswith("/accounts/login/code/confirm/")
    assert Letter.objects.filter(kind="sign_in_code", to="rosa@city.example").count() == 1
    assert not Registration.objects.exists()

    client.force_login(cast.person())
    assert client.post(page).status_code == 403, "somebody else's letter"
    person = rosa(profile=False)
    client.force_login(person)
    assert client.post(page).headers["Location"].startswith("/accounts/profile/")
    for name, value in {
        "name": "Rosa Lima",
        "post": "Engineer",
        "profile": "technical",
        "country": "PE",
    }.items():
        setattr(person, name, value)
    person.organization_other = "Lima"
    person.save()
    done = client.post(page)
    assert done.headers["Location"] == Registration.objects.get().get_absolute_url()
    assert client.get(page).status_code == 302
    client.logout()
    assert client.get(page).status_code == 410


def test_no_that_was_not_me_deletes_name_and_address(client, by):
    guest = noted(meeting_of(program()), by)
    assert client.post(f"/guests/{guest.code}/", {"not_me": "1"}).status_code == 200
    guest.refresh_from_db()
    assert (guest.name, guest.email, guest.erased_at is None) == ("", "", False)
    assert client.get(f"/guests/{guest.code}/").status_code == 410
