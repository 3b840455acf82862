"""Two members of staff at the same form: the second is told, and nothing typed is lost."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Activity, Session
from registrations import actions
from tests import cast
from tests.staff.activity_page import change_page, typed_in
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(cast.secretary(name))
    return client


@pytest.fixture
def activity() -> Activity:
    activity = cast.activity("Water in dense cities")
    cast.session(activity, starts_in=timedelta(days=20))
    return activity


def opened(client: Client, activity: Activity) -> dict[str, Any]:
    page = client.get(change_page(activity))
    return typed_in(page) | {"_opened": page.context["since_opened"].mark}


def test_the_second_to_save_is_told_who_changed_what_and_keeps_what_was_typed(activity: Activity) -> None:
    ana, ben = signed_in("Ana Torres"), signed_in("Ben Okoye")
    of_ana, of_ben = opened(ana, activity), opened(ben, activity)

    assert ana.post(change_page(activity), of_ana | {"title_en": "Water for all"}).status_code == 302
    answer = ben.post(change_page(activity), of_ben | {"summary_en": "Typed by Ben"})

    activity.refresh_from_db()
    assert (activity.title_en, activity.summary_en) == (
        "Water for all",
        "What works, told by those who run it.",
    )
    page = answer.content.decode()
    assert "Ana Torres changed this since you opened it, so nothing is saved yet." in page
    assert "<ins>Water for all</ins>" in page
    assert "Typed by Ben" in page

    again = of_ben | {"summary_en": "Typed by Ben", "_opened": answer.context["since_opened"].mark}
    assert ben.post(change_page(activity), again).status_code == 302
    activity.refresh_from_db()
    assert (activity.title_en, activity.summary_en) == ("Water in dense cities", "Typed by Ben")


def test_what_was_changed_in_a_part_counts_too(activity: Activity) -> None:
    ben = signed_in("Ben Okoye")
    of_ben = opened(ben, activity)
    cast.speaker(activity, "Zineb Alaoui")
    answer = ben.post(change_page(activity), of_ben | {"summary_en": "Typed by Ben"})
    assert "Speaker “Zineb Alaoui”: made" in answer.content.decode()
    activity.refresh_from_db()
    assert activity.summary_en != "Typed by Ben"


def test_a_moved_session_counts_too_and_nobody_is_asked_about_letters_first(activity: Activity) -> None:
    ben, session = signed_in("Ben Okoye"), activity.sessions.get()
    cast.register(session)
    of_ben = opened(ben, activity)
    moved_to = session.starts_at + timedelta(days=1)
    actions.reschedule(session=session, by=cast.secretary("Ana Torres"), starts_at=moved_to)
    answer = ben.post(change_page(activity), of_ben)
    assert "changed this since you opened it" in answer.content.decode()
    session.refresh_from_db()
    assert session.starts_at == moved_to


def test_registrations_and_invitations_are_no_change_of_the_form(activity: Activity) -> None:
    ben, session = signed_in("Ben Okoye"), activity.sessions.get()
    of_ben = opened(ben, activity)
    cast.register(session)
    cast.invitation(session, "somebody@city.example")
    assert ben.post(change_page(activity), of_ben | {"summary_en": "Typed by Ben"}).status_code == 302
    activity.refresh_from_db()
    assert activity.summary_en == "Typed by Ben"


def test_one_person_alone_saves_again_and_again(activity: Activity) -> None:
    ana = signed_in("Ana Torres")
    for summary in ("First", "Second"):
        data = opened(ana, activity) | {"summary_en": summary, "_continue": "1"}
        assert ana.post(change_page(activity), data).status_code == 302
    activity.refresh_from_db()
    assert activity.summary_en == "Second"


def test_a_host_form_is_guarded_too() -> None:
    host, ben = cast.host("seoul"), signed_in("Ben Okoye")
    address = reverse("admin:hubs_host_change", args=[host.pk])
    page = ben.get(address)
    data = typed_in(page) | {"_opened": page.context["since_opened"].mark, "about_en": "Typed by Ben"}
    host.about_en = "Written by Ana"
    host.save()
    assert "changed this since you opened it" in ben.post(address, data).content.decode()
    host.refresh_from_db()
    assert host.about_en == "Written by Ana"


def test_a_session_rescheduled_by_another_is_not_moved_back_unseen(activity: Activity) -> None:
    ben, session = signed_in("Ben Okoye"), activity.sessions.get()
    address = f"{reverse('admin:catalog_session_rescheduling')}?ids={session.pk}"
    page = ben.get(address)
    outlook = page.context["outlooks"][0]
    data = {bound.html_name: bound.value() or "" for bound in outlook.form}
    data |= {"thing-0-opened": outlook.since_opened.mark, "thing-0-joining_note": "Typed by Ben"}
    moved_to = session.starts_at + timedelta(days=1)
    actions.reschedule(session=session, by=cast.secretary("Ana Torres"), starts_at=moved_to)

    answer = ben.post(address, data)
    assert answer.status_code == 422
    assert "changed this since you opened it" in answer.content.decode()
    assert "Typed by Ben" in answer.content.decode()
    session.refresh_from_db()
    assert (session.starts_at, session.joining_note) == (moved_to, "")

    data["thing-0-opened"] = answer.context["outlooks"][0].since_opened.mark
    assert ben.post(address, data).status_code == 302
    session.refresh_from_db()
    assert session.joining_note == "Typed by Ben"


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_the_same_moment_are_not_both_served() -> None:
    """With real threads: one waits for the other's lock, then is told."""
    activity = cast.activity("Water in dense cities")
    cast.session(activity, starts_at=timezone.now() + timedelta(days=20))
    clients = [signed_in("Ana Torres"), signed_in("Ben Okoye")]
    forms = [opened(client, activity) | {"summary_en": f"By {n}"} for n, client in enumerate(clients)]
    ready = threading.Barrier(2, timeout=PATIENCE)
    answers: list[int] = []

    def save(client: Client, data: dict[str, Any]) -> None:
        ready.wait()
        answers.append(client.post(change_page(activity), data).status_code)
        connection.close()

    threads = [threading.Thread(target=save, args=pair) for pair in zip(clients, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [200, 302]
    assert Session.objects.count() == 1
