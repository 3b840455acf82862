"""The pages of who has a place: asked, read, voted, taken back, reported."""

import pytest
from auditlog.models import LogEntry
from django.core.cache import cache
from django.test import Client

from interaction import actions
from interaction.models import Question
from registrations.models import Registration
from tests import cast

from .making import DAY, END, asked, registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def page_of(meeting):
    return f"/meetings/{meeting.pk}/questions/"


@pytest.fixture
def as_amina(client, amina):
    client.force_login(amina.person)
    return client


def test_a_question_is_asked_with_or_without_the_name_as_the_button_says(as_amina, meeting, amina):
    form = {"words": "Who pays for it?", "language": "en", "told_public": "False"}
    answer = as_amina.post(page_of(meeting), form | {"unnamed": "1"})
    assert (answer.status_code, answer.url) == (302, f"{page_of(meeting)}?order=mine")
    as_amina.post(page_of(meeting), form | {"unnamed": "", "words": "And who cleans it?"})
    told = Question.objects.values_list("words", "unnamed", "state", "registration", "language")
    assert set(told) == {
        ("Who pays for it?", True, "waiting", amina.pk, "en"),
        ("And who cleans it?", False, "waiting", amina.pk, "en"),
    }


def test_all_pages_open(as_amina, meeting, amina, ben, jiwoo, client):
    own, other = asked(amina, "My own?"), asked(ben, "Ben's?")
    done = asked(ben, "Done?", state="taken_up")
    actions.write_answer(question=done, words="Yes. https://example.org/", language="en", by=jiwoo)
    for address in (
        page_of(meeting),
        page_of(meeting) + "?order=newest",
        page_of(meeting) + "?order=mine&live",
        f"/questions/{own.pk}/withdrawal/",
        f"/questions/{other.pk}/report/",
        f"/registrations/{amina.code}/",
        f"/ar/meetings/{meeting.pk}/questions/",
    ):
        assert as_amina.get(address).status_code == 200, address
    report = actions.report(question=other, registration=amina, reason="Rude", by=amina.person)
    staff = Client()
    staff.force_login(jiwoo)
    for address in (
        page_of(meeting),
        page_of(meeting) + "moderation/",
        page_of(meeting) + "moderation/?live",
        page_of(meeting) + "wall/",
        f"/questions/{own.pk}/",
        f"/questions/{other.pk}/",
        f"/reports/{report.pk}/decision/",
        meeting.session.activity.get_absolute_url(),
        "/admin/",
    ):
        assert staff.get(address).status_code == 200, address


def test_who_waits_or_is_held_a_place_reads_why_and_nothing_of_others(client, meeting, amina):
    question = asked(amina)
    [waiting] = registered(meeting.session, cast.person("Wai Ting"), state="waiting")
    client.force_login(waiting.person)
    page = client.get(page_of(meeting)).content.decode()
    assert "You are on the waiting list." in page
    assert question.words not in page
    assert client.post(page_of(meeting), {"words": "May I?"}).status_code == 403
    Registration.objects.filter(pk=waiting.pk).update(state="held", hold_until=END)
    page = client.get(page_of(meeting)).content.decode()
    assert "A place is held for you." in page
    assert question.words not in page


def test_so_many_in_a_short_time_are_too_many(as_amina, meeting, amina):
    answers = [as_amina.post(page_of(meeting), {"words": f"Number {number}?"}) for number in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 6 + [422]
    assert "Wait a few minutes" in answers[-1].content.decode()
    assert Question.objects.count() == 6


def test_the_registration_s_page_leads_there_and_keeps_what_was_answered(
    as_amina, meeting, amina, ben, jiwoo, at
):
    question = asked(ben, "Who pays for it?")
    actions.write_answer(question=question, words="The city.", language="en", by=jiwoo)
    page = as_amina.get(f"/registrations/{amina.code}/").content.decode()
    assert page_of(meeting) in page
    assert "1 question is shown." in page
    assert page_of(meeting) in as_amina.get("/me/").content.decode()
    at(END + 8 * DAY)
    later = as_amina.get(f"/registrations/{amina.code}/").content.decode()
    assert "Who pays for it?" in later
    assert "The city." in later
    assert "Ben Okafor" not in later
    assert "Ask a question" not in later


def test_the_file_leaves_out_the_names_of_who_asked_without(client, meeting, amina, ben, jiwoo):
    asked(amina, "=1+1?", unnamed=True)
    asked(ben, "Named?")
    client.force_login(jiwoo)
    answer = client.post(f"{page_of(meeting)}file/")
    text = answer.content.decode("utf-8-sig")
    assert "Amina" not in text
    assert "'=1+1?" in text
    assert "Ben Okafor" in text
    assert 'filename="questions-2026-12-08.csv"' in answer["Content-Disposition"]
    assert LogEntry.objects.filter(actor=jiwoo, additional_data__done="exported").exists()
