"""What an accepted proposal becomes in the catalog."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions import publish
from catalog.errors import NoTitle
from catalog.models import Activity
from outbox.models import Letter
from reviews import actions as reviewing
from tests import cast
from tests.proposals import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return cast.secretary()


def test_accepting_makes_a_draft_with_everything_carried_over(secretary):
    amina = cast.person(language="fr")
    proposal = making.sent(
        amina,
        written_in="fr",
        title="Bus de nuit",
        languages=["fr", "ar"],
        audiences=["elected"],
        topics=[cast.topic("Mobility").slug, cast.topic("Safety").slug],
        speakers=[{"name": "Bineta Faye", "role": "Conductrice", "organization": "Dakar Bus"}],
        meetings=3,
        hours=1.5,
        group_size=24,
    )
    decision = making.decision(proposal, secretary, host=cast.host("cairo"), starts_at=making.NOON)
    assert reviewing.release(decisions=[decision], by=secretary) == [(decision, None)]
    proposal.refresh_from_db()
    activity = proposal.activity
    assert proposal.state == "accepted"
    assert activity.proposal == proposal
    assert not activity.is_public
    assert (activity.title_fr, activity.title_en) == ("Bus de nuit", None)
    assert activity.summary_fr == proposal.aim
    assert "what went wrong" in activity.description_html_fr
    assert activity.host == cast.host("cairo")
    assert activity.credited_to == cast.organization()
    assert (activity.languages, activity.audiences) == (["fr", "ar"], ["elected"])
    assert sorted(topic.slug for topic in activity.topics.all()) == ["mobility", "safety"]
    speaker = activity.speakers.get()
    assert (speaker.name, speaker.role_fr, speaker.shown_organization) == (
        "Bineta Faye",
        "Conductrice",
        "Dakar Bus",
    )
    session = activity.sessions.get()
    assert (session.places, session.timezone, session.starts_at) == (24, "Africa/Cairo", making.NOON)
    meetings = list(session.meetings.all())
    assert [meeting.starts_at - making.NOON for meeting in meetings] == [
        timedelta(0),
        timedelta(weeks=1),
        timedelta(weeks=2),
    ]
    assert {meeting.ends_at - meeting.starts_at for meeting in meetings} == {timedelta(minutes=90)}
    letter = Letter.objects.get(kind="proposal_accepted")
    assert (letter.to, letter.language) == (amina.email, "fr")
    assert "It fits, and you did it." in letter.text


def test_another_organization_is_named_as_partner(secretary):
    proposal = making.sent(organization=None, organization_other="Water Works of Elsewhere")
    reviewing.release(decisions=[making.decision(proposal, secretary)], by=secretary)
    proposal.refresh_from_db()
    assert (proposal.activity.credited_to, proposal.activity.partners) == (None, ["Water Works of Elsewhere"])
    assert not proposal.activity.sessions.exists()  # no date was planned


def test_two_with_the_same_title_become_two_activities(secretary):
    decisions = [making.decision(making.sent(cast.person(f"P {i}")), secretary) for i in range(2)]
    assert [refusal for _decision, refusal in reviewing.release(decisions=decisions, by=secretary)] == [
        None,
        None,
    ]
    assert sorted(Activity.objects.values_list("slug", flat=True)) == [
        "night-buses-that-people-trust",
        "night-buses-that-people-trust-2",
    ]


def test_a_decision_told_after_its_plan_has_passed_plans_nothing(secretary):
    proposal = making.sent()
    starts_at = timezone.now() + timedelta(days=40)
    decision = making.decision(proposal, secretary, starts_at=starts_at)
    assert reviewing.release(decisions=[decision], by=secretary, now=starts_at) == [(decision, None)]
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    assert not proposal.activity.sessions.exists()


def test_what_was_written_in_french_is_read_by_its_title_and_published_with_an_english_one(client, secretary):
    """Nobody types it again, and nobody takes French for English: the columns of the other languages stay empty."""
    proposal = making.sent(
        written_in="fr",
        title="Bus de nuit sûrs",
        aim="Un plan pour une ligne.",
        outline="D’abord ceci.",
        outcomes="Planifier.",
        speakers=[{"name": "Jean Faye", "role": "Chef de ligne", "organization": ""}],
    )
    planned = making.decision(proposal, secretary, starts_at=timezone.now() + timedelta(days=60))
    reviewing.release(decisions=[planned], by=secretary)
    activity = Activity.objects.get()
    assert activity.title_fr == "Bus de nuit sûrs"
    assert not activity.title_en
    assert not activity.title_es
    client.force_login(secretary)
    assert "Bus de nuit sûrs" in client.get("/admin/catalog/activity/").text
    change = client.get(f"/admin/catalog/activity/{activity.pk}/change/").text
    assert "<h1>Bus de nuit sûrs</h1>" in change
    preview = client.get(activity.get_absolute_url()).text
    for words in ("Bus de nuit sûrs", "Un plan pour une ligne.", "D’abord ceci.", "Chef de ligne"):
        assert words in preview
    with pytest.raises(NoTitle) as refused:
        publish(activity=activity, by=secretary)
    assert "no English title yet" in refused.value.sentence
    activity.title_en = "Night buses that are safe"
    activity.save(update_fields=["title_en"])
    publish(activity=activity, by=secretary)
    client.logout()
    page = f"/activities/{activity.slug}/"
    assert "Night buses that are safe" in client.get(page).text
    assert "Bus de nuit sûrs" in client.get(f"/fr{page}").text
    assert "Night buses that are safe" in client.get(f"/es{page}").text
