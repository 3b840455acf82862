"""Moderators: the host's staff, and helpers of the session in their time."""

import pytest
from django.core.cache import cache
from django.test import Client

from catalog.errors import MeetingIsOnRecord
from interaction import actions, errors
from interaction.models import Question
from tests import cast

from .making import DAY, END, asked, registered

pytestmark = pytest.mark.django_db


def states(meeting):
    return dict(Question.objects.filter(meeting=meeting).values_list("words", "state"))


def test_it_appears_is_taken_up_is_answered_and_one_alone_is_being_answered(amina, ben, jiwoo, meeting):
    first, second = asked(amina, "First?", state="waiting"), asked(ben, "Second?", state="waiting")
    for question, to in ((first, "shown"), (second, "shown"), (first, "taken_up")):
        actions.move(question=question, to=to, by=jiwoo)
    assert states(meeting) == {"First?": "taken_up", "Second?": "shown"}
    actions.move(question=second, to="taken_up", by=jiwoo)
    assert states(meeting) == {"First?": "answered", "Second?": "taken_up"}
    actions.move(question=second, to="set_aside", by=jiwoo)
    actions.move(question=first, to="shown", by=jiwoo)
    assert states(meeting) == {"First?": "shown", "Second?": "set_aside"}
    first.refresh_from_db()
    assert (first.state_by, first.state_at is not None) == (jiwoo, True)


def test_an_answer_in_writing_answers_and_without_words_it_goes(amina, jiwoo):
    question = asked(amina)
    actions.write_answer(question=question, words="The city.", language="en", by=jiwoo)
    question.refresh_from_db()
    assert (question.state, question.answer, question.answered_by) == ("answered", "The city.", jiwoo)
    actions.write_answer(question=question, words="", by=jiwoo)
    question.refresh_from_db()
    assert (question.state, question.answer, question.answered_at) == ("answered", "", None)


def test_doubles_of_doubles_lead_to_the_one_that_stays(amina, ben, meeting, jiwoo):
    [chen] = registered(meeting.session, cast.person("Chen Wei"))
    one, two, three = asked(amina, "1?"), asked(ben, "2?"), asked(chen, "3?")
    actions.unite(question=three, into=two, by=jiwoo)
    actions.unite(question=two, into=one, by=jiwoo)
    assert set(one.doubles.all()) == {two, three}
    with pytest.raises(errors.NotTheSame):
        actions.unite(question=one, into=three, by=jiwoo)


def test_what_was_taken_back_meanwhile_is_told(amina, jiwoo):
    question = asked(amina)
    actions.take_back(question=question, by=amina.person)
    for change in (
        lambda: actions.move(question=question, to="taken_up", by=jiwoo),
        lambda: actions.write_answer(question=question, words="Yes.", by=jiwoo),
    ):
        with pytest.raises(errors.GoneMeanwhile):
            change()


def test_a_meeting_at_which_something_was_asked_cannot_be_dropped(amina, meeting):
    from catalog.actions import drop

    asked(amina)
    with pytest.raises(MeetingIsOnRecord):
        drop(meeting)


# Pages


@pytest.fixture
def staff(client, jiwoo):
    client.force_login(jiwoo)
    return client


def test_moderators_see_who_asked_without_a_name_and_others_do_not(staff, amina, ben, meeting):
    question = asked(amina, unnamed=True)
    page = f"/meetings/{meeting.pk}/questions/"
    assert "Amina Diallo" in staff.get(f"{page}moderation/").content.decode()
    other = Client()
    other.force_login(ben.person)
    shown = other.get(page).content.decode()
    assert question.words in shown
    assert "Amina Diallo" not in shown
    assert "Amina Diallo" not in staff.get(f"{page}wall/").content.decode()


def test_a_press_moves_it_and_leads_back_to_it(staff, amina, meeting):
    question = asked(amina, state="waiting")
    answer = staff.post(f"/questions/{question.pk}/state/", {"to": "shown"})
    assert answer.url == f"/meetings/{meeting.pk}/questions/moderation/#q{question.pk}"
    assert states(meeting) == {question.words: "shown"}
    staff.post(f"/questions/{question.pk}/state/", {"to": "nonsense"})
    staff.post(f"/questions/{question.pk}/state/", {"to": "waiting"})
    assert states(meeting) == {question.words: "shown"}


def test_to_a_script_a_refusal_is_told_as_data(staff, amina):
    question = asked(amina)
    actions.take_back(question=question, by=amina.person)
    other = asked(amina, "Another?")
    answer = staff.post(
        f"/questions/{other.pk}/state/", {"to": "shown"}, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()) == (200, {"refused": ""})


def test_doubles_are_united_and_parted_on_the_page_of_one(staff, amina, ben, meeting):
    one, two = asked(amina, "Who pays?"), asked(ben, "Who bears it?")
    page = staff.get(f"/questions/{two.pk}/").content.decode()
    assert "Who pays?" in page
    staff.post(f"/questions/{two.pk}/uniting/", {"into": one.pk})
    two.refresh_from_db()
    assert two.same_as == one
    assert "Let it stand for itself again" in staff.get(f"/questions/{two.pk}/").content.decode()
    staff.post(f"/questions/{two.pk}/parting/")
    two.refresh_from_db()
    assert two.same_as is None
    assert staff.post(f"/questions/{two.pk}/uniting/", {"into": two.pk}).status_code == 422


def test_a_helper_moderates_in_their_time_and_decides_nothing(client, amina, ben, meeting, at):
    helper = cast.person("Helena Kask")
    meeting.session.helpers.create(email=helper.email)
    question = asked(amina, state="waiting")
    client.force_login(helper)
    page = f"/meetings/{meeting.pk}/questions/"
    assert client.get(f"{page}moderation/").status_code == 200
    assert client.get(f"{page}wall/").status_code == 200
    client.post(f"/questions/{question.pk}/state/", {"to": "shown"})
    assert states(meeting) == {question.words: "shown"}
    assert client.post(f"{page}publication/", {"public": "1"}).status_code == 403
    made = actions.report(question=question, registration=ben, reason="Rude", by=ben.person)
    assert client.get(f"/reports/{made.pk}/decision/").status_code == 404
    at(END + 15 * DAY)
    assert client.get(f"{page}moderation/").status_code == 404


def test_answered_questions_stand_on_the_public_page_where_the_host_says_so_without_names(
    staff, amina, meeting, jiwoo
):
    page = meeting.session.activity.get_absolute_url()

    def read() -> str:
        cache.clear()  # nothing is committed here that would say so
        return Client().get(page).content.decode()

    staff.post(f"/meetings/{meeting.pk}/questions/publication/", {"public": "1"})
    question = asked(amina, "Who pays for it?", told_public=True)
    assert "Who pays" not in read()
    actions.write_answer(question=question, words="The city, all of it.", language="en", by=jiwoo)
    shown = read()
    assert "Who pays for it?" in shown
    assert "The city, all of it." in shown
    assert "Amina" not in shown
    staff.post(f"/meetings/{meeting.pk}/questions/publication/", {"public": "0"})
    assert "Who pays" not in read()


def test_what_waits_stands_on_the_desk_s_first_page(staff, amina, ben, meeting):
    asked(amina, state="waiting")
    question = asked(ben, "Rude?")
    actions.report(question=question, registration=amina, reason="Rude", by=amina.person)
    first = staff.get("/admin/").content.decode()
    assert "1 question waits" in first
    assert "a question was reported" in first
