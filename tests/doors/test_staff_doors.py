"""What is seen because one is staff: with a second factor, and to look is not to change."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.models import Activity, Session
from hubs.models import Agreement, Evidence, Milestone, ResearchWork
from registrations.models import Registration
from tests import cast
from tests.hubs.files import private_root  # noqa: F401 - a fixture

from .things import Things, things_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def things() -> Things:
    draft = cast.activity("A draft", published=False)
    cast.session(draft)
    return things_of("seoul", "Ours") | {Activity: draft, Session: draft.sessions.get()}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def seen_as_staff(things: Things) -> list[str]:
    registration = things[Registration]
    return [
        registration.get_absolute_url(),
        f"{registration.get_absolute_url()}cancellation/",
        f"{registration.get_absolute_url()}calendar.ics",
        things[Activity].get_absolute_url(),
        f"{things[Activity].get_absolute_url()}cover.svg",
        reverse("registrations:register", args=[things[Session].pk]),
        reverse("registrations:session_calendar", args=[things[Session].pk]),
        reverse("hubs:evidence", args=[things[Evidence].pk]),
        reverse("hubs:research_file", args=[things[ResearchWork].pk]),
        reverse("hubs:document", args=[things[Agreement].pk]),
        reverse("reviews:queue"),
        "/admin/",
    ]


def status(client: Client, page: str) -> int:
    answer = client.get(page, follow=page == "/admin/")
    if answer.streaming:
        list(answer.streaming_content)
    return answer.status_code


@pytest.mark.parametrize("made", [cast.secretary, cast.coordinator])
def test_whatever_is_seen_because_one_is_staff_asks_for_the_second_factor(
    things: Things, made: Callable[[], User]
) -> None:
    person = made()
    client = signed_in(person)
    pages = seen_as_staff(things)
    assert {page: status(client, page) for page in pages} == dict.fromkeys(pages, 200)
    person.authenticator_set.all().delete()
    for page in pages:
        answer = client.get(page, follow=True)
        assert answer.redirect_chain[-1][0] == "/accounts/2fa/", page
    code = things[Registration].code
    assert client.post(reverse("me:cancellation", args=[code])).url == "/accounts/2fa/"
    assert Registration.objects.get(code=code).is_confirmed


def test_without_it_staff_still_have_what_is_their_own_and_public(things: Things) -> None:
    person = cast.secretary()
    person.authenticator_set.all().delete()
    client = signed_in(person)
    own = cast.register(cast.session(), person)
    for page in (own.get_absolute_url(), "/me/", own.session.activity.get_absolute_url()):
        assert client.get(page).status_code == 200


def test_who_may_only_look_cancels_nobody(things: Things) -> None:
    registration = things[Registration]
    client = signed_in(cast.reader())
    page = registration.get_absolute_url()
    assert "cancellation/" not in client.get(page).text
    assert client.get(f"{page}cancellation/").status_code == 403
    assert client.post(f"{page}cancellation/").status_code == 403
    registration.refresh_from_db()
    assert registration.is_confirmed


def test_a_coordinator_without_the_right_to_look_or_to_change_does_neither(things: Things) -> None:
    """The role was taken, the host's list of coordinators was not."""
    person = cast.with_role("reviewer", cast.person("Was Coordinator"))
    cast.host("seoul").coordinators.add(person)
    client = signed_in(person)
    assert {status(client, page) for page in seen_as_staff(things)[:10]} == {404}


@pytest.mark.parametrize("made", [cast.reader, cast.coordinator, cast.secretary])
def test_things_with_files_open_for_who_may_only_look_with_a_link_to_our_own_address(
    things: Things, made: Callable[[], User]
) -> None:
    client = signed_in(made())
    for model, name in ((Agreement, "document"), (Milestone, "evidence"), (ResearchWork, "research_file")):
        page = reverse(f"admin:hubs_{model._meta.model_name}_change", args=[things[model].pk])
        answer = client.get(page)
        assert answer.status_code == 200
        file = things[Evidence if model is Milestone else model]
        assert reverse(f"hubs:{name}", args=[file.pk]) in answer.text
