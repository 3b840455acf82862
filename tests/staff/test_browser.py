"""The staff’s desk in a real browser: no complaints, nothing serious for axe, wide and narrow, in four languages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from catalog.models import Material, Session
from outbox.models import Letter
from registrations.models import Registration
from tests import cast
from tests.plugins.browser import assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


DANGER = "rgb(166, 35, 29)"  # --delete-button-bg of admin.css


def sign_in(page: Any, person: User, address: str) -> None:
    """As after the code and the second factor: the session is there."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": store.session_key, "url": address}]
    )


@pytest.fixture
def session() -> Session:
    activity = cast.activity("Water in dense cities")
    cast.speaker(activity)
    Material.objects.create(activity=activity, title="Map", link="https://example.org/map")
    session = cast.session(activity, places=1, starts_in=timedelta(days=3))
    cast.register(session, cast.person("Bo Chen", language="fr"))
    cast.register(session, cast.person("Chidi Obi"))
    cast.activity("A draft", published=False)
    return session


def addresses(session: Session) -> list[str]:
    registration = Registration.objects.first()
    letter = Letter.objects.first()
    return [
        reverse("admin:index"),
        reverse("admin:first_steps"),
        f"{reverse('admin:waiting')}?what=drafts",
        reverse("admin:catalog_activity_changelist"),
        reverse("admin:catalog_activity_change", args=[session.activity_id]),
        reverse("admin:catalog_activity_add"),
        reverse("admin:catalog_activity_history", args=[session.activity_id]),
        reverse("admin:catalog_session_changelist"),
        reverse("admin:catalog_session_change", args=[session.pk]),
        f"{reverse('admin:catalog_session_cancellation')}?ids={session.pk}",
        f"{reverse('admin:catalog_session_rescheduling')}?ids={session.pk}",
        reverse("admin:registrations_registration_changelist"),
        reverse("admin:registrations_registration_change", args=[registration.pk]),
        reverse("admin:registrations_registration_add"),
        reverse("admin:registrations_registration_export"),
        reverse("admin:registrations_invitation_add"),
        reverse("admin:outbox_letter_changelist"),
        reverse("admin:outbox_letter_change", args=[letter.pk]),
        reverse("admin:accounts_user_changelist"),
        reverse("admin:accounts_user_change", args=[registration.person_id]),
        reverse("admin:hubs_host_change", args=[session.activity.host_id]),
        reverse("admin:auditlog_logentry_changelist"),
        reverse("admin:hubs_agreement_station", args=[session.starts_at.year]),
        reverse("admin:hubs_agreement_report", args=[session.activity.host.slug, session.starts_at.year]),
        reverse("admin:catalog_session_overview", args=[session.pk]),
    ]


@pytest.mark.parametrize(
    ("width", "each"),
    [
        (1280, 3),  # of each kind of page one
        pytest.param(1280, 1, marks=pytest.mark.long),
        pytest.param(390, 1, marks=pytest.mark.long),
    ],
)
def test_pages_of_the_desk_are_sound(
    width: int, each: int, open_page: Any, axe: Callable[..., None], session: Session, live_server: Any
) -> None:
    page = open_page(width=width)
    sign_in(page, cast.secretary(), live_server.url)
    for address in addresses(session)[each - 1 :: each]:
        answer = page.goto(address)
        assert answer.status == 200, address
        axe(page)


@pytest.mark.long
@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_the_desk_stands_in_the_other_languages(
    language: str, page: Any, session: Session, live_server: Any
) -> None:
    sign_in(page, cast.secretary(), live_server.url)
    with translation.override(language):
        there = addresses(session)[:7]
    for address in there:
        assert address.startswith(f"/{language}/admin/")
        assert page.goto(address).status == 200, address
        assert page.get_attribute("html", "lang") == language


def test_the_desk_runs_from_right_to_left_on_a_phone(
    open_page: Any, axe: Callable[..., None], session: Session, live_server: Any
) -> None:
    """A title in English stands where the page's words do, and what is typed in English as it is read."""
    page = open_page(width=390)
    sign_in(page, cast.secretary(), live_server.url)
    with translation.override("ar"):
        for address in (reverse("admin:index"), *addresses(session)[3:5]):
            assert page.goto(address).status == 200, address
            assert_fits(page)
    axe(page)
    title = page.locator("h1").first
    assert title.evaluate("title => getComputedStyle(title).textAlign") == "right"
    typed = page.locator("#id_title_en")
    assert typed.evaluate("field => getComputedStyle(field).unicodeBidi") == "plaintext"


def test_a_session_is_moved_without_scripts(
    desk_without_scripts: Any, session: Session, live_server: Any
) -> None:
    """Typed on the activity's page, asked about, gone back from, and done."""
    page = desk_without_scripts
    sign_in(page, cast.coordinator(cast.host("seoul")), live_server.url)
    page.goto(reverse("admin:catalog_activity_change", args=[session.activity_id]))
    meetings = page.locator("textarea[name$=meetings_text]").first
    new_day = (session.starts_at + timedelta(days=7)).astimezone(session.zone).strftime("%Y-%m-%d")
    meetings.fill(f"{new_day} 10:00–11:30 Who pays | Qui paie")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Save, and write to people?", level=1).wait_for()
    assert page.get_by_text("2 people will be written to").count() == 2
    page.get_by_role("button", name="Back to the form").click()
    page.get_by_text("Nothing is saved yet.").wait_for()
    assert new_day in page.locator("textarea[name$=meetings_text]").first.input_value()
    assert Session.objects.get(pk=session.pk).starts_at == session.starts_at
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Save, and write to people").click()
    page.get_by_text("2 letters are on their way.").wait_for()
    session.refresh_from_db()
    assert session.starts_at.astimezone(session.zone).strftime("%Y-%m-%d %H:%M") == f"{new_day} 10:00"
    assert Letter.objects.filter(kind="session_changed").count() == 2


def test_the_list_leads_by_its_menu_to_the_question(page: Any, session: Session, live_server: Any) -> None:
    sign_in(page, cast.secretary(), live_server.url)
    page.goto(reverse("admin:catalog_session_changelist"))
    page.locator("input.action-select").first.check()
    page.get_by_label("Action:").first.select_option("cancellation")
    page.get_by_role("button", name="Run").first.click()
    page.get_by_label("Reason in English").fill("The hall is flooded.")
    button = page.get_by_role("button", name="Cancel, and write to people")
    assert button.evaluate("one => getComputedStyle(one).backgroundColor") == DANGER
    button.click()
    page.get_by_text("2 letters are on their way.").wait_for()
    assert Session.objects.get(pk=session.pk).is_cancelled


def test_lists_fit_the_window_of_a_desk(page: Any, session: Session, live_server: Any) -> None:
    """Beside the menu, with long names and addresses, and with the choices of a filter open."""
    person = cast.person(
        "Maximiliana Etchegoyhen-Salcedo de la Vega",
        email="maximiliana.etchegoyhen-salcedo@metropolitan-administration.example.org",
    )
    cast.register(session, person)
    for number in range(3):
        cast.session(
            cast.activity(
                f"Counting what a greenway gives: shade, sparrows, shops and sleep for {number}",
                format="in_person_program",
                host=cast.host("mexico-city"),
            )
        )
    Letter.objects.update(state=Letter.State.SENT, sent_at=timezone.now())
    sign_in(page, cast.secretary(), live_server.url)
    for name in ("catalog_activity", "catalog_session", "registrations_registration", "outbox_letter"):
        page.goto(reverse(f"admin:{name}_changelist"))
        wide, seen = page.locator(".results").evaluate("list => [list.scrollWidth, list.clientWidth]")
        spilling = page.locator("#result_list tbody :is(td, th)").evaluate_all(
            "cells => cells.filter(one => one.scrollWidth > one.clientWidth).map(one => one.className)"
        )
        assert spilling == [], f"what does not fit its column in {name}"
        assert wide <= seen, f"{name}: {wide} pixels in {seen}"
    page.get_by_text("State", exact=True).first.press("Enter")
    page.get_by_role("link", name="sent", exact=True).click()
    page.wait_for_url("**state__exact=sent**")
    assert page.locator(".desk-filter strong").inner_text() == "sent"
