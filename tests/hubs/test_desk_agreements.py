"""Agreements at the desk: their form, their list, the overview of each."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hubs import actions
from hubs.models import Agreement
from tests import cast

from .agreements import END, contact, draft, noon, session_on, signed
from .at_the_desk import ROLES, new_agreement, overview
from .files import upload

pytestmark = pytest.mark.django_db


# The form


def test_a_draft_fills_in_what_is_usual(client, hub):
    client.force_login(cast.secretary())
    answer = client.post(reverse("admin:hubs_agreement_add"), new_agreement())
    assert answer.status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.ends_on, agreement.is_signed) == (date(2027, 2, 28), False)
    assert agreement.review_due_on == date(2025, 8, 30)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"ends_on": "2024-02-28"}, "It cannot end before it begins."),
        ({"kind": "terms_of_reference"}, "A Learning Hub has a Learning Hub agreement"),
        ({"review_due_on": "2030-01-01"}, "The review is held while the agreement lasts."),
        ({"document": upload("agreement.pdf", b"<html>")}, "its content is something else"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said(client, hub, facts, sentence):
    client.force_login(cast.secretary())
    answer = client.post(reverse("admin:hubs_agreement_add"), new_agreement(**facts))
    assert sentence in answer.text
    assert not Agreement.objects.exists()


def test_what_is_signed_stands_in_the_form(client, agreement):
    client.force_login(cast.secretary())
    page = client.get(reverse("admin:hubs_agreement_change", args=[agreement.pk])).text
    for name in ("host", "starts_on", "ends_on"):
        assert f'name="{name}"' not in page
    assert 'name="theme_en"' in page
    delete = reverse("admin:hubs_agreement_delete", args=[agreement.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_a_new_agreement_asks_only_for_what_can_be_said_without_scripts_too(client, hub):
    client.force_login(cast.secretary())
    page = client.get(reverse("admin:hubs_agreement_add")).text
    for name in ("parties-0-name", "contacts-0-email"):
        assert f'name="{name}"' in page
    for name in ("starts_on", "ends_on", "review_due_on"):
        assert f'<input type="date" name="{name}"' in page
    assert '<textarea name="summary_en"' in page
    for nothing in ("Signed on", "Extensions", "Mid-term reviews", "Renews"):
        assert nothing not in page


def test_a_draft_is_saved_with_people_and_duties_in_one_form(client, hub):
    client.force_login(cast.secretary())
    facts = new_agreement(
        **{
            "parties-TOTAL_FORMS": 2,
            "parties-0-name": "Planning Institute",
            "parties-0-role_en": "gives experts",
            "parties-0-position": 1,
            "parties-1-position": 0,
            "parties-1-is_public": "on",
            "contacts-TOTAL_FORMS": 2,
            "contacts-0-name": "Wei Zhang",
            "contacts-0-email": "wei@hub.example",
            "contacts-0-language": "fr",
            "contacts-0-position": 1,
            "contacts-1-language": "en",
            "contacts-1-position": 0,
            "milestones-TOTAL_FORMS": 1,
            "milestones-0-title_en": "Two webinars",
            "milestones-0-kind": "activity",
            "milestones-0-due_on": "2027-02-28",
            "milestones-0-promised": 2,
        }
    )
    late = client.post(reverse("admin:hubs_agreement_add"), facts | {"milestones-0-due_on": "2027-03-01"})
    assert "The agreement lasts from 29 February 2024 to 28 February 2027" in late.text
    assert not Agreement.objects.exists()
    assert client.post(reverse("admin:hubs_agreement_add"), facts).status_code == 302
    agreement = Agreement.objects.get()
    assert [party.name for party in agreement.parties.all()] == ["Planning Institute"]
    assert [contact.email for contact in agreement.contacts.all()] == ["wei@hub.example"]
    assert [milestone.title for milestone in agreement.milestones.all()] == ["Two webinars"]


# Looking


def test_the_overview_of_one_agreement(client, agreement):
    contact(agreement)
    secretary = cast.secretary()
    actions.add_milestone(
        agreement=agreement,
        kind="activity",
        title="Two webinars",
        promised=2,
        due_on=timezone.now().date() - timedelta(days=1),
        by=None,
    )
    session_on(agreement.host, timezone.now().date() - timedelta(days=10), people=3)
    client.force_login(secretary)
    page = client.get(overview(agreement))
    [line] = page.context["milestones"]
    assert (line["so_far"], line["state"]) == (1, ("overdue", "bad"))
    assert page.context["delivered"].participants == 3
    assert [letter.kind for letter in page.context["sent"]] == ["milestone_overdue"] * 2
    assert [notice.kind for notice in page.context["to_come"]][-3:] == ["agreement_ending"] * 3
    assert page.context["entries"]


def test_a_list_costs_the_same_for_one_agreement_and_for_three(client, django_assert_max_num_queries):
    client.force_login(cast.secretary())
    for slug in ("chengdu", "cairo", "seoul"):
        agreement = signed(cast.host(slug), starts_on=timezone.now().date() - timedelta(days=100))
        actions.add_milestone(agreement=agreement, kind="activity", title="Two", due_on=END, by=None)
        with django_assert_max_num_queries(18):
            page = client.get(reverse("admin:hubs_agreement_changelist"))
    assert len(page.context["timeline"]["rows"]) == 3


@pytest.mark.parametrize(
    ("state", "count"), [("running", 1), ("draft", 1), ("ended", 0), ("nonsense", 0), ("ending_soon", 0)]
)
def test_the_list_can_be_asked_by_state(client, agreement, state, count):
    draft(cast.host("cairo"))
    client.force_login(cast.secretary())
    page = client.get(reverse("admin:hubs_agreement_changelist"), {"state": state})
    assert page.context["cl"].result_count == count


def test_the_list_says_what_the_timeline_shows(client, agreement):
    """Within the width of a small screen: the theme and the days left stand below what they belong to."""
    today = agreement.today(timezone.now())
    for title, due_on in (("Early", today - timedelta(days=1)), ("Late", today + timedelta(days=9))):
        actions.add_milestone(agreement=agreement, kind="activity", title=title, due_on=due_on, by=None)
    client.force_login(cast.secretary())
    page = client.get(reverse("admin:hubs_agreement_changelist"))
    row = page.text.partition('<table id="result_list">')[2]
    left = (agreement.ends_on - today).days
    assert "<small>Green communities</small>" in row
    assert f"{agreement.ends_on.isoformat()} <small>{left} days left</small>" in row
    assert '0 of 2 <span class="desk-badge desk-badge-bad">1 overdue</span>' in row
    [bar] = page.context["timeline"]["rows"][0]["bars"]
    assert [dot.tone for dot in bar.dots] == ["overdue", "open"]


# Flags


def test_an_activity_without_an_agreement_on_its_day_is_flagged_and_not_blocked(client, agreement):
    activity = cast.activity("Much later", host=agreement.host)
    session = cast.session(activity, starts_at=noon(agreement.ends_on + timedelta(days=1)))
    client.force_login(cast.secretary())
    change = reverse("admin:catalog_activity_change", args=[activity.pk])
    day = (agreement.ends_on + timedelta(days=1)).isoformat()
    assert (
        f"Metropolis Learning Hub Chengdu has no signed agreement in force on {day}."
        in client.get(change).text
    )
    [flagged] = client.get(reverse("admin:hubs_agreement_changelist")).context["without_agreement"]
    assert flagged["activity"] == activity
    assert activity.is_public
    assert cast.register(session).is_confirmed
    actions.extend(
        agreement=agreement,
        ends_on=agreement.ends_on + timedelta(days=9),
        reason="Floods.",
        by=cast.superuser(),
    )
    assert "Every session to come has one." in client.get(change).text


def test_the_first_page_of_the_desk_tells_of_it(client, agreement):
    cast.session(
        cast.activity("Much later", host=agreement.host),
        starts_at=noon(agreement.ends_on + timedelta(days=1)),
    )
    client.force_login(cast.reader())
    [card] = [
        card for card in client.get(reverse("admin:index")).context["board"] if card.title == "Agreements"
    ]
    assert [(line.title, line.badge) for line in card.lines] == [("Much later", "no agreement")]
    client.force_login(ROLES["other coordinator"]())
    [card] = [
        card for card in client.get(reverse("admin:index")).context["well"] if card.title == "Agreements"
    ]
    assert card.lines == []
