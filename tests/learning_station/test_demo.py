"""The demonstration keeps its promises: every state is there, through the actions, once, and it can be taken out."""

from collections import Counter
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, ProtectedError
from django.utils import timezone

from accounts.models import User
from catalog.models import Activity, Session
from desk.words import older
from hubs.models import Host
from hubs.notices import notify
from learning_station.demo import words
from learning_station.demo.activities import make_activity
from learning_station.demo.clearing import clear_demo
from learning_station.demo.left_behind import catch_up, leave_behind
from learning_station.demo.making import make_demo
from learning_station.facts import load_facts
from outbox.models import Letter
from registrations.actions import register
from registrations.models import Registration
from registrations.reminders import remind
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_few_activities(monkeypatch):
    """One activity for each state with a few people each, so that a test takes a second and not twenty."""
    chosen, seen = [], set()
    for activity in deepcopy(words.activity_words()):
        for session in activity["sessions"]:
            left = session["places"] - session["confirmed"]
            session["confirmed"], session["waiting"] = (
                min(3, session["confirmed"]),
                min(2, session["waiting"]),
            )
            session["places"] = session["confirmed"] + left
        states = {session["state"] for session in activity["sessions"]}
        if states - seen:
            chosen.append(activity)
            seen |= states
    for module in ("making", "clearing"):
        monkeypatch.setattr(f"learning_station.demo.{module}.activity_words", lambda: tuple(chosen))
    load_facts()
    return chosen


def test_every_state_is_what_it_says(a_few_activities):
    now = timezone.now()
    make_demo(now=now)
    for activity_words in a_few_activities:
        sessions = Session.objects.filter(activity__slug=activity_words["slug"]).order_by("id")
        for session, said in zip(sessions, activity_words["sessions"], strict=True):
            assert is_as_promised(session, said["state"], now), (activity_words["slug"], said["state"])


def is_as_promised(session: Session, state: str, now) -> bool:
    is_open = Session.objects.open_for_registration(now).filter(pk=session.pk).exists()
    match state:
        case "open":
            return is_open and (session.places_left is None or session.places_left > 4)
        case "nearly_full":
            return is_open and 0 < session.places_left <= 4
        case "full_with_waiting":
            return is_open and session.places_left == 0 and session.waiting_count > 0
        case "tomorrow":
            return (
                session.starts_at.astimezone(session.zone).date()
                == (now.astimezone(session.zone) + timedelta(days=1)).date()
            )
        case "running_now":
            return session.starts_at <= now < session.ends_at
        case "not_yet_open":
            return session.registration_opens_at > now
        case "closed":
            return not is_open and session.closes_at <= now < session.starts_at
        case "cancelled":
            return session.is_cancelled and session.registrations.exists()
        case "held":
            return session.ends_at <= now and session.registrations.confirmed().exists()
        case "self_paced":
            return is_open and session.self_paced and not session.meetings.exists()
        case "invited":
            return session.eligibility == "invited" and session.invitations.exists()
        case "members_only":
            return session.eligibility == "members_only"
        case "members_first":
            return is_open and session.members_first_until > now
    raise AssertionError(f"unknown state {state}")


def test_registrations_are_as_many_as_the_words_say(a_few_activities):
    make_demo()
    wanted = sum(
        session["confirmed"] + session["waiting"] for one in a_few_activities for session in one["sessions"]
    )
    assert Registration.objects.count() == wanted
    assert Letter.objects.filter(kind__contains="confirmation").exists()
    assert not Letter.objects.exclude(state="sent").exists(), "the past was sent then, and is no backlog"
    assert not Letter.objects.filter(sent_at__gt=timezone.now()).exists()
    assert (remind(now=timezone.now()), notify(now=timezone.now())) == (0, 0), "nor is it written now"
    assert not Session.objects.filter(places_taken__gt=F("places")).exists()


def test_made_twice_it_is_there_once(a_few_activities):
    make_demo()
    before = counts()
    make_demo()
    assert counts() == before


def test_taken_out_what_is_true_stays(a_few_activities):
    true = counts()
    make_demo()
    clear_demo()
    assert counts() == true


def counts() -> Counter:
    return Counter(
        {model.__name__: model.objects.count() for model in (Activity, Session, Registration, User, Letter)}
    )


def test_taking_it_out_spares_real_people(a_few_activities):
    make_demo()
    session = Session.objects.open_for_registration(timezone.now()).filter(eligibility="everyone")[0]
    real = cast.person(email="real@city.example")
    register(session=session, person=real, by=real)
    with pytest.raises(ProtectedError):
        clear_demo()
    assert Activity.objects.filter(slug=session.activity.slug).exists()


def test_a_station_of_any_size():
    load_facts()
    call_command("demo", sessions=40, registrations=600)
    sessions = Session.objects.filter(activity__slug__startswith="sample-")
    assert sessions.count() == 40
    assert Registration.objects.count() == 600
    assert not sessions.filter(places_taken__gt=F("places")).exists()
    assert Activity.objects.upcoming(timezone.now()).filter(search_vector__isnull=False).count() == 20
    assert sum(sessions.values_list("places_taken", flat=True)) == Registration.objects.confirmed().count()


def test_production_has_no_place_for_it(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("demo")
    assert not Activity.objects.exists()


def test_registrations_need_sessions_to_stand_in():
    with pytest.raises(CommandError, match="--sessions"):
        call_command("demo", registrations=5)


def test_texts_stand_in_their_own_language(a_few_activities):
    said = a_few_activities[0]
    make_activity(said, by=cast.secretary(), now=timezone.now())
    activity = Activity.objects.get(slug=said["slug"])
    assert (activity.title_fr, activity.summary_es) == (said["title"]["fr"], said["summary"]["es"].strip())


def test_some_translations_lag_and_go_with_the_demonstration():
    load_facts()
    true = Host.objects.get(slug="seoul")
    slugs = {"paying-for-waste-by-weight", "one-form-fewer"}
    for said in (said for said in words.activity_words() if said["slug"] in slugs):
        make_activity(said, by=cast.secretary(said["slug"]), now=timezone.now())
    for _twice in range(2):
        leave_behind(new=slugs)
    paying = Activity.objects.get(slug="paying-for-waste-by-weight")
    assert [one.words.column for one in older(paying)] == ["description_fr", "description_es"]
    assert paying.description_html_en.count("New this year:") == 1
    assert (paying.summary_fr, Activity.objects.get(slug="one-form-fewer").description_html_es) == ("", "")
    host = Host.objects.get(slug="seoul")
    assert [one.words.column for one in older(host)] == ["about_fr", "about_es"]
    catch_up()
    host.refresh_from_db()
    assert (host.about_en, host.words_as_of) == (true.about_en, {})
