"""Staff add people: known or new, beyond the places, outside of the hours; what refuses is told in their words."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from outbox.models import Letter
from registrations import actions, errors
from registrations.admin.adding import refusal_words
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db

LIST = "admin:registrations_registration_changelist"

NEW = {
    "name": "Ada Mensah",
    "organization_other": "City of Tema",
    "post": "Engineer",
    "profile": "technical",
    "country": "GH",
    "timezone": "Africa/Accra",
    "language": "en",
    "ground": "asked",
}


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


def test_staff_add_somebody_known_by_their_email(client: Client) -> None:
    session, ada = cast.session(), cast.person("Ada Mensah", email="ada@city.example")
    page = reverse("admin:registrations_registration_add")
    assert client.get(page, {"session": session.pk}).context["form"].initial["session"] == str(session.pk)
    answer = client.post(
        page, {"session": session.pk, "email": "ADA@city.example", "language": "fr", "ground": "named"}
    )
    registration = Registration.objects.get()
    assert answer.url == reverse("admin:registrations_registration_change", args=[registration.pk])
    assert (registration.person, registration.state) == (ada, "confirmed")
    assert User.objects.get(pk=ada.pk).language == "en"
    assert Letter.objects.get(kind="confirmation").to == "ada@city.example"
    entry = LogEntry.objects.get_for_object(registration).get(action=LogEntry.Action.CREATE)
    assert entry.actor.name == "Marta Soler"


def test_staff_add_somebody_new_with_their_profile(client: Client) -> None:
    session, page = cast.session(), reverse("admin:registrations_registration_add")
    answer = client.post(
        page, {"session": session.pk, "email": "ada@city.example", "language": "en", "ground": "asked"}
    )
    assert answer.status_code == 422
    assert "We do not know this person yet" in answer.content.decode()
    assert not User.objects.filter(email="ada@city.example").exists()
    assert client.post(page, {"session": session.pk, "email": "ada@city.example", **NEW}).status_code == 302
    person = User.objects.get(email="ada@city.example")
    assert (person.name, person.organization_name, person.has_profile) == ("Ada Mensah", "City of Tema", True)
    assert person.registrations.get().is_confirmed


def test_staff_give_a_place_beyond_the_limit_only_when_they_say_so(client: Client) -> None:
    session = cast.session(places=1)
    cast.register(session)
    ada, bo = cast.person(email="ada@city.example"), cast.person(email="bo@city.example")
    page = reverse("admin:registrations_registration_add")
    client.post(page, {"session": session.pk, "email": ada.email, "language": "en", "ground": "asked"})
    assert ada.registrations.get().is_waiting
    client.post(
        page,
        {"session": session.pk, "email": bo.email, "language": "en", "ground": "asked", "over_places": "on"},
    )
    registration = bo.registrations.get()
    assert (registration.is_confirmed, registration.over_places) == (True, True)
    assert "beyond the places" in client.get(reverse(LIST)).content.decode()


def test_a_refusal_is_told_and_nothing_is_left_behind(client: Client) -> None:
    session = cast.session(eligibility="invited")
    data = {"session": session.pk, "email": "ada@city.example", **NEW}
    answer = client.post(reverse("admin:registrations_registration_add"), data)
    assert answer.status_code == 422
    assert "Invite the address first." in answer.content.decode()
    assert not User.objects.filter(email="ada@city.example").exists()


def test_a_coordinator_cannot_add_to_another_hosts_session() -> None:
    client = Client()
    client.force_login(cast.coordinator(cast.host("seoul")))
    foreign = cast.session(cast.activity(host=cast.host("cairo")))
    data = {"session": foreign.pk, "email": cast.person().email, "language": "en", "ground": "asked"}
    answer = client.post(reverse("admin:registrations_registration_add"), data)
    assert answer.status_code == 422
    assert not Registration.objects.exists()


HOURS = {  # how the session's hours are set, a sentence of the refusal, what the history says
    "too early": (
        {"registration_opens_at": timedelta(days=2)},
        "Registration opens on",
        "before registration opened",
    ),
    "closed": (
        {"registration_closes_at": -timedelta(hours=3)},
        "Registration closed on",
        "after registration closed",
    ),
    "begun": ({"starts_at": -timedelta(minutes=20)}, "Registration closed on", "after registration closed"),
    "over": ({"starts_at": -timedelta(days=3)}, "The session was over on", "after the session was over"),
    "members first": (
        {"members_first_until": timedelta(days=1), "eligibility": "members_first"},
        "the places are kept for people of member organizations",
        "while places were kept for members",
    ),
}


def set_at(now: datetime, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: now + value if isinstance(value, timedelta) else value for name, value in fields.items()}


@pytest.mark.parametrize("name", HOURS)
def test_staff_add_who_comes_outside_of_the_hours_and_say_why(client: Client, name: str) -> None:
    fields, rule, deed = HOURS[name]
    session = cast.session(**set_at(timezone.now(), fields))
    page = f"{reverse('admin:registrations_registration_add')}?session={session.pk}"
    if name != "members first":  # that depends on the person
        assert rule in client.get(page).content.decode(), "told before anything is typed"
    data = {"session": session.pk, "email": "ada@city.example", **NEW}
    refused = client.post(page, data)
    assert refused.status_code == 422
    [said] = refused.context["form"].errors["why"]
    assert rule in said
    assert not User.objects.filter(email="ada@city.example").exists()
    assert client.post(page, data | {"why": "Named this morning."}).status_code == 302
    registration = Registration.objects.get()
    assert registration.is_confirmed
    history = client.get(reverse("admin:registrations_registration_history", args=[registration.pk])).text
    assert deed in history
    assert "Named this morning." in history
    letter = Letter.objects.get(kind="confirmation")
    if name == "over":
        assert letter.subject.startswith("You were added to a session")
        assert not letter.calendar, "no hour is kept that has passed"
        assert "cancel" not in letter.text.lower()
    else:
        assert letter.calendar


CANNOT = {
    "draft": "Publish it first.",
    "withdrawn": "Publish it again first.",
    "by application": "takes applications",
    "cancelled": "was cancelled",
    "by invitation": "Invite the address first.",
}


@pytest.mark.parametrize("name", CANNOT)
def test_no_reason_goes_past_other_rules_and_staff_are_told_in_their_words(name: str) -> None:
    activity = cast.activity(published=name != "draft")
    if name == "withdrawn":
        activity.withdrawn_at = timezone.now()
        activity.save()
    fields = {"by application": {"admission": "application"}, "by invitation": {"eligibility": "invited"}}
    session = cast.session(
        activity, registration_opens_at=timezone.now() + timedelta(days=1), **fields.get(name, {})
    )
    if name == "cancelled":
        actions.cancel_session(session=session, reason={"en": "Storm."}, by=cast.secretary("Other"))
    with pytest.raises(errors.Refused) as refused:
        actions.register(session=session, person=cast.person(), by=cast.secretary(), why="Please.")
    assert not isinstance(refused.value, errors.OutsideHours)
    assert CANNOT[name] in refusal_words(refused.value)
    assert not Registration.objects.exists()


def test_only_staff_go_past_the_hours() -> None:
    session = cast.session(registration_opens_at=timezone.now() + timedelta(days=1))
    with pytest.raises(errors.RegistrationNotOpenYet):
        cast.register(session, why="I am in a hurry.")


def test_nobody_joins_a_waiting_list_that_moves_no_more(client: Client) -> None:
    begun = timezone.now() - timedelta(minutes=20)
    session = cast.session(starts_at=begun, places=1)
    cast.register(session, now=begun - timedelta(days=1))
    page = reverse("admin:registrations_registration_add")
    data = {"session": session.pk, "email": "ada@city.example", "why": "At the door.", **NEW}
    refused = client.post(page, data)
    assert "over_places" in refused.context["form"].errors
    assert session.registrations.count() == 1
    client.post(page, data | {"over_places": "on"})
    walk_in = session.registrations.get(person__email="ada@city.example")
    assert (walk_in.is_confirmed, walk_in.over_places) == (True, True)


def test_a_session_that_is_over_offers_to_add_a_person_and_only_its_own_page_does(client: Client) -> None:
    over = cast.session(starts_at=timezone.now() - timedelta(days=3))
    assert "Add a person" in client.get(reverse("admin:catalog_session_change", args=[over.pk])).text
    page = reverse("admin:registrations_registration_add")
    assert over not in client.get(page).context["form"].fields["session"].queryset
    client.force_login(cast.coordinator(cast.host("cairo")))
    named = client.get(page, {"session": over.pk})
    assert over not in named.context["form"].fields["session"].queryset, "another host’s"
