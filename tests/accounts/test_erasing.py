import importlib
from datetime import timedelta
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as BrowserSession
from django.core import serializers
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.erasing import erase_person
from accounts.models import User
from catalog.models import Session
from hubs import actions as hubs
from outbox.models import Letter
from proposals import actions as proposals
from registrations import actions
from tests import cast
from tests.hubs import agreements
from tests.proposals import making

pytestmark = pytest.mark.django_db

NAME, EMAIL, POST, NOTE = (
    "Zanele Ünïquename",
    "zanele.uniquename@city.example",
    "Keeper of Wells",
    "Needs a ramp",
)


@pytest.fixture
def person() -> User:
    return cast.person(NAME, email=EMAIL, post=POST)


def test_what_is_to_come_is_cancelled_and_others_move_up(person):
    session = cast.session(places=1)
    mine, next_in_line = cast.register(session, person), cast.register(session)
    waiting = cast.register(cast.session(places=0), person)

    erase_person(person=person, by=person)

    for registration in (mine, waiting):
        registration.refresh_from_db()
        assert (registration.state, registration.cancelled_for, registration.cancelled_by) == (
            "cancelled",
            "erasure",
            None,
        )
    next_in_line.refresh_from_db()
    assert next_in_line.is_confirmed
    assert not Letter.objects.filter(kind="cancellation").exists()


def test_what_is_over_still_counts_without_its_note(person):
    session = cast.session(places=3)
    registration = cast.register(session, person, note=NOTE)
    erase_person(person=person, by=person, now=session.ends_at + timedelta(days=1))
    registration.refresh_from_db()
    assert (registration.state, registration.note) == ("confirmed", "")
    person.refresh_from_db()
    assert (person.organization, person.country.code, person.profile) == (
        cast.organization(),
        "SN",
        "technical",
    )


def test_nothing_that_tells_who_they_were_is_left_anywhere(person):
    """Every row of every table is read: that is the only way to be sure."""
    cast.register(cast.session(), person, note=NOTE)
    session = cast.session()
    cast.register(session, person, note=NOTE)
    cast.invitation(session, EMAIL.upper())
    browser = Client()
    browser.force_login(person)
    UserSession.objects.create(
        user=person, session_key=browser.session.session_key, ip="192.0.2.1", user_agent=NAME, data={}
    )
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "s"})
    person.calendar_secret = "secret"
    person.save()
    cast.host().coordinators.add(person)
    assert where(NAME, EMAIL, POST, NOTE)  # it would be found

    erase_person(person=person, by=cast.secretary())

    assert where(NAME, EMAIL, POST, NOTE) == []
    person.refresh_from_db()
    assert person.email == f"erased-{person.pk}@erased.invalid"
    assert (person.name, person.is_active, person.calendar_secret) == ("", False, None)
    assert not person.has_usable_password()
    assert not person.hosts.exists()
    assert not person.consents.exists()
    for model in (EmailAddress, Authenticator, UserSession):
        assert not model.objects.filter(user=person).exists()
    assert not BrowserSession.objects.filter(session_key=browser.session.session_key).exists()


def test_nothing_under_a_former_address_or_in_what_others_got_is_left(person, client):
    """Addresses change, contacts of agreements are typed by hand, and letters quote what people wrote."""
    former = ["zanele@before.example", "Zanele.First@Elsewhere.example"]
    for email in (*former, EMAIL):
        person = User.objects.get(pk=person.pk)
        person.email = email
        person.save(update_fields=["email"])
    person.name = "Zanele Maidenname"
    person.save(update_fields=["name"])
    person.name = NAME
    person.save()
    session = cast.session()
    for email in former:
        cast.invitation(session, email)
    host = cast.host()
    signed = agreements.signed(host)
    signed.contacts.create(name=NAME.upper(), email="office@city.example")
    signed.contacts.create(name="The signatory", email=former[0].title())
    proposal = making.sent(person)
    others = cast.person("Somebody Else")
    proposals.invite_co_proposer(proposal=proposal, email=others.email, by=person)
    proposals.write_message(proposal=proposal, text=f"Please call {NOTE}", by=person, from_desk=False)
    with transaction.atomic():
        for email in (EMAIL, former[0].upper()):
            hubs.send_message(host=host, sender=NAME, sender_email=email, text=NOTE, occurrence=email[:9])
    sent = Letter.objects.filter(kind="host_message").order_by("pk").first()
    Letter.objects.filter(pk=sent.pk).update(state="sent", sent_at=timezone.now())
    words = (NAME, "Maidenname", EMAIL, NOTE, *former)
    assert all(where(word) for word in words)  # each would be found

    erase_person(person=person, by=cast.secretary())

    assert where(*words) == []
    sent.refresh_from_db()
    assert (sent.subject, sent.text, sent.state) == ("(erased)", "", "sent")
    assert not Letter.objects.filter(kind="host_message", state="waiting").exists()


def test_an_address_that_is_somebody_elses_by_now_stays_theirs(person):
    person = User.objects.get(pk=person.pk)
    person.email = "new@city.example"
    person.save()
    EmailAddress.objects.filter(user=person).update(email=person.email)
    heir = cast.person("The Heir", email=EMAIL)
    session = cast.session()
    cast.invitation(session, EMAIL)
    erase_person(person=person, by=heir)
    assert where(EMAIL)
    assert session.invitations.count() == 1


def test_addresses_from_before_they_were_remembered_are_found_in_the_history(person):
    person = User.objects.get(pk=person.pk)
    person.email = "later@city.example"
    person.save()
    person.former_addresses.all().delete()
    migration = importlib.import_module("accounts.migrations.0010_former_addresses_out_of_the_history")
    migration.remember(apps, None)
    assert [former.email for former in person.former_addresses.all()] == [EMAIL]


def where(*words: str) -> list[str]:
    """The tables in which one of the words stands."""
    tables = []
    for model in apps.get_models():
        text = BytesIO()
        rows = model._base_manager.all()
        for row in serializers.serialize("python", rows):
            text.write(repr(row).casefold().encode())
        if any(word.casefold().encode() in text.getvalue() for word in words):
            tables.append(model._meta.label)
    return tables


def test_staff_leave_their_deeds_but_not_their_name():
    coordinator = cast.coordinator(name=NAME, email=EMAIL)
    LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Session),
        object_pk="1",
        object_repr="A session",
        action=LogEntry.Action.UPDATE,
        actor=coordinator,
        actor_email=EMAIL,
        remote_addr="192.0.2.7",
    )
    erase_person(person=coordinator, by=coordinator)
    entry = LogEntry.objects.get(actor=coordinator)
    assert (entry.actor_email, entry.remote_addr) == (None, None)
    coordinator.refresh_from_db()
    assert not coordinator.is_staff


def test_erasing_again_does_nothing(person):
    erase_person(person=person, by=person)
    first = User.objects.get(pk=person.pk).erased_at
    erase_person(person=person, by=person, now=timezone.now() + timedelta(days=1))
    assert User.objects.get(pk=person.pk).erased_at == first


def test_what_fails_on_the_way_leaves_everything_as_it_was(person, monkeypatch):
    registration = cast.register(cast.session(), person)

    def broken(*args, **kwargs):
        raise RuntimeError("no eraser")

    monkeypatch.setattr("accounts.erasing.empty", broken)
    with pytest.raises(RuntimeError, match="no eraser"):
        erase_person(person=person, by=person)
    registration.refresh_from_db()
    person.refresh_from_db()
    assert registration.is_confirmed
    assert person.name == NAME
    assert person.letters.exists()
    assert person.consents.exists()


def test_an_erased_person_cannot_come_back_by_an_open_page(person):
    session = cast.session()
    erase_person(person=person, by=person)
    with pytest.raises(actions.registering.errors.AccountClosed):
        actions.register(session=session, person=person, by=person)
