"""Activities are published, withdrawn and deleted, each after a question."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog import actions as catalog_actions
from catalog.errors import CannotDelete, HasRegistrations
from catalog.models import Activity, Session
from registrations import actions
from registrations.actions.lock import lock_session
from registrations.models import Registration
from tests import cast
from tests.staff.activity_page import change_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


def step_page(noun: str, *activities: Activity) -> str:
    ids = ",".join(str(activity.pk) for activity in activities)
    return f"{reverse(f'admin:catalog_activity_{noun}')}?ids={ids}"


def test_publish_asks_then_publishes_what_is_ready_and_says_why_not_of_the_rest(client: Client) -> None:
    ready = cast.session(cast.activity("Ready", published=False)).activity
    empty = cast.activity("Empty", published=False)
    page = step_page("publication", ready, empty)
    question = client.get(page).content.decode()
    assert "Everybody will see it." in question
    assert "This activity has no session yet." in question
    assert not Activity.objects.get(pk=ready.pk).is_public
    assert client.post(page).status_code == 302
    assert Activity.objects.get(pk=ready.pk).is_public
    assert Activity.objects.get(pk=ready.pk).published_by.name == "Marta Soler"
    assert not Activity.objects.get(pk=empty.pk).is_public


def test_the_lists_menu_leads_to_the_question(client: Client) -> None:
    drafts = [cast.activity(f"Draft {n}", published=False) for n in range(2)]
    answer = client.post(
        reverse("admin:catalog_activity_changelist"),
        {"action": "publication", "_selected_action": [draft.pk for draft in drafts]},
    )
    assert answer.status_code == 302
    assert answer.url.split("?")[1] == "ids=" + "%2C".join(str(draft.pk) for draft in drafts)


def test_withdraw_says_how_many_are_registered(client: Client) -> None:
    session = cast.session()
    cast.register(session)
    cast.register(session)
    page = step_page("withdrawal", session.activity)
    assert "2 people are registered" in client.get(page).content.decode()
    client.post(page)
    assert not Activity.objects.get(pk=session.activity_id).is_public


def test_a_coordinator_publishes_unless_the_secretariat_took_that_away() -> None:
    from accounts.roles import Role, set_options

    coordinator, session = cast.coordinator(), cast.session(cast.activity(published=False))
    client = Client()
    client.force_login(coordinator)
    page = step_page("publication", session.activity)
    assert client.get(page).status_code == 200
    set_options(role=Role.COORDINATOR, chosen=set(), by=cast.secretary())
    assert client.get(page).status_code == 403
    assert client.post(page).status_code == 403
    assert "Publish" not in client.get(change_page(session.activity)).content.decode()
    assert not Activity.objects.get(pk=session.activity_id).is_public


# Deleting


def deletion_of(*activities: Activity) -> str:
    ids = ",".join(str(activity.pk) for activity in activities)
    return f"{reverse('admin:catalog_activity_deletion')}?ids={ids}"


def draft_with_everything() -> Activity:
    activity = cast.activity("Never mind", published=False)
    cast.speaker(activity, "Ravi Nair")
    activity.materials.create(title="Slides", link="https://example.org/")
    cast.invitation(cast.session(activity), "guest@city.example")
    return activity


def test_a_draft_goes_with_what_hangs_on_it_after_a_question(client: Client) -> None:
    client.force_login(cast.coordinator())
    draft, other = draft_with_everything(), draft_with_everything()
    change = client.get(reverse("admin:catalog_activity_change", args=[draft.pk]))
    assert deletion_of(draft).replace("&", "&amp;") in change.text
    asks = client.get(deletion_of(draft))
    assert "sessions: 1, invited addresses: 1, speakers: 1, materials: 1" in asks.text
    assert Activity.objects.filter(pk=draft.pk).exists()
    answer = client.post(deletion_of(draft))
    assert answer.url == reverse("admin:catalog_activity_changelist")
    assert list(Activity.objects.all()) == [other]
    assert [session.activity for session in Session.objects.all()] == [other]
    assert "Never mind: deleted." in client.get(answer.url).text
    # Django's own address leads to the question.
    assert client.get(reverse("admin:catalog_activity_delete", args=[other.pk])).url == deletion_of(other)


def was_public() -> Activity:
    activity = cast.session().activity
    catalog_actions.withdraw(activity=activity, by=None)
    return activity


def had_registrations() -> Activity:
    session = cast.session()
    registration = cast.register(session)
    actions.cancel(registration=registration, by=registration.person)
    Activity.objects.update(published_at=None)
    return session.activity


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (was_public, "It was public"),
        (had_registrations, "People are, or were, registered"),
        (lambda: cast.session().activity, "It was public"),
    ],
)
def test_what_was_public_or_registered_for_stays_and_the_page_says_why(
    client: Client, made: Any, why: str
) -> None:
    activity = made()
    client.force_login(cast.superuser())
    assert "deletion" not in client.get(reverse("admin:catalog_activity_change", args=[activity.pk])).text
    assert why in client.get(deletion_of(activity)).text
    assert why in client.post(deletion_of(activity)).text
    assert Activity.objects.filter(pk=activity.pk).exists()


def test_a_draft_is_deleted_by_who_may_and_within_their_hosts(client: Client) -> None:
    draft = draft_with_everything()
    for person, status in ((cast.reader(), 403), (cast.coordinator(cast.host("cairo")), 404)):
        client.force_login(person)
        assert client.post(deletion_of(draft)).status_code == status
    assert Activity.objects.filter(pk=draft.pk).exists()


def test_history_without_a_session_is_corrected_by_deleting_it(client: Client) -> None:
    history = cast.activity("Wrongly remembered", held_on=date(2019, 5, 1))
    client.force_login(cast.secretary())
    client.post(deletion_of(history))
    assert not Activity.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_registered_for_a_draft_while_it_is_deleted() -> None:
    """Who registers holds the session's row; deleting waits for it, and then finds the registration."""
    activity = cast.activity()
    session, person = cast.session(activity), cast.person()
    Activity.objects.filter(pk=activity.pk).update(published_at=None)
    at_the_row, refused = threading.Event(), []

    def delete() -> None:
        at_the_row.set()
        try:
            catalog_actions.delete_draft(activity=Activity.objects.get(pk=activity.pk), by=None)
        except CannotDelete as reason:
            refused.append(reason)
        finally:
            connection.close()

    deleting = threading.Thread(target=delete)
    with transaction.atomic():
        lock_session(session.pk)
        deleting.start()
        at_the_row.wait()
        Registration.objects.create(
            session=session, person=person, state="confirmed", confirmed_at=timezone.now()
        )
    deleting.join()
    assert [type(reason) for reason in refused] == [HasRegistrations]
    assert session.registrations.count() == 1
