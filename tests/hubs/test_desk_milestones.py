"""Milestones and their evidence at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hubs import actions
from hubs.models import Evidence, Milestone
from outbox.models import Letter
from tests import cast

from .agreements import END, contact
from .at_the_desk import ROLES, milestone_form
from .files import PDF, upload

pytestmark = pytest.mark.django_db


def test_a_coordinator_adds_a_milestone_with_evidence_and_what_is_due_is_told(client, agreement):
    contact(agreement)
    coordinator = ROLES["own coordinator"]()
    client.force_login(coordinator)
    assert client.post(reverse("admin:hubs_milestone_add"), milestone_form(agreement)).status_code == 302
    [evidence] = Evidence.objects.all()
    assert (evidence.file_name, evidence.added_by, evidence.milestone.measure) == (
        "Report of all.pdf",
        coordinator,
        "activities",
    )
    with evidence.file.open() as file:
        assert file.read() == PDF
    # It is due in ten days, so the contact hears of it now.
    assert [
        letter.subject for letter in Letter.objects.filter(to="wei@hub.example", kind="milestone_due")
    ] == ["Due in 10 days: Two webinars"]


def test_a_coordinator_promises_nothing_for_others(client, agreement):
    client.force_login(ROLES["other coordinator"]())
    answer = client.post(reverse("admin:hubs_milestone_add"), milestone_form(agreement))
    assert "Select a valid choice" in answer.text
    assert not Milestone.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"evidence-0-file": upload("page.pdf", b"<html>")}, "its content is something else"),
        ({"evidence-0-file": ""}, "Give a link, or choose a file."),
        ({"promised": 0}, "Promise at least one."),
        ({"measure": "reviews"}, "Under this kind these can be counted: activities held, sessions held"),
    ],
)
def test_what_is_wrong_with_a_milestone_is_said(client, agreement, facts, sentence):
    client.force_login(cast.secretary())
    answer = client.post(reverse("admin:hubs_milestone_add"), milestone_form(agreement, **facts))
    assert answer.status_code in (200, 422)
    assert sentence in answer.text
    assert not Milestone.objects.exists()


def test_a_milestone_is_due_within_the_term(client, agreement):
    client.force_login(ROLES["own coordinator"]())
    for wrong in (agreement.starts_on - timedelta(days=1), agreement.ends_on + timedelta(days=1)):
        answer = client.post(reverse("admin:hubs_milestone_add"), milestone_form(agreement, due_on=wrong))
        assert "a milestone is due in that time." in answer.text
        assert "Two webinars" in answer.text
    assert not Milestone.objects.exists()
    facts = milestone_form(agreement, due_on=agreement.ends_on)
    assert client.post(reverse("admin:hubs_milestone_add"), facts).status_code == 302


def test_a_milestone_of_an_agreement_cut_short_can_still_be_worded(client, agreement):
    today = agreement.today(timezone.now())
    milestone = actions.add_milestone(
        agreement=agreement, kind="activity", title="Two", due_on=today + timedelta(days=99), by=None
    )
    actions.end_early(
        agreement=agreement, on=today + timedelta(days=1), reason="By consent.", by=cast.secretary()
    )
    client.force_login(cast.secretary())
    facts = milestone_form(agreement, due_on=milestone.due_on, title_en="Worded anew") | {
        "evidence-TOTAL_FORMS": 0
    }
    change = reverse("admin:hubs_milestone_change", args=[milestone.pk])
    assert client.post(change, facts).status_code == 302
    milestone.refresh_from_db()
    assert milestone.title_en == "Worded anew"
    later = client.post(change, facts | {"due_on": milestone.due_on + timedelta(days=1)})
    assert "a milestone is due in that time." in later.text


def test_a_milestone_is_waived_once(client, agreement):
    milestone = actions.add_milestone(agreement=agreement, kind="activity", title="Two", due_on=END, by=None)
    client.force_login(cast.secretary())
    waiver = f"{reverse('admin:hubs_milestone_waiver')}?ids={milestone.pk}"
    assert client.post(waiver, {"reason": "No time."}).status_code == 302
    answer = client.post(waiver, {"reason": "Another reason."})
    assert answer.status_code == 422
    assert "This milestone is no longer open." in answer.text
    assert "Another reason." in answer.text
    milestone.refresh_from_db()
    assert milestone.waived_reason == "No time."
