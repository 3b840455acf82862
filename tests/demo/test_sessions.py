"""The demonstration's sessions: told apart, on working days, with dates and numbers that give the state they promise."""

import re
from collections import Counter
from datetime import time

from tests.demo.content import (
    HOSTS,
    MEMBERS,
    PAPERS,
    PEOPLE,
    REGIONS,
    SESSIONS,
    STATES,
    assert_in_three_languages,
    assert_well_set,
    each_activity,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REST_DAYS = {"cairo": {"fri", "sat"}, "mashhad": {"thu", "fri"}}
OPEN_STATES = STATES - {"running_now", "not_yet_open", "closed", "cancelled", "self_paced"}


def latest(session: dict) -> int:
    """The most days ahead the session can start: a weekday moves it by six at most."""
    return session["offset_days"] + (6 if "weekday" in session else 0)


@each_activity
def test_sessions_can_be_told_apart_and_found(slug):
    paper = PAPERS[slug]
    labels = [session.get("label", {}).get("en") for session in paper["sessions"]]

    assert len(set(labels)) == len(labels)
    for session in paper["sessions"]:
        if "label" in session:
            assert_in_three_languages(session["label"], longest=80)
            assert_well_set(session["label"])
        assert session["zone"] == HOSTS[paper["host"]]["timezone"]
        if paper["format"] == "in_person_program":
            assert "joining_link" not in session
            assert_in_three_languages(session["place"])
            assert_well_set(session["place"])
        else:
            assert "place" not in session
            assert re.match(r"https://(meet|campus)\.example\.org/[a-z0-9-]+$", session["joining_link"])


@each_activity
def test_meetings_follow_one_another_on_working_days(slug):
    paper = PAPERS[slug]
    for session in paper["sessions"]:
        meetings = session["meetings"]
        if session["state"] == "self_paced":
            assert meetings == []
            assert paper["format"] == "online_course"
            assert session["offset_days"] + session["window_days"] > 60
            continue
        assert "window_days" not in session
        assert meetings[0]["day"] == 0
        assert meetings[0]["start"] == session["start_local"]
        end = -1
        for meeting in meetings:
            clock = time.fromisoformat(meeting["start"])
            start = meeting["day"] * 24 * 60 + clock.hour * 60 + clock.minute
            assert start > end, meeting
            assert 30 <= meeting["minutes"] <= 600
            end = start + meeting["minutes"]
            if "title" in meeting:
                assert_in_three_languages(meeting["title"], longest=110)
                assert_well_set(meeting["title"])
        if "weekday" in session:
            first = WEEKDAYS.index(session["weekday"])
            days = {WEEKDAYS[(first + meeting["day"]) % 7] for meeting in meetings}
            assert not days & REST_DAYS.get(paper["host"], set())
            assert session["weekday"] not in REST_DAYS.get(paper["host"], {"sat", "sun"})


@each_activity
def test_session_dates_give_the_state_they_promise(slug):
    for session in PAPERS[slug]["sessions"]:
        state, soonest = session["state"], session["offset_days"]
        opens, closes = session["opens_days_before"], session["closes_days_before"]
        still_for_members = opens - session["members_first_days"]

        assert latest(session) <= 183
        if state == "self_paced":
            assert soonest <= 0
            continue
        assert opens > closes
        assert opens >= still_for_members
        if state == "tomorrow":
            assert soonest == 1
            assert "weekday" not in session
        if state == "running_now":
            assert soonest <= 0
            assert "weekday" not in session
            assert soonest + session["meetings"][-1]["day"] >= 0
        else:
            assert soonest >= 1
        if state == "not_yet_open":
            assert opens < soonest
        else:
            assert opens > latest(session)
        if state == "closed":
            assert closes > latest(session)
        elif state in OPEN_STATES:
            assert closes < soonest
        if state == "members_first":
            assert still_for_members < soonest
        elif state in OPEN_STATES:
            assert latest(session) < still_for_members


@each_activity
def test_session_numbers_give_the_state_they_promise(slug):
    paper = PAPERS[slug]
    for session in paper["sessions"]:
        state, left = session["state"], session["places"] - session["confirmed"]

        assert (session["waiting"] > 0) == (state == "full_with_waiting")
        if state == "full_with_waiting":
            assert left == 0
        elif state == "nearly_full":
            assert 1 <= left <= 4
        elif state == "not_yet_open":
            assert session["confirmed"] == 0
        else:
            assert left >= 1
            assert session["confirmed"] > 0
        assert session["confirmed"] + session["waiting"] <= len(those_who_may_register(paper))


def those_who_may_register(paper: dict) -> list[dict]:
    """Members' people of the right profile and region: enough to fill a session under any rule."""
    regions = {REGIONS[slug] for slug in paper["regions"]} or set(REGIONS.values())
    return [
        person
        for person in PEOPLE["people"]
        if person["profile"] in paper["audiences"]
        and "organization" in person
        and MEMBERS[person["organization"]]["region"] in regions
    ]


def test_joining_links_are_not_shared():
    links = Counter(session["joining_link"] for _, session in SESSIONS if "joining_link" in session)

    assert links.most_common(1)[0][1] == 1
