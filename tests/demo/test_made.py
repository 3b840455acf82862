"""The demonstration keeps its promises: every state is there, through the actions, once, and it can be taken out."""

from collections import Counter
from copy import deepcopy
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.models import F, ProtectedError
from django.utils import timezone

from accounts.models import User
from attendance.check_in.screen import Screen
from attendance.models import Attendance, Correction
from catalog.models import Activity, Meeting, Session
from city_record.models import Belonging
from credentials.models import Certificate
from demo import specs
from demo.certifying import IN_EVERY_STATE
from demo.clearing import clear_demo
from demo.making import make_demo
from demo.one_click import FOCAL_POINT, OFFICIAL
from demo.questions import ACTIVITY
from focal_points.waiting import how_many_wait
from hubs.notices import notify
from interaction.models import Question, Report
from learning_station.facts import load_facts
from messaging.models import Message
from messaging.shown import kept_for, notes_for
from outbox.models import Letter
from registrations.actions import register
from registrations.models import Registration
from registrations.reminders import remind
from tests import cast
from tests.made_once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture(scope="module")
def a_few_specs():
    """One activity for each state, the one with a correction and the one with certificates, with a few people each: made in
    seconds."""
    chosen, seen = [], set()
    for activity in deepcopy(specs.activity_specs()):
        if activity["slug"] == IN_EVERY_STATE:
            chosen.append(activity)
            seen |= {session["state"] for session in activity["sessions"]}
            continue
        for session in activity["sessions"]:
            session.pop("city", None)  # they would be more than the few
            left = session["places"] - session["confirmed"]
            session["confirmed"], session["waiting"] = (
                min(3, session["confirmed"]),
                min(2, session["waiting"]),
            )
            session["places"] = session["confirmed"] + left
            if "city" in session:
                first, last = session["city"]
                session["city"] = [first, min(last, first + 2)]
        states = {session["state"] for session in activity["sessions"]}
        if states - seen or any("correction" in session for session in activity["sessions"]):
            chosen.append(activity)
            seen |= states
    with pytest.MonkeyPatch.context() as patch:
        for module in ("making", "clearing"):
            patch.setattr(f"demo.{module}.activity_specs", lambda: tuple(chosen))
        yield chosen


@pytest.fixture(scope="module")
def made(a_few_specs, django_db_setup, django_db_blocker):
    """The demonstration, made once: each test takes back what it does to it, and the module the whole."""
    now = timezone.now()
    with made_once(django_db_blocker):
        load_facts()
        true = counts()
        make_demo(now=now)
        yield SimpleNamespace(specs=a_few_specs, now=now, true=true)


def test_every_state_is_what_it_says(made):
    now = made.now
    for spec in made.specs:
        sessions = Session.objects.filter(activity__slug=spec["slug"]).order_by("id")
        for session, session_spec in zip(sessions, spec["sessions"], strict=True):
            assert is_as_promised(session, session_spec["state"], now), (spec["slug"], session_spec["state"])


PROMISED = {  # by state: the session, whether one can register for it, now
    "open": lambda s, is_open, now: is_open and (s.places_left is None or s.places_left > 4),
    "nearly_full": lambda s, is_open, now: is_open and 0 < s.places_left <= 4,
    "full_with_waiting": lambda s, is_open, now: is_open and s.places_left == 0 and s.waiting_count > 0,
    "tomorrow": lambda s, is_open, now: (
        s.starts_at.astimezone(s.zone).date() == (now.astimezone(s.zone) + timedelta(days=1)).date()
    ),
    "running_now": lambda s, is_open, now: s.starts_at <= now < s.ends_at,
    "not_yet_open": lambda s, is_open, now: s.registration_opens_at > now,
    "closed": lambda s, is_open, now: not is_open and s.closes_at <= now < s.starts_at,
    "cancelled": lambda s, is_open, now: s.is_cancelled and s.registrations.exists(),
    "held": lambda s, is_open, now: s.ends_at <= now and s.registrations.confirmed().exists(),
    "self_paced": lambda s, is_open, now: is_open and s.self_paced and not s.meetings.exists(),
    "invited": lambda s, is_open, now: s.eligibility == "invited" and s.invitations.exists(),
    "members_only": lambda s, is_open, now: s.eligibility == "members_only",
    "members_first": lambda s, is_open, now: is_open and s.members_first_until > now,
}


def is_as_promised(session: Session, state: str, now) -> bool:
    is_open = Session.objects.open_for_registration(now).filter(pk=session.pk).exists()
    if state not in PROMISED:
        raise AssertionError(f"unknown state {state}")
    return PROMISED[state](session, is_open, now)


def test_registrations_are_as_many_as_the_words_say(made):
    wanted = sum(
        session["confirmed"] + session["waiting"] for spec in made.specs for session in spec["sessions"]
    )
    held = Registration.objects.held()
    assert held.count() == 1
    assert held.get().person.organization.slug == "abidjan"
    second_accounts = [double["email"] for double in specs.people_specs()["doubles"]]
    assert Registration.objects.exclude(person__email__in=second_accounts).count() == wanted + held.count()
    assert Letter.objects.filter(kind__contains="confirmation").exists()
    assert not Letter.objects.exclude(state="sent").exists(), "the past was sent then, and is no backlog"
    assert not Letter.objects.filter(sent_at__gt=timezone.now()).exists()
    assert (remind(now=timezone.now()), notify(now=timezone.now())) == (0, 0), "nor is it written now"
    assert not Session.objects.filter(places_taken__gt=F("places")).exists()


def test_questions_are_asked_where_it_runs_and_answered_where_it_was(made):
    """As many as there are people with a place; the file has them in four languages."""
    texts = specs.read("questions.toml")
    assert {question["language"] for question in texts["running"]["questions"]} == {"en", "fr", "es", "ar"}
    of_one = Question.objects.filter(meeting__session__activity__slug=ACTIVITY)
    assert of_one.filter(meeting__ends_at__gt=made.now, state="taken_up").count() == 1
    held = of_one.filter(meeting__ends_at__lte=made.now).exclude(answer="")
    assert set(Question.objects.in_public().exclude(answer="")) == set(held) != set()
    assert not Report.objects.exclude(decided_at=None)


def test_certificates_are_in_every_state(made):
    every = Certificate.objects.filter(registration__session__activity__slug=IN_EVERY_STATE)
    assert every.exclude(replaced_at=None).count() == 1
    assert every.exclude(withdrawn_at=None).count() == 1
    assert every.current().filter(name_hidden=True).count() == 1
    assert every.doubted().count() == 1
    assert sum(one.is_granted for one in every) == 1
    assert every.current().filter(edition=2).exists()


def test_the_official_reads_a_message_and_practical_notes(made):
    [message] = Message.objects.standing()
    official = User.objects.get(email=OFFICIAL.email)
    registration = message.session.registrations.get(person=official)
    assert [kept.words.subject for kept in kept_for(registration)] == [str(message)]
    assert notes_for(registration, made.now)
    assert message.letters_written == message.people > 1
    assert official.letters.filter(kind="session_message", state="sent").exists()
    assert Message.objects.drafts().filter(session=message.session).exists()


def test_people_wait_for_the_focal_point_who_was_told_of_it(made):
    focal_point = User.objects.get(email=FOCAL_POINT.email)
    [(organization, count)] = how_many_wait(focal_point, made.now)
    assert (organization.slug, count > 0) == ("abidjan", True)
    assert focal_point.letters.filter(kind="people_to_confirm", state="sent").exists()


def test_made_twice_it_is_there_once(made):
    before = counts()
    make_demo()
    assert counts() == before


def test_taken_out_what_is_true_stays(made):
    clear_demo()
    assert counts() == made.true


def counts() -> Counter:
    return Counter(
        {model.__name__: model.objects.count() for model in (Activity, Session, Registration, User, Letter)}
    )


def test_taking_it_out_spares_real_people(made):
    session = Session.objects.open_for_registration(timezone.now()).filter(eligibility="everyone")[0]
    real = cast.person(email="real@city.example")
    register(session=session, person=real, by=real)
    with pytest.raises(ProtectedError):
        clear_demo()
    assert Activity.objects.filter(slug=session.activity.slug).exists()


def test_past_meetings_have_attendance_and_the_one_that_runs_has_an_open_list(made):
    past = Meeting.objects.filter(ends_at__lt=made.now - timedelta(days=1))
    assert not past.filter(closings=None).exclude(attendance=None).exists()
    assert Attendance.objects.filter(meeting__in=past, state="present").exists()
    running = Meeting.objects.filter(starts_at__lte=made.now, ends_at__gt=made.now)
    assert running.filter(attendance__state="present", closings=None).exists()
    official = User.objects.get(email=OFFICIAL.email)
    own = running.filter(session__registrations__in=official.registrations.confirmed()).first()
    assert Screen(own, made.now).state == "shown", "the code that the official of the cast can type"
    [asked] = Correction.objects.filter(answered_at=None)
    assert asked.registration.attendance.counted().get(meeting=asked.meeting).state == "absent"


def test_people_learned_for_the_focal_points_city(made):
    city = User.objects.get(email=FOCAL_POINT.email).organization
    learned = Belonging.objects.confirmed().filter(organization=city)
    assert (
        len(set(learned.values_list("registration__person"))) == 3
    )  # as many as have a place in a session here
