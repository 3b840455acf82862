"""One field finds what this person may open, wherever it stands: each list by its own rules."""

import pytest
from django.test import Client

from speakers.models import Speaker
from tests import cast
from tests.credentials.making import certificate
from tests.proposals import making

pytestmark = pytest.mark.django_db


def desk_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def found(person, words: str) -> dict[str, list[str]]:
    lists = desk_of(person).get("/admin/search/", {"q": words}).context["found"]
    return {one.name: [hit.title for hit in one.hits] for one in lists}


def test_it_finds_a_thing_by_its_title_a_person_by_name_and_address_and_codes_as_they_are_typed():
    session = cast.session(cast.activity("Rain gardens of Ibadan", host=cast.host("seoul")))
    person = cast.person("Folake Adeyemi", email="folake@ibadan.example")
    registration = cast.register(session, person)
    by = cast.secretary()
    assert found(by, "rain GARDENS") == {
        "Activities": ["Rain gardens of Ibadan"],
        "Sessions": [str(session)],
        "Registrations": [str(registration)],
        "Letters": [str(letter) for letter in registration.person.letters.order_by("-written_at", "-pk")],
    }
    assert found(by, "Adeyemi")["People"] == ["Folake Adeyemi"]
    assert found(by, "folake@ibadan.example")["People"] == ["Folake Adeyemi"]
    assert found(by, registration.code)["Registrations"] == [str(registration)]
    (hit,) = desk_of(by).get("/admin/search/", {"q": registration.code}).context["found"][0].hits
    assert hit.note == "Folake Adeyemi · Rain gardens of Ibadan"


def test_a_certificate_and_a_proposal_are_found_by_their_codes():
    by = cast.secretary()
    made = certificate("Amina Diallo")
    assert found(by, made.code_in_groups)["Certificates"] == [made.code]
    proposal = making.sent()
    assert found(by, proposal.code)["Proposals"] == [str(proposal)]


def test_staff_of_a_host_find_what_is_their_hosts():
    cairo, seoul = cast.host("cairo"), cast.host("seoul")
    for host in (cairo, seoul):
        cast.register(
            cast.session(cast.activity(f"Rivers of {host}", host=host)), cast.person(f"Reader of {host}")
        )
    lists = found(cast.coordinator(cairo), "Rivers")
    assert lists["Activities"] == [f"Rivers of {cairo}"]
    assert len(lists["Registrations"]) == 1
    assert str(seoul) not in str(lists)


def test_speakers_are_found_by_staff_of_their_host_alone():
    cairo, seoul = cast.host("cairo"), cast.host("seoul")
    for host in (cairo, seoul):
        Speaker.objects.create(name=f"Wangari of {host}", organization="Rivers", host=host)
    assert found(cast.coordinator(cairo), "wangari") == {"Speakers": [f"Wangari of {cairo}"]}
    assert len(found(cast.secretary(), "wangari")["Speakers"]) == 2


def test_who_may_not_enter_finds_nothing():
    assert desk_of(cast.person("An official")).get("/admin/search/", {"q": "water"}).status_code in (302, 403)
    assert Client().get("/admin/search/", {"q": "water"}).status_code == 302


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("", "Type a name, an address"),
        ("x", "Type two letters at least."),
        ("zzyzx", "Nothing that you may open holds “zzyzx”."),
        ("<b>", "Nothing that you may open holds “&lt;b&gt;”."),
    ],
)
def test_where_nothing_is_found_the_page_says_what_to_do(asked, says):
    assert says in desk_of(cast.secretary()).get("/admin/search/", {"q": asked}).text


def test_of_many_the_first_are_shown_with_the_way_to_the_others_at_the_same_cost(
    django_assert_max_num_queries,
):
    desk = desk_of(cast.secretary())
    for number in range(9):
        cast.session(cast.activity(f"Bridges {number}"))
    with django_assert_max_num_queries(34):
        answer = desk.get("/admin/search/", {"q": "Bridges"})
    assert 'href="/admin/catalog/activity/?q=Bridges"' in answer.text
    assert len(answer.context["found"][0].hits) == 6


def test_the_field_stands_on_every_page_of_the_desk():
    desk = desk_of(cast.secretary())
    for page in ("/admin/", "/admin/catalog/activity/", "/admin/outbox/letter/coming/"):
        assert 'action="/admin/search/"' in desk.get(page).text
