import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from catalog.actions import publish
from catalog.errors import NoTitle
from catalog.models import Activity
from outbox.models import Letter
from proposals import actions
from proposals.criteria import criteria_of
from proposals.models import Decision
from reviews import actions as reviewing
from reviews import errors
from reviews.verdicts import verdicts
from tests import cast
from tests.proposals import making
from tests.proposals.making import ALL_WELL

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
    assert (speaker.name, speaker.role_fr, speaker.organization) == (
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


def test_nobody_is_told_before_the_release_and_then_each_once(secretary):
    first, second = making.sent(cast.person("A A")), making.sent(cast.person("B B"))
    decisions = [
        making.decision(first, secretary),
        making.decision(second, secretary, "declined", reasons="Too wide."),
    ]
    first.refresh_from_db()
    assert first.state == "submitted"
    assert not Letter.objects.filter(kind__in=["proposal_accepted", "proposal_declined"]).exists()
    reviewing.release(decisions=decisions, by=secretary)
    again = reviewing.release(decisions=decisions, by=secretary)
    assert [type(refusal) for _decision, refusal in again] == [errors.AlreadyReleased] * 2
    kinds = Letter.objects.filter(kind__in=["proposal_accepted", "proposal_declined"]).values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["proposal_accepted", "proposal_declined"]


def test_one_that_was_withdrawn_meanwhile_holds_up_no_other(secretary):
    amina = cast.person()
    gone, stays = making.sent(amina), making.sent(cast.person("B B"))
    decisions = [making.decision(gone, secretary), making.decision(stays, secretary)]
    actions.withdraw(proposal=gone, by=amina)
    told = reviewing.release(decisions=decisions, by=secretary)
    assert [type(refusal) for _decision, refusal in told] == [errors.NotAllowed, type(None)]
    stays.refresh_from_db()
    assert stays.state == "accepted"


def test_the_letter_holds_what_reviewers_said_to_the_proposer_and_nothing_else(secretary):
    proposal = making.sent()
    for name, told in [("R One", "Say more of the cost."), ("R Two", "")]:
        reviewer = making.reviewer(name)
        reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
        reviewing.finish_review(
            proposal=proposal, by=reviewer, scores=ALL_WELL, to_colleagues="Weak team.", to_proposer=told
        )
    reviewing.release(decisions=[making.decision(proposal, secretary, "declined")], by=secretary)
    text = Letter.objects.get(kind="proposal_declined").text
    assert "Say more of the cost." in text
    assert "Weak team." not in text
    assert "R One" not in text


def test_deciding_is_for_who_decides(secretary):
    proposal = making.sent(host="seoul")
    cast.host("seoul")
    coordinator = cast.coordinator()
    for who in (coordinator, making.reviewer(), cast.reader(), cast.person("Amina")):
        with pytest.raises(errors.NotYours):
            making.decision(proposal, who)
        with pytest.raises(errors.NotYours):
            reviewing.ask_for_changes(proposal=proposal, what="More.", by=who)
    decision = making.decision(proposal, secretary)
    assert [type(one) for _d, one in reviewing.release(decisions=[decision], by=coordinator)] == [
        errors.NotYours
    ]
    proposal.refresh_from_db()
    assert proposal.state == "submitted"


def test_who_proposes_does_not_decide_on_it(secretary):
    proposal = making.sent(secretary)
    with pytest.raises(errors.NotYours):
        making.decision(proposal, secretary)


def test_a_decision_has_reasons_and_there_is_one(secretary):
    proposal = making.sent()
    with pytest.raises(errors.NoReasons):
        making.decision(proposal, secretary, reasons="  ")
    decision = making.decision(proposal, secretary)
    with pytest.raises(errors.AlreadyPrepared):
        making.decision(proposal, secretary, "declined")
    reviewing.take_back_decision(decision=decision, by=secretary)
    assert making.decision(proposal, secretary, "declined").verdict == "declined"


def test_asking_for_changes_drops_a_prepared_decision_and_tells_what(secretary):
    proposal = making.sent()
    making.decision(proposal, secretary)
    reviewing.ask_for_changes(proposal=proposal, what="Say who drives.", by=secretary)
    assert not Decision.objects.exists()
    assert "Say who drives." in Letter.objects.get(kind="proposal_changes_asked").text


def test_scores_weigh_what_their_criteria_weigh_and_a_conflict_takes_them_out(secretary):
    proposal = making.sent()
    one, two = making.reviewer("R One"), making.reviewer("R Two")
    for reviewer, value in [(one, 4), (two, 0)]:
        reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
        reviewing.finish_review(
            proposal=proposal, by=reviewer, scores=dict.fromkeys(ALL_WELL, 2) | {"need": value}
        )
    assert verdicts(proposal).average == pytest.approx(2)
    assert verdicts(proposal).highest == pytest.approx((2 * 11 + 4 * 3) / 14)
    reviewing.declare_conflict(proposal=proposal, by=two, why="My cousin.")
    assert verdicts(proposal).count == 1
    with pytest.raises(errors.ConflictOfInterest):
        reviewing.finish_review(proposal=proposal, by=two, scores=ALL_WELL)


def test_a_review_without_all_scores_is_kept_and_does_not_count(secretary):
    proposal = making.sent()
    reviewer = making.reviewer()
    reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
    review = reviewing.finish_review(
        proposal=proposal, by=reviewer, scores={"need": 4}, to_colleagues="So far."
    )
    assert review.finished_at is None
    assert verdicts(proposal).count == 0
    assert review.to_colleagues == "So far."


def test_a_calls_own_criteria_count_there(secretary):
    call = making.call()
    call.criteria.create(name="Night", words="Is it about the night?", weight=3)
    call.criteria.create(name="Day", words="Is it not about the day?", weight=1)
    proposal = making.sent(call=call)
    reviewer = making.reviewer()
    reviewing.assign(proposal=proposal, reviewer=reviewer, by=secretary)
    night, day = (one.key for one in criteria_of(call))
    reviewing.finish_review(proposal=proposal, by=reviewer, scores={night: 4, day: 0})
    assert verdicts(proposal).average == pytest.approx(3)


def test_sharing_out_is_even_and_skips_who_has_an_interest(secretary):
    reviewers = [making.reviewer(f"R {i}") for i in range(3)]
    same_city = making.reviewer("From Dakar")
    same_city.organization = cast.organization()
    same_city.save()
    seoul = cast.coordinator()
    proposals = [making.sent(cast.person(f"P {i}")) for i in range(6)]
    assert reviewing.share_out(proposals=proposals, by=secretary, each=2) == 12
    load = {who.name: who.proposal_reviews.count() for who in [*reviewers, same_city, seoul, secretary]}
    # Seoul was not asked; whoever acts for Dakar does not read what Dakar proposes.
    assert load == {"R 0": 3, "R 1": 3, "R 2": 3, "From Dakar": 0, "Jiwoo Han": 0, "Marta Soler": 3}
    assert reviewing.share_out(proposals=proposals, by=secretary, each=2) == 0


def test_nothing_is_planned_for_a_moment_that_has_passed(secretary):
    proposal, now = making.sent(), timezone.now()
    for starts_at in (now, now - timedelta(days=2)):
        with pytest.raises(errors.StartIsOver):
            making.decision(proposal, secretary, starts_at=starts_at, now=now)
    assert making.decision(proposal, secretary, "declined", starts_at=now, now=now).starts_at is None


def test_a_decision_told_after_its_plan_has_passed_plans_nothing(secretary):
    proposal = making.sent()
    starts_at = timezone.now() + timedelta(days=40)
    decision = making.decision(proposal, secretary, starts_at=starts_at)
    assert reviewing.release(decisions=[decision], by=secretary, now=starts_at) == [(decision, None)]
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    assert not proposal.activity.sessions.exists()


@pytest.mark.parametrize(
    ("today", "months", "offered"),
    [
        ("2026-12-02", ["2026-12"], None),  # its last Tuesday that is four weeks away lies in January
        ("2026-12-02", ["2026-12", "2027-01"], "2027-01-05T10:00"),
        ("2026-11-02", ["2026-12"], "2026-12-01T10:00"),
        ("2026-11-06", ["2026-12"], "2026-12-08T10:00"),  # the first Tuesday would be in less than four weeks
        ("2026-11-06", ["2027-02", "2026-11"], "2027-02-02T10:00"),
        ("2026-11-06", [], None),
    ],
)
def test_the_start_offered_leaves_time_to_announce_it(client, secretary, today, months, offered):
    with time_machine.travel(f"{today}T09:00Z", tick=False):
        proposal = making.sent(months=months)
        client.force_login(secretary)
        page = client.get(f"/proposals/desk/{proposal.code}/").text
    field = re.search(r'<input[^>]*name="decision-starts_at"[^>]*>', page)[0]
    assert re.findall(r'value="([^"]*)"', field) == ([offered] if offered else [])


def test_published_is_followed_once(secretary):
    proposal = making.sent()
    reviewing.release(decisions=[making.decision(proposal, secretary, starts_at=making.NOON)], by=secretary)
    assert actions.follow() == 0
    proposal.refresh_from_db()
    Activity.objects.filter(pk=proposal.activity_id).update(published_at=making.NOON)
    assert (actions.follow(), actions.follow()) == (1, 0)
    proposal.refresh_from_db()
    assert proposal.state == "became_activity"
    assert Letter.objects.filter(kind="proposal_published").count() == 1


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
    assert "<h2>Bus de nuit sûrs</h2>" in change
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
