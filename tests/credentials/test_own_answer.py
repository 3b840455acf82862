"""“Why have I no certificate?” on the registration's page: each answer, and the certificate that one takes oneself."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from attendance import actions as attendance_actions
from catalog.certificate_rule import Certificate as Kind
from catalog.certificate_rule import Counted
from credentials import actions, errors
from credentials.models import Certificate
from registrations.models import Registration
from tests import cast

from .making import (
    DAY,
    close_all,
    finished,
    granted_by_hand,
    meeting_of,
    program,
    registered,
    rule,
    signatory,
    there,
    with_rule,
)
from .test_checking import page_of, words

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def noted(registration: Registration, day: int, *, by, **fields) -> None:
    meeting = meeting_of(registration.session, day)
    attendance_actions.note(
        registration=registration, meeting=meeting, state="present", by=by, now=meeting.starts_at, **fields
    )


def answer(registration: Registration, *, later: timedelta = HOUR, client: Client | None = None) -> str:
    """What the person reads on the registration's page when all is over."""
    client = client or Client()
    with time_machine.travel(registration.session.ends_at + later, tick=False):
        client.force_login(registration.person)
        html = client.get(registration.get_absolute_url()).text
    start = html.find('aria-labelledby="certificate-title"')
    return words(f"<main>{html[start : html.index('</section>', start)]}</main>") if start >= 0 else ""


@pytest.fixture
def five_days(by):
    """Amina is registered for five days, of which the rule asks for four, and somebody signs."""
    session = with_rule(program(5))
    registered(session, cast.person("Amina Diallo"))
    signatory(session.activity.host)
    return session


def attended(session, days: int, *, by) -> Registration:
    registration = session.registrations.get()
    there(session, registration, days, by=by)
    close_all(session, by=by)
    return registration


def test_two_of_five_days_says_which_three_count_against_and_each_can_be_said_to_be_wrong(five_days, by):
    registration = attended(five_days, 2, by=by)
    text = answer(registration)
    assert "Why is there no certificate?" in text
    assert "You were present at 2 of 5 meetings. The rule asks: present at 4 of 5 meetings or more." in text
    assert text.count("absent This is wrong") == 3
    ask = reverse("attendance:correction", args=[registration.code, meeting_of(five_days, 4).pk])
    client = Client()
    with time_machine.travel(five_days.ends_at + HOUR, tick=False):
        client.force_login(registration.person)
        assert f'href="{ask}"' in client.get(registration.get_absolute_url()).text
        client.post(ask, {"words": "I came."})
    text = answer(registration)
    assert text.count("This is wrong") == 2
    assert "absent You asked the host to look at it." in text


def test_meetings_before_one_registered_are_told_for_no_list_names_them(five_days, by):
    (late,) = registered(five_days, cast.person("Ben Okafor"))
    Registration.objects.filter(pk=late.pk).update(
        registered_at=meeting_of(five_days, 3).starts_at - HOUR,
        confirmed_at=meeting_of(five_days, 3).starts_at - HOUR,
    )
    there(five_days, five_days.registrations.exclude(pk=late.pk).get(), 5, by=by)
    for day in (3, 4):
        noted(late, day, by=by)
    close_all(five_days, by=by)
    late.refresh_from_db()
    text = answer(late)
    assert text.count("absent") == 1
    assert "2 meetings had taken place before you registered." in text


def test_while_a_list_is_open_it_says_what_will_happen(five_days, by):
    registration = five_days.registrations.get()
    there(five_days, registration, 5, by=by)
    for day in range(1, 5):
        attendance_actions.close(meeting=meeting_of(five_days, day), by=by, now=five_days.ends_at)
    assert "The host has not closed every list of attendance yet." in answer(registration)


def test_before_the_end_there_is_nothing_to_answer(five_days):
    assert answer(five_days.registrations.get(), later=-HOUR) == ""


def test_where_attendance_was_taken_nowhere_staff_can_grant_it(five_days, by):
    for meeting in five_days.meetings.all():
        attendance_actions.close(meeting=meeting, by=by, taken=False, now=five_days.ends_at)
    assert "Attendance was taken at no meeting" in answer(five_days.registrations.get())


def test_where_nobody_signs_the_staff_are_told(by):
    session = finished(1, signs=False)
    text = answer(session.registrations.get())
    assert "You met the rule." in text
    assert "Nobody signs the certificates of this host yet. Its staff are told so." in text


def test_without_a_name_it_leads_to_the_profile(by):
    session = finished(1)
    registration = session.registrations.get()
    registration.person.name = ""
    registration.person.save()
    text = answer(registration)
    assert "There is no name in your profile to write on it. Write your name" in text


def test_who_has_not_agreed_yet_is_asked_to(by):
    session = finished(1)
    Registration.objects.update(discloses=False)
    text = answer(session.registrations.get())
    assert "you have not agreed yet that it knows who you are" in text
    assert "Agree below" in text


def test_when_nothing_is_missing_it_comes_by_itself_or_is_taken_now():
    registration = finished(1).registrations.get()
    assert f"It will be in the name of {registration.person.name}" in answer(registration)
    client = Client()
    client.force_login(registration.person)
    address = f"/registrations/{registration.code}/certificate/"
    assert client.get(address).url == registration.get_absolute_url(), "GET changes nothing"
    assert not Certificate.objects.exists()
    taken = client.post(address)
    certificate = Certificate.objects.get()
    assert taken.url == page_of(certificate)
    assert "Here is your certificate." in words(client.get(taken.url).text)
    assert client.post(address, follow=True).context["messages"]
    assert Certificate.objects.count() == 1
    assert "Certificate of participation issued on" in answer(registration)


@pytest.mark.parametrize("days", [1, 179, 181, 400])
def test_what_is_long_over_comes_by_no_round_and_is_not_said_to(days):
    registration = finished(1).registrations.get()
    text = answer(registration, later=days * DAY)
    assert ("It is made by itself within a few minutes" in text) == (days < 180)
    assert ("so it is made once you take it" in text) == (days > 180)
    assert "Make the certificate" in text


def test_where_no_certificate_is_given_it_says_so(by):
    session = program(1)
    (registration,) = registered(session, cast.person("Amina Diallo"))
    there(session, registration, 1, by=by)
    close_all(session, by=by)
    assert "No certificate is given for this activity." in answer(registration)


def test_withdrawn_the_person_reads_why_and_nobody_else(amina, by):
    actions.withdraw(certificate=amina, why="It was issued to another Amina.", by=by)
    registration = amina.registration
    text = answer(registration)
    assert "Your certificate is withdrawn" in text
    assert "It was issued to another Amina." in text
    staff = Client()
    staff.force_login(cast.coordinator(registration.session.activity.host))
    assert "another Amina" not in staff.get(registration.get_absolute_url()).text
    assert "another Amina" not in Client().get(registration.get_absolute_url()).text


def test_the_newest_edition_is_shown_and_what_was_granted_beside_it(amina, owner, by):
    newest = actions.correct_name(certificate=amina, name="Aminata Diallo", by=owner, now=amina.issued_at)
    granted = granted_by_hand(
        registration=amina.registration, kind=Kind.COMPLETION, why="She led the visit.", by=by
    )
    client = Client()
    client.force_login(owner)
    html = client.get(amina.registration.get_absolute_url()).text
    assert page_of(newest) in html
    assert page_of(granted) in html
    assert page_of(amina) not in html


def test_by_minutes_a_meeting_left_early_counts_against_too(by):
    session = with_rule(program(2), rule(80, percent_of=Counted.MINUTES))
    signatory(session.activity.host)
    (registration,) = registered(session, cast.person("Amina Diallo"))
    noted(registration, 1, by=by, minutes=20)
    noted(registration, 2, by=by)
    close_all(session, by=by)
    text = answer(registration)
    assert "present 20 minutes This is wrong" in text
    assert text.count("This is wrong") == 1


class TestTaking:
    def test_it_is_what_a_round_would_give(self, five_days, by):
        registration = attended(five_days, 4, by=by)
        certificate = actions.claim(registration=registration, by=registration.person)
        assert certificate.said.name == "Amina Diallo"
        assert certificate.said.rule_words == "present at 4 of 5 meetings or more"
        made = actions.issue(session=five_days, by=by, now=five_days.ends_at + DAY)
        assert made.issued == 0

    def test_of_who_said_their_name_after_the_round(self, five_days, by):
        registration = attended(five_days, 5, by=by)
        person = registration.person
        person.name = ""
        person.save()
        assert actions.issue(session=five_days, now=five_days.ends_at).issued == 0
        with pytest.raises(errors.NameMissing):
            actions.claim(registration=registration, by=person)
        person.name = "Amina Diallo"
        person.save()
        assert actions.claim(registration=registration, by=person).is_valid

    def test_not_of_who_did_not_meet_the_rule(self, five_days, by):
        registration = attended(five_days, 3, by=by)
        with pytest.raises(errors.RuleNotMet):
            actions.claim(registration=registration, by=registration.person)

    def test_not_while_a_list_is_open(self, five_days, by):
        registration = five_days.registrations.get()
        there(five_days, registration, 5, by=by)
        with pytest.raises(errors.ListsAreOpen):
            actions.claim(registration=registration, by=registration.person)

    def test_not_of_a_session_that_was_cancelled(self):
        session = finished(1)
        registration = session.registrations.get()
        session.cancelled_at = session.ends_at
        session.save()
        with pytest.raises(errors.RuleNotMet):
            actions.claim(registration=registration, by=registration.person)

    def test_not_where_nobody_signs(self):
        registration = finished(1, signs=False).registrations.get()
        with pytest.raises(errors.NoSignatory):
            actions.claim(registration=registration, by=registration.person)

    def test_not_before_one_agreed(self):
        registration = finished(1).registrations.get()
        Registration.objects.update(discloses=False)
        with pytest.raises(errors.NotAgreed):
            actions.claim(registration=registration, by=registration.person)

    def test_not_again_after_it_was_withdrawn(self, amina, by):
        actions.withdraw(certificate=amina, why="By mistake", by=by)
        with pytest.raises(errors.RuleNotMet):
            actions.claim(registration=amina.registration, by=amina.registration.person)

    def test_not_of_somebody_without_a_place_though_another_has_one(self, five_days, by):
        (other,) = registered(five_days, cast.person("Ben Okafor"))
        registration = five_days.registrations.exclude(pk=other.pk).get()
        there(five_days, other, 5, by=by)
        close_all(five_days, by=by)
        Registration.objects.filter(pk=registration.pk).update(
            state=Registration.State.CANCELLED, cancelled_for="person", cancelled_at=five_days.starts_at
        )
        with pytest.raises(errors.RuleNotMet):
            actions.claim(registration=registration, by=registration.person)

    def test_nobody_takes_it_for_somebody_else(self, five_days, by):
        registration = attended(five_days, 5, by=by)
        client = Client()
        for person in (cast.person("A Stranger"), by):
            client.force_login(person)
            assert client.post(f"/registrations/{registration.code}/certificate/").status_code == 404
        assert not Certificate.objects.exists()
