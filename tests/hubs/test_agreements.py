import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from hubs import actions, errors
from hubs.actions.renewing import CARRIED_DUTIES_HAVE
from hubs.models import Agreement, Milestone
from outbox.models import Letter
from tests import cast

from .agreements import END, START, contact, draft, noon, session_on, signed

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)


@pytest.fixture
def secretary():
    return cast.secretary()


# Terms and states


def test_a_draft_lasts_three_years_with_its_review_in_the_middle():
    agreement = draft()
    assert (agreement.ends_on, agreement.review_due_on) == (END, date(2026, 12, 1))
    assert agreement.state(START) == "draft"


def test_the_state_follows_from_dates_to_the_day():
    agreement = signed()
    assert [
        agreement.state(day)
        for day in (
            START - ONE_DAY,
            START,
            END - timedelta(days=181),
            END - timedelta(days=180),
            END,
            END + ONE_DAY,
        )
    ] == ["signed", "running", "running", "ending_soon", "ending_soon", "ended"]


def test_the_day_is_that_of_the_hosts_clock():
    """At 20:00 UTC on the last day it is the day after in Chengdu, where the agreement is over."""
    agreement = signed()
    assert agreement.state(agreement.today(noon(END, hour=15))) == "ending_soon"
    assert agreement.state(agreement.today(noon(END, hour=20))) == "ended"


def test_it_counts_as_renewed_from_the_signature_of_the_next_one(secretary):
    agreement = signed()
    soon, now = END - timedelta(days=30), noon(END - timedelta(days=60))
    renewal = actions.renew(agreement=agreement, by=secretary, now=now)
    agreement = Agreement.objects.for_reading().get(pk=agreement.pk)
    assert (agreement.state(soon), renewal.state(soon)) == ("ending_soon", "draft")
    actions.sign(agreement=renewal, by=secretary, now=now)
    agreement = Agreement.objects.for_reading().get(pk=agreement.pk)
    renewal.refresh_from_db()
    assert [agreement.state(day) for day in (START, soon, END + ONE_DAY)] == ["running", "renewed", "renewed"]
    assert [renewal.state(day) for day in (soon, END, END + ONE_DAY)] == ["signed", "signed", "running"]


def test_what_ends_early_holds_until_its_last_day(secretary):
    agreement = signed()
    last = date(2026, 3, 31)
    ended = actions.end_early(
        agreement=agreement, on=last, reason="The department was dissolved.", by=secretary, now=noon(last)
    )
    assert [ended.state(day) for day in (last - ONE_DAY, last, last + ONE_DAY)] == [
        "ending_soon",
        "ending_soon",
        "ended_early",
    ]
    ended.refresh_from_db()
    assert (ended.lasts_until, ended.ends_on, ended.ended_early_by) == (last, END, secretary)


def test_one_day_is_a_term():
    agreement = signed(ends_on=START)
    assert [agreement.state(day) for day in (START - ONE_DAY, START, START + ONE_DAY)] == [
        "signed",
        "ending_soon",
        "ended",
    ]


# Signing


def test_signing_tells_the_contacts_and_the_secretariat_once(secretary):
    agreement = draft()
    contact(agreement, "Wei Zhang", language="fr")
    for _again in range(2):
        actions.sign(agreement=agreement, by=secretary, now=noon(START))
    letters = Letter.objects.filter(kind="agreement_signed").order_by("to")
    assert [(letter.to, letter.language) for letter in letters] == [
        (secretary.email, "en"),
        ("wei@hub.example", "fr"),
    ]
    agreement.refresh_from_db()
    assert (agreement.signed_on, agreement.signed_by) == (START, secretary)


def test_signing_a_second_one_is_refused_with_the_dates_of_the_first(secretary):
    signed()
    with pytest.raises(errors.OtherAgreement) as refusal:
        actions.sign(agreement=draft(starts_on=END), by=secretary)
    assert refusal.value.sentence == (
        "This host has another agreement from 1 June 2025 to 31 May 2028. A host has one at a time: "
        "let this one begin after it, or end the other first."
    )


@pytest.mark.parametrize("role", [cast.coordinator, cast.reader, cast.person])
def test_only_the_secretariat_decides(role):
    person, agreement = role(), signed()
    now = noon(START)
    with pytest.raises(PermissionDenied):
        actions.sign(agreement=draft(starts_on=END + ONE_DAY), by=person)
    with pytest.raises(PermissionDenied):
        actions.extend(agreement=agreement, ends_on=END + ONE_DAY, reason="Why not.", by=person, now=now)
    with pytest.raises(PermissionDenied):
        actions.renew(agreement=agreement, by=person, now=now)
    with pytest.raises(PermissionDenied):
        actions.end_early(agreement=agreement, on=START, reason="Why not.", by=person, now=now)
    agreement.refresh_from_db()
    assert (agreement.ends_on, agreement.ended_early_on, Agreement.objects.count()) == (END, None, 2)


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_sign_one_agreement_of_a_host():
    """Real threads, real transactions: one is signed, the other refused."""
    secretary = cast.secretary()
    rivals = [draft(), draft(starts_on=START + timedelta(days=100))]
    ready, answers = threading.Barrier(2), []

    def sign(agreement):
        try:
            ready.wait()
            actions.sign(agreement=agreement, by=secretary, now=noon(START))
            answers.append("signed")
        except errors.OtherAgreement:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=[agreement]) for agreement in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["refused", "signed"]
    assert Agreement.objects.signed().count() == 1


# Extending


def test_an_extension_is_a_record_and_moves_the_end(secretary):
    agreement = signed()
    later = END + timedelta(days=184)
    extension = actions.extend(
        agreement=agreement, ends_on=later, reason=" Floods. ", by=secretary, now=noon(END)
    )
    agreement.refresh_from_db()
    assert (agreement.ends_on, agreement.lasts_until) == (later, later)
    assert (extension.previous_ends_on, extension.ends_on, extension.reason, extension.decided_by) == (
        END,
        later,
        "Floods.",
        secretary,
    )


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"ends_on": END}, errors.EndsTooEarly),
        ({"reason": "  "}, errors.SaysNoReason),
        ({"now": noon(END + ONE_DAY)}, errors.IsOver),
    ],
)
def test_an_extension_is_refused(facts, refusal, secretary):
    agreement = signed()
    facts = {"ends_on": END + timedelta(days=90), "reason": "Floods.", "now": noon(END)} | facts
    with pytest.raises(refusal):
        actions.extend(agreement=agreement, by=secretary, **facts)
    agreement.refresh_from_db()
    assert (agreement.ends_on, agreement.extensions.count()) == (END, 0)


# Renewing


def test_a_renewal_keeps_people_and_open_duties_in_one_step(secretary):
    hub = cast.host("chengdu")
    agreement = signed(hub, theme={"en": "Green communities", "fr": "Quartiers verts"})
    agreement.supporters.create(name="Fund", from_day=agreement.starts_on)
    agreement.supporters.create(name="Over", from_day=agreement.starts_on, until_day=agreement.starts_on)
    person = cast.person("Wei Zhang")
    contact(agreement, person=person)
    agreement.parties.create(name="Planning Institute", role="gives experts")
    actions.add_milestone(
        agreement=agreement,
        kind="activity",
        title="Six webinars",
        promised=6,
        due_on=date(2027, 5, 31),
        by=None,
    )
    met = actions.add_milestone(
        agreement=agreement,
        kind="activity",
        title="A first one",
        promised=1,
        due_on=date(2026, 5, 31),
        by=None,
    )
    waived = actions.add_milestone(
        agreement=agreement, kind="research_work", title="An atlas", due_on=date(2027, 5, 31), by=None
    )
    actions.waive(milestone=waived, reason="Replaced by a film.", by=secretary)
    for month in (7, 8):
        session_on(hub, date(2025, month, 1))

    renewal = actions.renew(agreement=agreement, by=secretary, signed_on=END, now=noon(END))

    assert (renewal.starts_on, renewal.ends_on) == (END + ONE_DAY, date(2031, 5, 31))
    assert (renewal.renews, renewal.theme_fr) == (agreement, "Quartiers verts")
    assert [(one.name, one.from_day) for one in renewal.supporters.all()] == [("Fund", renewal.starts_on)]
    assert [contact.person for contact in renewal.contacts.all()] == [person]
    assert [(party.name, party.role) for party in renewal.parties.all()] == [
        ("Planning Institute", "gives experts")
    ]
    # Two of six were delivered, so four go on; their day lay before the new term.
    [duty] = renewal.milestones.all()
    assert (duty.title, duty.promised, duty.due_on) == (
        "Six webinars",
        4,
        renewal.starts_on + CARRIED_DUTIES_HAVE,
    )
    standing = [milestone.title for milestone in Milestone.objects.filter(agreement=agreement).standing()]
    assert standing == [met.title]
    assert Letter.objects.filter(
        kind="agreement_signed", about=f"agreement {renewal.pk}", person=person
    ).exists()


def test_it_is_renewed_once(secretary):
    agreement = signed()
    actions.renew(agreement=agreement, by=secretary, now=noon(START))
    with pytest.raises(errors.AlreadyRenewed):
        actions.renew(agreement=agreement, by=secretary, now=noon(START))
    with pytest.raises(errors.AlreadyRenewed):
        actions.extend(
            agreement=agreement, ends_on=END + ONE_DAY, reason="Floods.", by=secretary, now=noon(START)
        )
    assert Agreement.objects.filter(renews=agreement).count() == 1


def test_what_began_on_a_leap_day_is_renewed_without_a_gap(secretary):
    agreement = signed(starts_on=date(2024, 2, 29))
    renewal = actions.renew(agreement=agreement, by=secretary, now=noon(START))
    assert (agreement.ends_on, renewal.starts_on, renewal.ends_on) == (
        date(2027, 2, 28),
        date(2027, 3, 1),
        date(2030, 2, 28),
    )


# Reviews


def test_a_review_is_recorded_once_and_never_before_it_was_held(secretary):
    agreement = signed()
    facts = {"outcome": "as_planned", "findings": "All well.", "by": secretary, "now": noon(START)}
    for wrong in (START - ONE_DAY, START + ONE_DAY):
        with pytest.raises(errors.HeldTooEarly):
            actions.record_review(agreement=agreement, held_on=wrong, **facts)
    actions.record_review(agreement=agreement, held_on=START, **facts)
    with pytest.raises(errors.ReviewedAlready):
        actions.record_review(agreement=agreement, held_on=START, **facts)
