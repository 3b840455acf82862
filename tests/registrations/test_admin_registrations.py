"""The list of registrations: searched, told in, and cancelled from."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from outbox.models import Letter
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db

LIST = "admin:registrations_registration_changelist"


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


def people_listed(client: Client, **question: Any) -> set[str]:
    return {str(row.person) for row in client.get(reverse(LIST), question).context["cl"].result_list}


def test_search_and_filters_find_people(client: Client) -> None:
    water = cast.session(cast.activity("Water"), places=1)
    buses = cast.session(cast.activity("Buses", host=cast.host("cairo")))
    lima = cast.organization("Lima", country="PE", region="latin-america-caribbean")
    ada = cast.register(water, cast.person("Ada Mensah", organization=lima, profile=True))
    cast.register(water, cast.person("Bo Chen", email="bo@taipei.example"))
    cast.register(buses, cast.person("Chidi Obi"))
    assert people_listed(client, q="ada mensah") == {"Ada Mensah"}
    assert people_listed(client, q="taipei.example") == {"Bo Chen"}
    assert people_listed(client, q="lima") == {"Ada Mensah"}
    assert people_listed(client, q=ada.code) == {"Ada Mensah"}
    assert people_listed(client, state__exact="waiting") == {"Bo Chen"}
    assert people_listed(client, session__id__exact=water.pk) == {"Ada Mensah", "Bo Chen"}
    assert people_listed(client, activity=buses.activity_id) == {"Chidi Obi"}
    assert people_listed(client, session__activity__host__id__exact=buses.activity.host_id) == {"Chidi Obi"}
    assert people_listed(client, region="latin-america-caribbean") == {"Ada Mensah"}


def test_the_list_tells_positions_and_asks_the_same_number_of_questions(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(30) as queries:
            client.get(reverse(LIST))
        return len(queries)

    session = cast.session(places=1)
    cast.register(session)
    asked()
    with_one = asked()
    for _n in range(3):
        cast.register(session)
    assert asked() == with_one
    page = client.get(reverse(LIST)).content.decode()
    for position in (1, 2, 3):
        assert f"waiting, number {position} in line" in page


def test_staff_cancel_after_a_question(client: Client) -> None:
    session = cast.session(places=1)
    first, second = cast.register(session), cast.register(session)
    page = f"{reverse('admin:registrations_registration_cancellation')}?ids={first.pk}"
    assert "1 person will be written to" in client.get(page).content.decode()
    assert Registration.objects.get(pk=first.pk).is_confirmed
    assert client.post(page).status_code == 422, "nobody is cancelled without hearing why"
    assert Registration.objects.get(pk=first.pk).is_confirmed
    client.post(page, {"en": "The room is too small."})
    first.refresh_from_db()
    assert (first.state, first.cancelled_for, first.cancelled_by.name) == (
        "cancelled",
        "staff",
        "Marta Soler",
    )
    assert Registration.objects.get(pk=second.pk).is_confirmed
    again = client.get(page).content.decode()
    assert "It was cancelled before." in again


def test_many_are_cancelled_by_name_with_the_reason_in_each_ones_language(client: Client) -> None:
    session = cast.session(cast.activity("Night buses"), places=13)
    names = [f"Rider {number:02}" for number in range(13)]
    registrations = [
        cast.register(session, cast.person(name, language="fr" if name == "Rider 07" else "en"))
        for name in names
    ]
    waiting = cast.register(session, cast.person("Last Rider"))
    ids = ",".join(str(registration.pk) for registration in (*registrations, waiting))
    page = f"{reverse('admin:registrations_registration_cancellation')}?ids={ids}"
    asked = client.get(page).content.decode()
    assert "Cancel these 14 registrations?" in asked
    assert "In all:" in asked
    assert "14 people will be written to: English 13, French 1." in asked
    button, first_name = asked.index("Cancel, and write to the people"), asked.index("Rider 00")
    assert asked.index("14 people") < button < first_name, "the button is not below a hundred names"
    assert [name for name in names if name not in asked] == []
    codes = [registration.code for registration in registrations]
    assert [code for code in codes if code in asked] == []
    assert asked.count("a place is taken back") == 1, "said once for all"
    answer = client.post(page, {"en": "The depot burned.", "fr": "Le dépôt a brûlé."}, follow=True)
    sentences = [str(message) for message in answer.context["messages"]]
    assert len(sentences) == 1
    assert sentences[0].endswith("; Rider 00, Dakar: cancelled; the person is written to.")
    reasons = {letter.to: letter.text for letter in Letter.objects.filter(kind="cancellation")}
    assert len(reasons) == 14
    in_french = registrations[7].person.email
    assert "Le dépôt a brûlé." in reasons.pop(in_french)
    assert all("The reason: The depot burned." in text for text in reasons.values())
    history = client.get(reverse("admin:registrations_registration_history", args=[registrations[3].pk]))
    assert "The depot burned." in history.content.decode()


def test_registrations_are_not_deleted_and_not_edited(client: Client) -> None:
    registration = cast.register(cast.session())
    delete = reverse("admin:registrations_registration_delete", args=[registration.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    change = reverse("admin:registrations_registration_change", args=[registration.pk])
    assert client.post(change, {"state": "cancelled"}).status_code == 403
    assert Registration.objects.get(pk=registration.pk).is_confirmed
