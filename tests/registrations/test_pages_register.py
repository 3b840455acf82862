from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Consent, User
from catalog.models import Session
from outbox.models import Letter
from registrations.actions import cancel_session
from registrations.models import Registration
from tests import cast
from tests.accounts.signing_in import code_in_letter
from tests.kept import forget_pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_left_over():
    forget_pages()


@pytest.fixture
def session():
    return cast.session(places=2)


@pytest.fixture
def page(session):
    return f"/sessions/{session.pk}/registration/"


@pytest.fixture
def amina(client):
    person = cast.person("Amina Diallo")
    client.force_login(person)
    return person


def shown(answer):
    return answer.content.decode()


def test_one_button_registers_and_leads_to_the_registration(client, amina, session, page):
    answer = client.post(page, {"note": "I use a wheelchair"}, follow=True)
    registration = Registration.objects.get()
    assert answer.redirect_chain == [(registration.get_absolute_url(), 302)]
    assert (registration.person, registration.session) == (amina, session)
    assert (registration.state, registration.note) == ("confirmed", "I use a wheelchair")
    assert f"The confirmation is on its way to {amina.email}." in shown(answer)


def test_a_second_click_answers_the_same(client, amina, page):
    first = client.post(page, {"note": ""})
    second = client.post(page, {"note": "again"})
    assert first.url == second.url
    assert Registration.objects.count() == 1
    assert Letter.objects.count() == 1


def test_what_i_agree_to_stands_beside_the_button_and_is_kept_as_it_was_shown(client, amina, session, page):
    before = shown(client.get(page))
    client.post(page, {"note": ""})
    consent = Consent.objects.get(person=amina)
    assert consent.about == f"session {session.pk}"
    assert consent.wording in before


def test_when_where_and_for_whom_in_both_clocks(client, session, page):
    karim = cast.person("Karim", timezone="America/Bogota")
    client.force_login(karim)
    answer = shown(client.get(page))
    there = session.starts_at.astimezone(session.zone)
    here = session.starts_at.astimezone(karim.zone)
    assert f"{there:%H:%M}" in answer
    assert f"{here:%H:%M}" in answer
    assert "Seoul time" in answer
    assert "Online" in answer
    assert "2 of 2 places left" in answer
    assert "Everyone may register." in answer
    assert "There is a place for you." in answer


def test_where_a_place_is_not_free_the_position_is_told_before(client, amina, session, page):
    for _i in range(3):
        cast.register(session)
    assert "You would be number 2 on the waiting list." in shown(client.get(page))
    answer = client.post(page, {"note": ""}, follow=True)
    assert "You are on the waiting list." in shown(answer)
    assert "You are number 2 on the waiting list." in shown(answer)


def test_a_clash_with_another_session_of_mine_is_pointed_out_and_not_forbidden(client, amina, session, page):
    other = cast.session(cast.activity("Housing for all"), starts_at=session.starts_at)
    cast.register(other, amina)
    answer = shown(client.get(page))
    assert "“Housing for all”, which runs at the same time" in answer
    assert client.post(page, {"note": ""}).status_code == 302
    assert amina.registrations.count() == 2


def test_who_is_registered_is_told_so_instead_of_asked(client, amina, session, page):
    registration = cast.register(session, amina)
    answer = shown(client.get(page))
    assert registration.get_absolute_url() in answer
    assert "By registering you agree" not in answer


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"registration_opens_at": timezone.now() + timedelta(days=2)}, "Registration opens on"),
        ({"registration_closes_at": timezone.now() - timedelta(days=2)}, "Registration closed on"),
        ({"eligibility": Session.Eligibility.INVITED}, "by invitation"),
        ({"admission": Session.Admission.APPLICATION}, "takes applications"),
    ],
)
def test_who_may_not_register_is_told_why_and_refused(client, amina, fields, reason):
    session = cast.session(**fields)
    page = f"/sessions/{session.pk}/registration/"
    answer = client.get(page)
    assert answer.status_code == 200
    assert reason in shown(answer)
    assert "By registering you agree" not in shown(answer)
    refused = client.post(page, {"note": ""})
    assert refused.status_code == 403
    assert reason in shown(refused)
    assert not Registration.objects.exists()


def test_members_only(client):
    session = cast.session(eligibility=Session.Eligibility.MEMBERS_ONLY)
    client.force_login(cast.person(member=False))
    answer = client.post(f"/sessions/{session.pk}/registration/", {"note": ""})
    assert answer.status_code == 403
    assert "people of member organizations" in shown(answer)


def test_a_cancelled_session_tells_of_no_places(client, amina, session, page):
    assert "2 of 2 places left" in shown(client.get(page))
    cancel_session(session=session, reason="The speaker is ill", by=cast.secretary())
    assert "places left" not in shown(client.get(page))


def test_a_cancelled_session_takes_nobody(client, amina, session, page):
    cancel_session(session=session, reason="The speaker is ill", by=cast.secretary())
    assert client.post(page, {"note": ""}).status_code == 403


def test_a_note_that_is_too_long_is_given_back(client, amina, page):
    answer = client.post(page, {"note": "x" * 501})
    assert answer.status_code == 422
    assert "x" * 501 in shown(answer)
    assert not Registration.objects.exists()


def test_what_is_not_published_does_not_exist(client):
    draft = cast.session(cast.activity(published=False))
    page = f"/sessions/{draft.pk}/registration/"
    assert client.get(page).status_code == 404
    for nobody in (cast.person(), cast.coordinator(cast.host("cairo"))):
        client.force_login(nobody)
        assert client.get(page).status_code == 404
        assert client.post(page, {"note": ""}).status_code == 404
    for staff in (cast.coordinator(), cast.secretary()):
        client.force_login(staff)
        assert client.get(page).status_code == 200
    assert client.get("/sessions/999999/registration/").status_code == 404


# Who is not signed in


def test_a_visitor_sees_the_form_and_all_about_the_session(client, page):
    answer = shown(client.get(page))
    assert 'name="email"' in answer
    assert 'name="note"' in answer
    assert "data-clock" in answer  # the browser adds the visitor's own clock


def test_nothing_typed_is_lost_on_the_way_through_the_door(client, session, page):
    asked = client.post(page, {"email": "New@city.example", "note": "I come with a guide dog"})
    assert asked.url == f"/accounts/login/code/confirm/?next=%2Fsessions%2F{session.pk}%2Fregistration%2F"
    assert not Registration.objects.exists()

    to_profile = client.post(asked.url, {"code": code_in_letter("new@city.example"), "next": page})
    assert to_profile.url.startswith("/accounts/profile/?next=")
    profile = {
        "name": "Nadia",
        "organization_other": "Water Works",
        "post": "Engineer",
        "profile": "technical",
        "country": "SN",
        "language": "en",
        "timezone": "Africa/Dakar",
        "next": page,
    }
    back = client.post(to_profile.url, profile)
    assert back.url == page

    answer = client.get(page)
    assert "I come with a guide dog" in shown(answer)
    assert "autofocus" in shown(answer)
    assert not Registration.objects.exists()  # coming back is a GET, and a GET changes nothing
    client.post(page, {"note": answer.context["form"]["note"].value()})
    registration = Registration.objects.get()
    assert registration.note == "I come with a guide dog"
    assert registration.person == User.objects.get(email="new@city.example")
    assert "registration drafts" not in client.session or client.session["registration drafts"] == {}


def test_a_known_visitor_comes_straight_back(client, session, page):
    amina = cast.person()
    asked = client.post(page, {"email": amina.email, "note": "hello"})
    back = client.post(asked.url, {"code": code_in_letter(amina.email), "next": page})
    assert back.url == page
    assert client.get(page).context["form"]["note"].value() == "hello"


def test_who_signed_in_without_a_profile_is_asked_for_it_and_comes_back(client, page):
    newcomer = cast.person(profile=False)
    client.force_login(newcomer)
    assert "Next we ask who you are" in shown(client.get(page))
    answer = client.post(page, {"note": "hello"})
    assert answer.url.startswith("/accounts/profile/?next=")
    assert client.get(page).context["form"]["note"].value() == "hello"


def test_a_visitors_mistakes_are_told_and_what_was_typed_stays(client, page):
    answer = client.post(page, {"email": "not an address", "note": "hello"})
    assert answer.status_code == 422
    assert "not an address" in shown(answer)
    assert "hello" in shown(answer)
    assert not User.objects.exists()


def test_a_visitor_is_not_sent_codes_for_what_is_closed(client):
    session = cast.session(registration_closes_at=timezone.now() - timedelta(days=1))
    answer = client.post(f"/sessions/{session.pk}/registration/", {"email": "a@city.example", "note": ""})
    assert answer.status_code == 403
    assert "Registration closed on" in shown(answer)
    assert not User.objects.exists()


def test_the_same_limit_of_codes_holds_here(client, page):
    for _i in range(3):
        client.post(page, {"email": "a@city.example", "note": "hello"})
    answer = client.post(page, {"email": "a@city.example", "note": "hello"})
    assert answer.status_code == 429
    assert "hello" in shown(answer)


def test_the_page_costs_the_same_however_many_are_registered(
    client, amina, session, page, django_assert_num_queries
):
    with django_assert_num_queries(6) as few:
        client.get(page)
    for _i in range(5):
        cast.register(session)
    with django_assert_num_queries(len(few)):
        client.get(page)


@pytest.mark.parametrize(
    ("fields", "badge", "unknown"),
    [
        ({"eligibility": "invited"}, "By invitation", "People whom the host has invited may register."),
        ({"eligibility": "members_only"}, "For members", "People of member organizations may register."),
        (
            {"eligibility": "members_first"},
            "For members first until",
            "people of member organizations, after",
        ),
        ({"eligibility": "members_only", "places": 1}, "For members", "You would be number 1"),
    ],
)
def test_what_is_not_for_everybody_promises_a_place_to_nobody_it_does_not_know(
    client, fields, badge, unknown
):
    if fields["eligibility"] == "members_first":
        fields = fields | {"members_first_until": timezone.now() + timedelta(days=2)}
    session = cast.session(**fields)
    if session.places == 1:
        cast.register(session, cast.confirmed(cast.person()))
    page = f"/sessions/{session.pk}/registration/"
    for address in (session.activity.get_absolute_url(), "/activities/"):
        shown_there = client.get(address).text
        assert badge in shown_there, address
        assert "Open for registration" not in shown_there, address
    answer = client.get(page).text
    assert unknown in answer
    assert "There is a place for you" not in answer
    member = cast.confirmed(cast.person())
    cast.invitation(session, member.email)
    client.force_login(member)
    promised = "Join the waiting list" if session.places == 1 else "There is a place for you."
    assert promised in client.get(page).text


def test_who_may_not_register_is_not_taught_how_to_pass(client):
    session = cast.session(eligibility="members_only")
    client.force_login(cast.person(member=False))
    answer = client.get(f"/sessions/{session.pk}/registration/").text
    assert "write to MITI Seoul" in answer
    assert "in your profile" not in answer
