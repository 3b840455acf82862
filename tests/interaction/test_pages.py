"""The pages of who has a place: asked, read, voted, taken back, reported."""

import pytest

from interaction import actions
from interaction.models import Question

from .making import asked

pytestmark = pytest.mark.django_db


def page_of(meeting, **query):
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
    from django.test import Client

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
