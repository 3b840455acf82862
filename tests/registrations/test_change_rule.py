"""Another rule: who is told, and what is refused when people rely on it."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from catalog import actions as catalog_actions
from catalog.certificate_rule import Certificate, Counted, Rule
from catalog.errors import RuleWasTold
from catalog.models import Activity, Session
from outbox.models import Letter
from registrations import actions, letters
from registrations.actions import lock
from tests import cast
from tests.at_once import at_once
from tests.waiting import PATIENCE

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
START = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def rule(percent: int = 80, of: Counted = Counted.MEETINGS) -> Rule:
    return Rule(certificate=Certificate.PARTICIPATION, percent=percent, percent_of=of)


def activity_with(percent: int | None = 80, **fields) -> Activity:
    return cast.activity(
        certificate="participation" if percent else "none", certificate_percent=percent, **fields
    )


def five_meetings(activity: Activity, start: datetime = START) -> Session:
    days = [start + number * DAY for number in range(5)]
    return cast.session(activity, meetings=[(day, day + timedelta(hours=2), "") for day in days], places=2)


def change(activity: Activity, new: Rule | None, now: datetime = NOW) -> int:
    return actions.change_rule(
        activity=Activity.objects.get(pk=activity.pk), rule=new, by=cast.secretary(), now=now
    )


def told() -> dict[str, Letter]:
    return {letter.person.name: letter for letter in Letter.objects.filter(kind="rule_changed")}


@pytest.mark.django_db
class TestWhoIsTold:
    def test_all_who_have_a_place_or_wait_each_in_their_language(self):
        session = five_meetings(activity_with())
        for name, language in [("Amina", "en"), ("Jules", "fr"), ("Noor", "ar")]:
            cast.register(session, cast.person(name, language=language), now=NOW)
        gone = cast.register(session, cast.person("Gone"), now=NOW)
        actions.cancel(registration=gone, by=gone.person, now=NOW)
        assert change(session.activity, rule(60)) == 3
        assert told().keys() == {"Amina", "Jules", "Noor"}
        amina = " ".join(told()["Amina"].text.split())
        assert "To have taken part: present at 4 of 5 meetings or more" in amina
        assert "To have taken part: present at 3 of 5 meetings or more" in amina
        assert "You keep your place." in amina
        assert "présence à 3 des 5 séances au moins" in told()["Jules"].text
        assert "حضور 3 من 5 لقاءات على الأقل" in told()["Noor"].text
        assert "You keep your place in the waiting list." not in amina
        assert all(letter.useless_after == session.ends_at for letter in told().values())
        assert all("ertifi" not in letter.text for letter in told().values())

    def test_each_change_is_told_and_none_twice(self):
        session = five_meetings(activity_with())
        cast.register(session, now=NOW)
        assert change(session.activity, rule(60)) == 1
        assert change(session.activity, rule(60), NOW + DAY) == 0
        assert change(session.activity, rule(80), NOW + DAY) == 1
        assert Letter.objects.filter(kind="rule_changed").count() == 2

    def test_of_a_change_that_asks_as_many_meetings_the_percent_are_told(self):
        session = five_meetings(activity_with(76))
        cast.register(session, cast.person("Amina"), now=NOW)
        change(session.activity, rule(80))
        text = " ".join(told()["Amina"].text.split())
        assert "present at 76% of the meetings or more" in text
        assert "present at 80% of the meetings or more" in text

    def test_the_first_rule_and_the_last_are_told_as_such(self):
        session = five_meetings(activity_with(None))
        cast.register(session, cast.person("Amina"), now=NOW)
        change(session.activity, rule())
        assert "It was:" not in told()["Amina"].text
        change(session.activity, None, NOW + DAY)
        assert "There is no rule any more." in Letter.objects.filter(kind="rule_changed").latest("pk").text

    def test_nobody_whom_it_says_nothing(self):
        """Of what is over, called off, or learned at one's own pace."""
        activity = activity_with()
        over = five_meetings(activity, START - 20 * DAY)
        off = five_meetings(activity, START + DAY)
        alone = cast.session(activity, self_paced=True, starts_at=START, ends_at=START + 30 * DAY)
        for session in (over, off, alone):
            cast.register(session, now=START - 25 * DAY)
        actions.cancel_session(session=off, reason="Ill.", by=cast.secretary(), now=START - 25 * DAY)
        Activity.objects.filter(pk=activity.pk).update(published_at=NOW)
        assert change(activity, rule(60)) == 0
        assert not told()

    def test_the_letters_that_confirm_tell_the_rule_and_no_certificate(self):
        session = five_meetings(activity_with(certificate_rule="A certificate for all."))
        registration = cast.register(session, now=NOW)
        text = Letter.objects.get(kind="confirmation", person=registration.person).text
        assert "To have taken part: present at 4 of 5 meetings or more" in text
        assert "ertificate" not in text


@pytest.mark.django_db
class TestWhatPeopleRelyOn:
    @pytest.mark.parametrize("new", [None, rule(81), rule(80, Counted.MINUTES)])
    def test_from_the_first_meeting_on_nobody_loses(self, new):
        session = five_meetings(activity_with())
        with pytest.raises(RuleWasTold) as refusal:
            change(session.activity, new, START)
        assert "present at 80% of the meetings or more" in refusal.value.sentence
        assert Activity.objects.get(pk=session.activity_id).rule == rule(80)
        change(session.activity, new, START - timedelta(seconds=1))
        assert Activity.objects.get(pk=session.activity_id).rule == new

    def test_what_is_in_their_favor_is_taken_and_told(self):
        session = five_meetings(activity_with())
        cast.register(session, now=NOW)
        assert change(session.activity, rule(60), START + DAY) == 1

    def test_any_rule_is_in_favor_of_none(self):
        assert change(five_meetings(activity_with(None)).activity, rule(100), START + DAY) == 0

    def test_an_edition_of_last_year_binds_too(self):
        activity = activity_with()
        five_meetings(activity, START - 300 * DAY)
        five_meetings(activity)
        with pytest.raises(RuleWasTold):
            change(activity, rule(90))

    def test_what_was_called_off_has_no_meetings_or_was_never_public_binds_nobody(self):
        off = five_meetings(activity_with())
        actions.cancel_session(session=off, reason="Ill.", by=cast.secretary(), now=NOW)
        alone = cast.session(activity_with(), self_paced=True, starts_at=START, ends_at=START + 30 * DAY)
        draft = five_meetings(activity_with(published=False))
        for session in (off, alone, draft):
            change(session.activity, rule(90), START + DAY)
            assert Activity.objects.get(pk=session.activity_id).rule == rule(90)


# At the same time


def percent_told(kind: str, name: str) -> str:
    """Which of the two rules the person's letter of that kind tells."""
    letter = Letter.objects.filter(kind=kind, person__name=name).first()
    text = letter.text if letter else ""
    return "new" if "3 of 5 meetings" in text else "old" if "4 of 5 meetings" in text else ""


def register_while_it_changes(monkeypatch) -> list[str]:
    """Ten people register while the rule changes. Answers who was never told the new one."""
    session = five_meetings(activity_with(), timezone.now() + 30 * DAY)
    Session.objects.filter(pk=session.pk).update(places=None)
    crowd = cast.people(10)
    staff = cast.secretary()
    is_told = threading.Event()
    write = letters.rule_changed

    def hesitating(*args, **kwargs):
        written = write(*args, **kwargs)
        is_told.set()
        time.sleep(0.4)
        return written

    monkeypatch.setattr(letters, "rule_changed", hesitating)
    new = rule(60)

    def registers(person):
        def call():
            assert is_told.wait(PATIENCE)
            return actions.register(session=session, person=person, by=person)

        return call

    at_once(
        [
            lambda: actions.change_rule(
                activity=Activity.objects.get(pk=session.activity_id), rule=new, by=staff
            ),
            *map(registers, crowd),
        ]
    )
    names = session.registrations.values_list("person__name", flat=True)
    assert len(names) == 10
    return [
        name
        for name in names
        if "new" not in (percent_told("rule_changed", name), percent_told("confirmation", name))
    ]


@pytest.mark.django_db(transaction=True)
def test_who_registers_while_the_rule_changes_is_told_the_new_one(monkeypatch):
    assert register_while_it_changes(monkeypatch) == []


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_somebody_is_told_the_old_rule_alone(monkeypatch):
    """The twin: if this one could not go wrong, it would not be the lock that protects the first."""
    monkeypatch.setattr(
        lock, "lock_sessions_of", lambda activity_id: list(Session.objects.filter(activity=activity_id))
    )
    assert register_while_it_changes(monkeypatch) != []


def two_of_staff(monkeypatch) -> Rule | None:
    """When it has begun, one says 60 percent and one 70, who thinks a little longer. Answers what stands."""
    activity = five_meetings(activity_with(), timezone.now() - DAY).activity
    ana, ben = cast.secretary("Ana Torres"), cast.secretary("Ben Okoye")
    refuse = catalog_actions.refuse_harder_rule

    def thinking(activity, rule, *, now):
        refuse(activity, rule, now=now)
        time.sleep((rule.percent - 50) / 50)

    monkeypatch.setattr(catalog_actions, "refuse_harder_rule", thinking)
    at_once(
        lambda by=by, percent=percent: actions.change_rule(
            activity=Activity.objects.get(pk=activity.pk), rule=rule(percent), by=by
        )
        for by, percent in [(ana, 60), (ben, 70)]
    )
    return Activity.objects.get(pk=activity.pk).rule


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_none_takes_back_what_the_other_gave(monkeypatch):
    assert two_of_staff(monkeypatch) == rule(60)


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_one_takes_it_back(monkeypatch):
    monkeypatch.setattr(
        lock, "lock_sessions_of", lambda activity_id: list(Session.objects.filter(activity=activity_id))
    )
    monkeypatch.setattr(catalog_actions, "lock", lambda activity: activity)
    assert two_of_staff(monkeypatch) == rule(70)


@pytest.mark.django_db(transaction=True)
def test_a_meeting_that_begins_while_one_waits_for_the_lock_counts():
    session = cast.session(activity_with(), starts_at=timezone.now() + timedelta(days=1))
    starts_at = timezone.now() + timedelta(seconds=0.5)
    Session.objects.filter(pk=session.pk).update(starts_at=starts_at)
    staff = cast.secretary()
    is_held = threading.Event()

    def holding():
        with transaction.atomic():
            lock.lock_session(session.pk)
            is_held.set()
            time.sleep(0.8)

    def changing():
        assert is_held.wait(PATIENCE)
        assert timezone.now() < starts_at
        return actions.change_rule(
            activity=Activity.objects.get(pk=session.activity_id), rule=rule(90), by=staff
        )

    _held, answer = at_once([holding, changing])
    assert isinstance(answer, RuleWasTold)
    assert not connection.in_atomic_block
