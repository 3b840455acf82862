import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from accounts import actions
from accounts.models import User
from outbox.models import Letter
from tests import cast

from .signing_in import ask_for_code, code_in_letter, sign_in

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
CODE = "/accounts/login/code/confirm/"


@pytest.fixture(autouse=True)
def no_limits_left_over():
    cache.clear()


def test_one_address_field_and_no_password(client):
    page = client.get(LOGIN).content.decode()
    assert 'type="email"' in page
    assert 'autocomplete="email"' in page
    assert "password" not in page.replace("There is no password", "")


def test_a_code_leads_a_known_person_in(client):
    amina = cast.person()
    answer = sign_in(client, amina.email)
    assert answer.url == "/me/"
    assert client.get("/me/").context["user"] == amina


def test_a_new_address_becomes_an_account_whose_address_is_proven_by_the_code(client):
    asked = ask_for_code(client, "New.Official@city.example")
    assert asked.url == CODE
    assert not User.objects.exists()
    answer = client.post(asked.url, {"code": code_in_letter("new.official@city.example")})
    assert answer.url == "/accounts/profile/"
    person = User.objects.get(email="new.official@city.example")
    assert EmailAddress.objects.get(user=person).verified
    assert EmailAddress.objects.get(user=person).primary


def test_known_unknown_and_shut_out_addresses_see_the_same(client, django_user_model):
    known = cast.person(email="known@city.example")
    cast.person(email="shut.out@city.example", is_active=False)
    answers = []
    for email in (known.email, "unknown@city.example", "shut.out@city.example"):
        asked = ask_for_code(client, email)
        page = client.get(asked.url).content.decode().replace(email, "ADDRESS")
        answers.append((asked.status_code, asked.url, re.sub(r'value="\w{64}"', "", page)))
        client.post(reverse("account_logout"))
        client.cookies.clear()
    assert answers[0] == answers[1] == answers[2]
    assert not Letter.objects.filter(to="shut.out@city.example").exists()


def test_the_code_stands_in_a_letter_that_forgets_it_once_sent(client):
    amina = cast.person()
    ask_for_code(client, amina.email)
    letter = Letter.objects.get()
    assert (letter.person, letter.kind, letter.secret) == (amina, "sign_in_code", True)
    code = code_in_letter(amina.email)
    assert code in letter.subject
    assert code in letter.html
    assert "List-Unsubscribe" not in letter.headers


def test_the_letter_speaks_the_language_of_the_page(client):
    amina = cast.person(language="en")
    client.post("/fr" + LOGIN, {"email": amina.email})
    assert Letter.objects.get().language == "fr"
    amina.refresh_from_db()
    assert amina.language == "en"


def test_a_new_account_reads_the_language_of_the_page(client):
    asked = client.post("/es" + LOGIN, {"email": "nueva@city.example"})
    assert Letter.objects.get().language == "es"
    client.post(asked.url, {"code": code_in_letter("nueva@city.example")})
    assert User.objects.get().language == "es"


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.replace("-", ""),
        lambda code: f"  {code[:2]} {code[2:]} ",
        lambda code: "".join(chr(0x0660 + int(d)) if d.isdigit() else d for d in code),  # Arabic digits
    ],
)
def test_the_code_may_be_typed_with_spaces_and_in_any_digits(client, typed):
    amina = cast.person()
    asked = ask_for_code(client, amina.email)
    assert client.post(asked.url, {"code": typed(code_in_letter(amina.email))}).status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_wrong_code_is_told_and_the_fifth_ends_the_try(client):
    amina = cast.person()
    ask_for_code(client, amina.email)
    code = code_in_letter(amina.email)
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"
    for _i in range(4):
        answer = client.post(CODE, {"code": wrong})
        assert answer.status_code == 422
        assert "not the code" in answer.content.decode()
    answer = client.post(CODE, {"code": wrong})
    assert answer.url == LOGIN
    assert client.post(CODE, {"code": code}).url == LOGIN
    assert client.get("/me/").status_code == 302


def test_a_code_is_good_for_fifteen_minutes(client):
    amina = cast.person()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask_for_code(client, amina.email)
        clock.shift(timedelta(minutes=15, seconds=1))
        answer = client.post(CODE, {"code": code_in_letter(amina.email)}, follow=True)
    assert "no longer good" in answer.content.decode()
    assert client.get("/me/").status_code == 302


def test_another_code_replaces_the_first_and_has_its_full_time(client):
    amina = cast.person()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask_for_code(client, amina.email)
        first = code_in_letter(amina.email)
        clock.shift(timedelta(minutes=14))
        assert client.post(CODE, {"another": "1"}).url == CODE
        second = code_in_letter(amina.email)
        clock.shift(timedelta(minutes=14))
        assert first == second or client.post(CODE, {"code": first}).status_code == 422
        assert client.post(CODE, {"code": second}).status_code == 302
    assert Letter.objects.count() == 2


def test_the_page_names_the_address_and_lets_correct_it(client):
    asked = ask_for_code(client, "wrnog@city.example", next="/activities/")
    page = client.get(asked.url).content.decode()
    assert "wrnog@city.example" in page
    assert 'href="/accounts/login/?next=%2Factivities%2F"' in page
    assert (
        'value="wrnog@city.example"' in client.get("/accounts/login/?next=%2Factivities%2F").content.decode()
    )


def test_where_one_was_going_survives_all_the_way(client):
    goal = "/me/calendar/?a=1&b=2"
    page = client.get(reverse("account_login"), {"next": goal})
    assert page.context["next"] == goal
    asked = ask_for_code(client, "new@city.example", next=goal)
    answer = client.post(asked.url, {"code": "00", "next": goal})
    assert answer.context["next"] == goal
    answer = client.post(asked.url, {"code": code_in_letter("new@city.example"), "next": goal})
    assert client.get(answer.url).context["next"] == goal


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example", "http:evil"],
)
def test_next_leads_nowhere_but_to_our_own_pages(client, elsewhere):
    amina = cast.person()
    assert client.get(LOGIN, {"next": elsewhere}).context["next"] == ""
    asked = ask_for_code(client, amina.email, next=elsewhere)
    assert asked.url == CODE
    assert client.post(CODE, {"code": code_in_letter(amina.email), "next": elsewhere}).url == "/me/"
    assert client.get(LOGIN, {"next": elsewhere}).url == "/me/"
    profile = client.get("/accounts/profile/", {"next": elsewhere})
    assert profile.context["next"] == ""


def test_all_ways_lead_to_the_one_door(client):
    assert client.get("/accounts/signup/?next=/me/").url == "/accounts/login/?next=%2Fme%2F"
    assert client.get("/accounts/login/code/").url == LOGIN
    assert client.get("/me/").url == "/accounts/login/?next=/me/"
    assert client.post("/accounts/signup/", {"email": "a@b.example", "password1": "x"}).url == LOGIN
    for page in ("change", "set", "reset"):
        assert client.get(f"/accounts/password/{page}/").status_code == 404


def test_an_invalid_address_is_given_back(client):
    answer = ask_for_code(client, "amina at city.example")
    assert answer.status_code == 422
    assert 'value="amina at city.example"' in answer.content.decode()
    assert not User.objects.exists()


def test_the_same_new_address_twice_is_one_account():
    first = actions.find_or_create_person(email="Same@city.example", language="en")
    assert actions.find_or_create_person(email="same@CITY.example", language="fr") == first
    assert EmailAddress.objects.count() == 1


def test_unproven_addresses_are_forgotten_after_a_day():
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        old = actions.find_or_create_person(email="old@city.example", language="en")
        proven = cast.person(name="", profile=False, email="proven@city.example")
        made_by_staff = User.objects.create_user("staff.made@city.example", name="Invited Speaker")
    young = actions.find_or_create_person(email="young@city.example", language="en")
    assert actions.forget_unproven(older_than=timedelta(days=1), now=timezone.now()) == 1
    assert set(User.objects.all()) == {proven, made_by_staff, young}
    assert not EmailAddress.objects.filter(email=old.email).exists()


def test_signing_out_takes_a_button(client):
    amina = cast.person()
    client.force_login(amina)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/me/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/me/").status_code == 302


def test_pages_are_in_the_language_asked_for(client):
    with translation.override("fr"):
        assert reverse("account_login") == "/fr/accounts/login/"
    assert client.get("/fr/me/").url == "/fr/accounts/login/?next=/fr/me/"
