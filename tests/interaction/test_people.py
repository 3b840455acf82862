"""What becomes of what people said: downloaded, forgotten, merged, moved, cancelled."""

import json

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from accounts.erasing import erase
from accounts.my_data import everything_about
from interaction import actions
from interaction.counting import votes_of
from interaction.models import Question, Report, Vote
from tests import cast

from .making import asked, registered

pytestmark = pytest.mark.django_db


def test_the_download_tells_what_was_asked_voted_for_and_reported(amina, ben):
    mine, other = asked(ben, "Mine?", unnamed=True), asked(amina, "Other?")
    actions.vote(question=other, registration=ben, by=ben.person)
    actions.report(question=other, registration=ben, reason="Rude", by=ben.person)
    told = everything_about(ben.person)
    assert [row["question"] for row in told["questions_asked"]] == ["Mine?"]
    assert told["questions_asked"][0]["without_the_name"] is True
    assert [row["question"] for row in told["voted_for"]] == ["Other?"]
    assert [row["reason"] for row in told["questions_reported"]] == ["Rude"]
    assert mine.words in json.dumps(told, default=str)
    assert "Rude" not in json.dumps(everything_about(amina.person), default=str)


def test_of_an_erased_person_what_nobody_cared_for_goes_and_the_rest_is_nobody_s(amina, ben, jiwoo):
    alone, voted, answered = asked(amina, "Alone?"), asked(amina, "Voted?"), asked(amina, "Answered?")
    aloud = asked(amina, "Answered aloud?", state="answered")
    stays = asked(ben, "Same as Ben's?")
    double = asked(amina, "The same?")
    actions.unite(question=double, into=stays, by=jiwoo)
    actions.vote(question=voted, registration=ben, by=ben.person)
    actions.write_answer(question=answered, words="Yes.", by=jiwoo)
    rude = asked(ben, "Rude?")
    actions.report(question=rude, registration=amina, reason="Amina says so", by=amina.person)
    erase(person=amina.person, by=amina.person, now=timezone.now())
    left = dict(Question.objects.values_list("words", "registration"))
    assert left == {
        "Voted?": None,
        "Answered?": None,
        "Answered aloud?": None,
        "Same as Ben's?": ben.pk,
        "Rude?": ben.pk,
    }
    assert aloud.pk
    assert alone.pk
    assert all(Question.objects.filter(registration=None).values_list("unnamed", flat=True))
    assert Report.objects.values_list("registration", "reason").get() == (None, "")


def test_the_history_tells_who_moved_what_and_keeps_no_words(amina, jiwoo):
    from auditlog.context import set_actor

    with set_actor(jiwoo):
        question = asked(amina, "A secret word", state="waiting")
        actions.move(question=question, to="shown", by=jiwoo)
        actions.write_answer(question=question, words="Another secret word", by=jiwoo)
    entries = LogEntry.objects.get_for_object(question)
    assert [entry.actor for entry in entries] == [jiwoo] * len(entries)
    assert {"state", "answered_at"} <= {name for entry in entries for name in entry.changes}
    assert "secret" not in json.dumps([entry.changes | {"is": entry.object_repr} for entry in entries])
    assert not LogEntry.objects.filter(content_type__model="vote").exists()


def merged(kept, gone):
    from merging.actions import merge_people

    return merge_people(kept=kept, gone=gone, by=cast.secretary())


def test_two_who_are_one_have_one_vote_and_all_questions(meeting, amina, ben, jiwoo):
    [chen] = registered(meeting.session, cast.person("Chen Wei"))
    both, hers, his = asked(chen, "Both?"), asked(amina, "Hers?"), asked(ben, "His?")
    for registration in (amina, ben):
        actions.vote(question=both, registration=registration, by=registration.person)
    assert votes_of(meeting.pk)[both.pk] == 3
    merge = merged(amina.person, ben.person)
    assert votes_of(meeting.pk)[both.pk] == 2
    his.refresh_from_db()
    assert (his.registration, hers.registration) == (amina, amina)
    from merging.undoing import undo_merge

    undo_merge(merge=merge, by=cast.secretary())
    his.refresh_from_db()
    assert his.registration == ben
    assert votes_of(meeting.pk)[both.pk] == 3
    assert Vote.objects.filter(counts=False).count() == 0


def test_a_session_that_is_moved_takes_its_questions_along(at, meeting, amina, jiwoo):
    from datetime import timedelta

    from registrations.actions import reschedule

    at(meeting.starts_at - timedelta(days=5))
    question = asked(amina)
    session = meeting.session
    later = [(meeting.starts_at + timedelta(days=1), meeting.ends_at + timedelta(days=1), "")]
    reschedule(session=session, meetings=later, reason={}, by=jiwoo, now=timezone.now())
    question.refresh_from_db()
    assert question.meeting.starts_at == later[0][0]


def test_a_session_that_is_cancelled_says_so_and_lets_one_take_back(client, at, meeting, amina, jiwoo):
    from datetime import timedelta

    from registrations.actions import cancel_session

    at(meeting.starts_at - timedelta(days=5))
    question = asked(amina)
    cancel_session(session=meeting.session, reason={"en": "The trainer is ill."}, by=jiwoo)
    client.force_login(amina.person)
    page = client.get(f"/meetings/{meeting.pk}/questions/").content.decode()
    assert "The session was cancelled" in page
    assert "Your question</label>" not in page
    client.post(f"/questions/{question.pk}/withdrawal/")
    assert not Question.objects.exists()
