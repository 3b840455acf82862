"""A round: who met the rule is given the certificate, once, with what was true then."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from attendance import actions as attendance_actions
from catalog.certificate_rule import Certificate as Kind
from catalog.certificate_rule import Counted
from credentials import actions, errors, tasks
from credentials.actions import issuing
from credentials.facts import Facts
from credentials.models import Certificate, Round
from credentials.outcomes import What, outcomes
from outbox.models import Letter
from tests import cast

from .making import (
    DAY,
    close_all,
    finished,
    meeting_of,
    program,
    registered,
    rule,
    signatory,
    there,
    with_rule,
)

pytestmark = pytest.mark.django_db


def test_who_met_the_rule_has_a_certificate_and_a_letter_and_who_did_not_has_neither(by):
    session = with_rule(program(5, places=None), rule(80))
    most, few = registered(session, cast.person("Amina Diallo"), cast.person("Ben Okafor"))
    there(session, most, 4, by=by)
    there(session, few, 2, by=by)
    close_all(session, by=by)
    signatory(session.activity.host)
    made = actions.issue(session=session, by=by, now=session.ends_at)
    assert (made.issued, made.doubted, made.by) == (1, 0, by)
    certificate = Certificate.objects.get()
    said = certificate.said
    assert certificate.registration == most
    assert (said.name, said.kind, said.meetings, said.minutes) == (
        "Amina Diallo",
        "participation",
        5,
        5 * 360,
    )
    assert (said.titles["en"], said.signed_by, said.post) == (
        session.activity.title,
        "Dr. Mina Park",
        "Director",
    )
    assert said.rule_words == "present at 4 of 5 meetings or more"
    assert [letter.to for letter in Letter.objects.filter(kind="certificate_issued")] == [most.person.email]


def test_done_again_nobody_gets_a_second_one():
    session = finished(3)
    assert actions.issue(session=session, now=session.ends_at).issued == 3
    assert actions.issue(session=session, now=session.ends_at + DAY).issued == 0
    assert Certificate.objects.count() == 3
    assert Letter.objects.filter(kind="certificate_issued").count() == 3


def test_more_people_than_are_looked_at_together_are_all_reached(monkeypatch):
    monkeypatch.setattr(issuing, "AT_ONCE", 2)
    session = finished(5)
    assert actions.issue(session=session, now=session.ends_at).issued == 5


def test_what_was_issued_stays_when_a_later_part_fails_and_the_next_round_goes_on(monkeypatch):
    monkeypatch.setattr(issuing, "AT_ONCE", 2)
    session = finished(5)
    parts = iter(range(10))
    give = issuing.give

    def failing(*args, **kwargs):
        if next(parts) == 1:
            raise RuntimeError("the second part")
        return give(*args, **kwargs)

    monkeypatch.setattr(issuing, "give", failing)
    with pytest.raises(RuntimeError):
        actions.issue(session=session, now=session.ends_at)
    assert (Certificate.objects.count(), Round.objects.count()) == (2, 0)
    assert actions.issue(session=session, now=session.ends_at).issued == 3


def open_first(session, *, by):
    attendance_actions.open_again(meeting=meeting_of(session), by=by, why="a paper list was found")


def without_rule(session):
    session.activity.rule = None
    session.activity.save()


@pytest.mark.parametrize(
    ("break_it", "refusal"),
    [
        (lambda session, by: open_first(session, by=by), errors.ListsAreOpen),
        (lambda session, by: session.activity.host.signatories.all().delete(), errors.NoSignatory),
        (lambda session, by: session.activity.host.signatories.update(until_day=date(2026, 1, 1)), errors.NoSignatory),
        (lambda session, by: session.activity.host.signatories.update(from_day=date(2027, 1, 1)), errors.NoSignatory),
        (lambda session, by: type(session.activity).objects.update(host=None, offered_by="A city"), errors.NoHost),
        (
            lambda session, by: without_rule(session),
            errors.NoRule,
        ),
    ],
    ids=["a list is open", "nobody signs", "signs no more", "signs not yet", "no host", "no rule"],
)  # fmt: skip
def test_nothing_is_issued_where_something_is_missing(break_it, refusal, by):
    session = finished()
    break_it(session, by)
    with pytest.raises(refusal):
        actions.issue(session=session, now=session.ends_at)
    assert not Certificate.objects.exists()
    assert not Round.objects.exists()
    assert tasks.issue_due(now=session.ends_at) == 0


def test_at_ones_own_pace_there_is_nothing_to_be_present_at():
    session = with_rule(cast.session(self_paced=True, meetings=[]))
    with pytest.raises(errors.NoRule):
        actions.issue(session=session, now=session.ends_at)


def test_of_two_who_sign_on_a_day_the_later_one_does():
    session = finished(1)
    signatory(session.activity.host, "Prof. Carlos Ruiz", from_day=date(2026, 6, 1))
    actions.issue(session=session, now=session.ends_at)
    assert Certificate.objects.get().said.signed_by == "Prof. Carlos Ruiz"


@pytest.mark.parametrize(
    "change",
    [{"person__name": ""}, {"discloses": False}],
    ids=["has said no name", "has not agreed that the host sees it"],
)
def test_without_a_name_that_may_be_shown_nothing_is_issued_and_the_preview_says_so(change):
    session = finished(1)
    registration = session.registrations.get()
    if "discloses" in change:
        registration.discloses = False
        registration.save()
    else:
        registration.person.name = ""
        registration.person.save()
    assert [one.what for one in outcomes(session)] == [What.NO_NAME]
    assert actions.issue(session=session, now=session.ends_at).issued == 0


def test_minutes_count_where_the_rule_counts_them(by):
    session = with_rule(program(2, places=None), rule(50, Kind.COMPLETION, percent_of=Counted.MINUTES))
    first, second = registered(session, *cast.people(2))
    for registration, minutes in ((first, 360), (second, 350)):
        attendance_actions.note(
            registration=registration,
            meeting=meeting_of(session),
            state="present",
            minutes=minutes,
            by=by,
            now=session.starts_at,
        )
    close_all(session, by=by)
    signatory(session.activity.host)
    actions.issue(session=session, now=session.ends_at)
    assert [(one.registration, one.kind) for one in Certificate.objects.all()] == [(first, "completion")]


class TestFacts:
    """What was given out does not change, whoever writes."""

    @pytest.fixture
    def certificate(self):
        session = finished(1)
        actions.issue(session=session, now=session.ends_at)
        return Certificate.objects.get()

    def test_they_do_not_follow_what_they_were_taken_from(self, certificate):
        activity = certificate.registration.session.activity
        activity.title_en = "Another title"
        activity.save()
        activity.host.signatories.update(name="Somebody Else")
        certificate.registration.person.name = "Another Name"
        certificate.registration.person.save()
        certificate.refresh_from_db()
        assert certificate.said.title == "Water in dense cities"
        assert certificate.said.signed_by == "Dr. Mina Park"
        assert certificate.said.name != "Another Name"

    @pytest.mark.parametrize(
        "change",
        [
            {"facts": {"name": "Another Name"}},
            {"code": "ANOTHER"},
            {"language": "fr"},
            {"kind": "completion"},
            {"edition": 7},
            {"replaced_at": None, "facts": {}},
        ],
    )
    def test_the_database_refuses_to_change_them(self, certificate, change):
        if "facts" in change:
            change = change | {"facts": certificate.facts | (change["facts"] or {"title": "x"})}
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.filter(pk=certificate.pk).update(**change)

    def test_the_database_refuses_to_delete_one(self, certificate):
        with pytest.raises(IntegrityError), transaction.atomic():
            certificate.delete()

    def test_what_was_withdrawn_does_not_come_back(self, certificate, by):
        actions.withdraw(certificate=certificate, why="By mistake", by=by)
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.filter(pk=certificate.pk).update(withdrawn_at=None, why_withdrawn="")


class TestListsNotTaken:
    """The rule is of the meetings at which attendance was taken, and so says the certificate."""

    @pytest.mark.parametrize(
        ("taken", "asked", "words"),
        [
            (5, {}, "present at 4 of 5 meetings or more"),
            (3, {}, "present at 80% of the meetings or more; {left}"),
            (3, {"percent": 100}, "present at every meeting; {left}"),
            (4, {"percent_of": Counted.MINUTES}, "present for 80% of the minutes or more; {left}"),
            (
                2,
                {"leaves_out_excused": True},
                "present at 80% of the meetings or more; meetings for which one is excused are not counted; {left}",
            ),
        ],
    )
    def test_it_says_nothing_that_was_not(self, taken, asked, words, by):
        session = with_rule(program(5, places=None), rule(**asked))
        (registration,) = registered(session, cast.person("Amina Diallo"))
        there(session, registration, min(taken, 4), by=by)
        for day, meeting in enumerate(session.meetings.all(), start=1):
            attendance_actions.close(meeting=meeting, by=by, taken=day <= taken, now=meeting.ends_at)
        signatory(session.activity.host)
        actions.issue(session=session, now=session.ends_at)
        said = Certificate.objects.get().said
        assert said.meetings == 5
        assert said.rule_words == words.format(
            left="meetings at which attendance was not taken are not counted"
        )

    def test_one_that_was_issued_before_this_was_written_down_says_what_it_said(self):
        actions.issue(session=(session := finished(1)), now=session.ends_at)
        facts = Certificate.objects.get().facts
        del facts["listed"]
        assert Facts(**facts).rule_words == "present at the meeting"


def test_a_part_costs_the_same_statements_whatever_it_holds(django_assert_max_num_queries):
    few, many = finished(1), finished(5)
    with django_assert_max_num_queries(40) as small:
        actions.issue(session=few, now=few.ends_at)
    with django_assert_max_num_queries(len(small.captured_queries)):
        actions.issue(session=many, now=many.ends_at)
