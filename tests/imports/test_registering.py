"""Rows become registrations by the actions of the desk: in the order of the file, in parts, nobody twice."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts.models import Consent, User
from catalog.models import Session
from imports import actions, errors
from imports.actions import registering
from imports.models import Import
from imports.registrations import Registrations
from imports.tasks import go_on_with_all
from outbox.delivery import send_due
from outbox.models import Letter
from registrations import actions as one_by_one
from registrations.models import Registration
from tests import cast

from .making import as_csv, done, imported, outcomes, people

pytestmark = pytest.mark.django_db


def test_sixty_people_in_the_order_of_the_file():
    session = cast.session(places=40)
    of = done(session, people(60))
    assert of.done_at
    line = list(session.registrations.order_by("queued_at").values_list("person__email", "state"))
    assert [email for email, _state in line] == [email for email, *_rest in people(60)]
    assert [state for _email, state in line] == ["confirmed"] * 40 + ["waiting"] * 20
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (40, 20)


def test_a_new_person_is_made_as_the_desk_makes_one():
    session, staff = cast.session(), cast.secretary()
    done(
        session,
        [("AWA@dakar.example", "  Awa   Ndiaye ", "Dakar", "Officer", "technical", "Sénégal")],
        by=staff,
    )
    person = User.objects.get(email="awa@dakar.example")
    assert (person.name, person.country.code, person.timezone) == ("Awa Ndiaye", "SN", "Africa/Dakar")
    assert not person.has_usable_password()
    assert person.emailaddress_set.get().verified is False
    registration = Registration.objects.get()
    assert (registration.ground, registration.discloses) == ("named", True)
    assert not Consent.objects.exists()


def test_what_a_person_told_of_themselves_stays_and_is_not_shown_to_the_host():
    session, known = cast.session(), cast.person("Known Person")
    done(session, [(known.email, "Other Name", "Elsewhere", "Boss", "elected", "France")])
    known.refresh_from_db()
    assert (known.name, known.post, known.country.code) == ("Known Person", "Head of Mobility", "SN")
    assert Registration.objects.get().discloses is False


def test_of_a_coordinators_import_nothing_tells_who_was_known():
    session, known = cast.session(), cast.person("Known Person", member=False)
    cast.organization()
    Session.objects.update(eligibility=Session.Eligibility.MEMBERS_ONLY)
    rows = [(known.email, *people(1)[0][1:]), people(1)[0]]
    of = done(session, rows, by=cast.coordinator(session.activity.host))
    assert set(Registration.objects.values_list("discloses", flat=True)) == {False}
    refused = of.entries.get(email=known.email)
    assert (
        refused.why
        == "This person cannot be registered out of a list. Write to them, or ask the Secretariat."
    )


def test_forty_wrong_rows_lose_none_of_the_right_ones_and_leave_nobody():
    wrong = [(f"wrong.{n}@dakar.example", "", "", "", "", "") for n in range(40)]
    mixed = [one for pair in zip(wrong, people(40), strict=True) for one in pair]
    of = done(cast.session(places=None), mixed)
    assert list(outcomes(of).values()).count("new") == Registration.objects.count() == 40
    assert not User.objects.filter(email__startswith="wrong").exists()


def test_refused_at_the_last_moment_nobody_is_left_over(monkeypatch):
    session = cast.session()
    monkeypatch.setattr(registering.Outlooks, "keeps_out", lambda self, facts, person: "")
    of = done(session, [("no.profile@dakar.example", "", "", "", "", ""), *people(1)])
    assert sorted(outcomes(of).values()) == ["new", "refused"]
    assert not User.objects.filter(email="no.profile@dakar.example").exists()


def test_the_letter_says_who_entered_them_on_what_ground_and_how_to_be_erased():
    french = [(*people(1)[0], "français")]
    headings = ("E-mail address", "Name", "Organization", "Post", "Profile", "Country", "Language")
    staff = cast.secretary("Marta Soler")
    done(cast.session(), as_csv(french, headings), by=staff, source="Liste de la ville")
    letter = Letter.objects.get()
    assert letter.language == "fr"
    with translation.override("fr"):
        for text in (letter.text, letter.html):
            assert "Marta Soler" in text
            assert "Liste de la ville" in text
            assert "/fr/me/deletion/" in text
            assert "/fr/data-protection/" in text
    english = done(cast.session(), people(1, first=2), by=staff)
    words = Letter.objects.get(person__registrations__import_entries__of=english).text
    assert "Marta Soler entered you for MITI Seoul, out of this list: Nominations of Dakar." in words
    assert "The ground for it: your organization named you, and told you so." in words
    assert "because you were entered for this session" in words


def test_letters_wait_for_an_hour_and_leave_before_what_is_written_next(mailoutbox):
    session = cast.session()
    done(session, people(2))
    assert send_due() == 0
    first = session.registrations.order_by("pk")[0]
    one_by_one.cancel(registration=first, by=cast.secretary())
    send_due()
    assert [mail.to for mail in mailoutbox] == [[first.person.email]] * 2
    assert "You have a place" in mailoutbox[0].body
    assert "cancelled" in mailoutbox[1].subject.lower()
    waiting = Letter.objects.get(state="waiting")
    assert timedelta(minutes=59) < waiting.next_try_at - timezone.now() <= timedelta(hours=1)


@pytest.mark.parametrize(("starts_in", "wait"), [(90, True), (50, False)])
def test_letters_of_a_session_that_starts_soon_wait_less(starts_in, wait):
    """Until an hour before it starts, whatever the second in which they are written."""
    session = cast.session(starts_in=timedelta(minutes=starts_in))
    done(session, people(1))
    letter = Letter.objects.get()
    leaves_at = session.starts_at - timedelta(hours=1) if wait else letter.written_at
    assert letter.next_try_at == leaves_at


class Killed(BaseException):
    """As a worker that is killed: nothing catches it."""


def test_a_killed_worker_leaves_what_was_done_and_another_goes_on(monkeypatch):
    monkeypatch.setattr(Registrations, "at_once", 4)
    session = cast.session()
    of = imported(session, people(10))
    actions.begin(of=of, by=of.read_by)
    real, calls = registering.settle, []

    def killed(*args, **kwargs):
        calls.append(args)
        if len(calls) == 7:
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(registering, "settle", killed)
    with pytest.raises(Killed):
        actions.go_on(of=of)
    assert session.registrations.count() == 4
    monkeypatch.setattr(registering, "settle", real)
    assert go_on_with_all() == 0  # its worker may be at it still
    Import.objects.update(moved_at=timezone.now() - timedelta(minutes=3))
    assert go_on_with_all() == 1
    assert session.registrations.count() == Letter.objects.count() == 10
    of.refresh_from_db()
    assert of.done_at
    assert go_on_with_all() == 0


def test_two_rows_with_one_address_in_different_parts(monkeypatch):
    monkeypatch.setattr(Registrations, "at_once", 1)
    of = done(cast.session(), [*people(2), *people(1), (people(1)[0][0], "Somebody Else", *people(1)[0][2:])])
    assert [(one.outcome, one.why) for one in of.entries.all()] == [
        ("new", ""),
        ("new", ""),
        ("same", "It stands on row 2 already."),
        ("refused", "Row 2 has this address with another name."),
    ]


def test_it_is_begun_once_and_needs_a_column_of_addresses():
    of = imported(cast.session(), as_csv([("Ana", "7")], ("Name", "Shoe size")))
    with pytest.raises(errors.NoAddresses):
        actions.begin(of=of, by=of.read_by)
    with pytest.raises(errors.TwiceTheSame):
        actions.understand(of=of, columns=["email", "email"], for_all={})
    actions.understand(of=of, columns=["name", "email"], for_all={})
    actions.begin(of=of, by=of.read_by)
    for again in (
        lambda: actions.begin(of=of, by=of.read_by),
        lambda: actions.understand(of=of, columns=["", "email"], for_all={}),
    ):
        with pytest.raises(errors.BegunAlready):
            again()


def test_the_same_file_read_again_takes_the_place_of_the_one_nobody_began():
    session, staff = cast.session(), cast.secretary()
    imported(session, people(2), by=staff)
    second = imported(session, people(2), by=staff)
    assert list(Import.objects.all()) == [second]


def test_who_may_no_more_registers_nobody_and_the_import_stands_still():
    session = cast.session()
    coordinator = cast.coordinator(session.activity.host)
    of = imported(session, people(2), by=coordinator)
    actions.begin(of=of, by=coordinator)
    session.activity.host.coordinators.remove(coordinator)
    actions.go_on(of=of)
    assert not session.registrations.exists()
    assert Import.objects.running().get() == of
