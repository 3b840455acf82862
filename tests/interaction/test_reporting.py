"""A question is reported: hidden at once, decided by the host's staff, both told, forgotten after six months."""

import pytest

from interaction import actions, errors
from interaction.clock import KEPT
from interaction.models import Question, Report
from outbox.models import Letter
from tests import cast

from .making import DAY, asked, registered

pytestmark = pytest.mark.django_db


def reported(question, registration, reason="It names a colleague."):
    return actions.report(question=question, registration=registration, reason=reason, by=registration.person)


def letters(kind):
    return set(Letter.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_it_is_hidden_from_others_at_once_and_the_desk_is_told(amina, ben, jiwoo, client):
    question = asked(amina)
    reported(question, ben)
    assert not Question.objects.shown().exists()
    assert letters("question_reported") == {"Jiwoo Han"}
    page = f"/meetings/{question.meeting_id}/questions/"
    client.force_login(ben.person)
    assert question.words not in client.get(page).content.decode()
    client.force_login(amina.person)
    told = client.get(page).content.decode()
    assert question.words in told
    assert "Somebody reported it." in told
    assert "Ben" not in told
    with pytest.raises(errors.IsReported):
        actions.move(question=question, to="taken_up", by=jiwoo)
    with pytest.raises(errors.IsReported):
        actions.write_answer(question=question, words="Yes.", by=jiwoo)


@pytest.mark.parametrize(("upheld", "state"), [(True, "set_aside"), (False, "shown")])
def test_the_host_s_staff_decide_and_both_are_told_without_names(amina, ben, jiwoo, client, upheld, state):
    question = asked(amina)
    made = reported(question, ben)
    client.force_login(jiwoo)
    page = f"/reports/{made.pk}/decision/"
    assert "It names a colleague." in client.get(page).content.decode()
    client.post(page, {"upheld": "1" if upheld else "0"})
    question.refresh_from_db()
    made.refresh_from_db()
    assert (question.state, made.upheld, made.decided_by) == (state, upheld, jiwoo)
    assert Question.objects.shown().exists() is not upheld
    assert (letters("report_decided"), letters("question_decided")) == ({"Ben Okafor"}, {"Amina Diallo"})
    for letter in Letter.objects.filter(kind__in=["report_decided", "question_decided"]):
        other = "Amina" if letter.kind == "report_decided" else "Ben"
        assert other not in letter.text
        assert ("It was let stand" in letter.text) is not upheld
    # Pressed twice nobody is told twice; and the first decision stands.
    client.post(page, {"upheld": "0" if upheld else "1"})
    question.refresh_from_db()
    assert question.state == state
    assert Letter.objects.filter(kind="report_decided").count() == 1


def test_of_several_reports_one_decision_is_told_to_each_and_once_to_who_asked(meeting, amina, ben, jiwoo):
    [chen] = registered(meeting.session, cast.person("Chen Wei"))
    question = asked(amina)
    made = reported(question, ben)
    with pytest.raises(errors.NotShown):
        reported(question, chen)  # they do not see it any more
    Report.objects.create(meeting=meeting, question=question, registration=chen, asker=amina, words="…")
    actions.decide(report=made, upheld=True, by=jiwoo)
    assert letters("report_decided") == {"Ben Okafor", "Chen Wei"}
    assert Letter.objects.filter(kind="question_decided").count() == 1


def test_what_was_let_stand_is_not_reported_again(meeting, amina, ben, jiwoo):
    [chen] = registered(meeting.session, cast.person("Chen Wei"))
    question = asked(amina)
    actions.decide(report=reported(question, ben), upheld=False, by=jiwoo)
    with pytest.raises(errors.DecidedAlready):
        reported(question, chen)


def test_reporting_is_no_weapon(meeting, amina, ben):
    people = [registered(meeting.session, cast.person(f"Asker {number}"))[0] for number in range(6)]
    questions = [asked(one, f"Number {one.pk}?") for one in people]
    for question in questions[:5]:
        reported(question, ben)
    with pytest.raises(errors.TooManyReports):
        reported(questions[5], ben)
    with pytest.raises(errors.OwnQuestion):
        reported(asked(amina), amina)


def test_taken_back_meanwhile_the_words_stay_with_the_report(amina, ben, jiwoo, client):
    question = asked(amina, "Something rude")
    made = reported(question, ben)
    actions.take_back(question=question, by=amina.person)
    client.force_login(jiwoo)
    page = client.get(f"/reports/{made.pk}/decision/").content.decode()
    assert "Something rude" in page
    assert "It was taken back meanwhile." in page
    actions.decide(report=made, upheld=True, by=jiwoo)
    assert letters("report_decided") == {"Ben Okafor"}


def test_after_six_months_reports_go_and_so_does_what_others_never_saw(at, amina, ben, jiwoo):
    waiting, aside = asked(amina, "Waiting?", state="waiting"), asked(amina, "Aside?", state="set_aside")
    shown, undecided = asked(amina, "Shown?"), asked(amina, "Undecided?")
    actions.decide(report=reported(shown, ben), upheld=False, by=jiwoo)
    reported(undecided, ben)
    decided_at = Report.objects.get(question=shown).decided_at
    assert actions.forget_old(now=decided_at + KEPT - DAY) == 0
    assert actions.forget_old(now=decided_at + KEPT + DAY) == 5  # both reports, and three questions
    assert list(Question.objects.values_list("words", flat=True)) == ["Shown?"]
    assert not Report.objects.exists()
    assert {waiting.pk, aside.pk, undecided.pk}.isdisjoint(Question.objects.values_list("pk", flat=True))


def test_the_letters_read_well_in_each_language(amina, ben, jiwoo):
    for number, language in enumerate(("en", "fr", "es", "ar")):
        for registration in (amina, ben):
            registration.person.language = language
            registration.person.save(update_fields=["language"])
        jiwoo.language = language
        jiwoo.save(update_fields=["language"])
        question = asked(amina, f"Number {number}?")
        actions.decide(report=reported(question, ben), upheld=bool(number % 2), by=jiwoo)
    kinds = ("question_reported", "report_decided", "question_decided")
    written = Letter.objects.filter(kind__in=kinds)
    assert written.count() == 12
    assert {letter.language for letter in written} == {"en", "fr", "es", "ar"}
    assert all(letter.useless_after for letter in written)
    assert len({letter.subject for letter in written}) == 12
