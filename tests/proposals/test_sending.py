from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts.models import User
from outbox.models import Letter
from proposals import actions, errors, tokens
from proposals.models import Proposal
from reviews import actions as reviewing
from tests import cast

from . import making

pytestmark = pytest.mark.django_db


def test_sending_keeps_the_text_and_writes_one_receipt_in_the_persons_language():
    aya = cast.person("Aya Koné", language="fr")
    proposal = making.draft(aya)
    sent = actions.send(proposal=proposal, content=making.content(), by=aya)
    again = actions.send(proposal=proposal, content=making.content(title="Another"), by=aya)
    assert (sent.state, again.state, again.title) == (
        "submitted",
        "submitted",
        "Night buses that people trust",
    )
    assert [revision.number for revision in sent.revisions.all()] == [1]
    letter = Letter.objects.get(kind="proposal_received")
    assert (letter.person, letter.language) == (aya, "fr")
    assert sent.code in letter.text
    assert f"/fr/proposals/{sent.code}/" in letter.text


@pytest.mark.parametrize(
    ("field", "label"),
    [("title", "Title"), ("outline", "Outline"), ("topics", "Topics"), ("offers", "What you offer")],
)
def test_what_is_not_complete_is_not_sent(field, label):
    amina = cast.person()
    proposal = making.draft(amina)
    with pytest.raises(errors.NotComplete) as refusal:
        actions.send(proposal=proposal, content=making.content(**{field: ""}), by=amina)
    assert refusal.value.labels == [label]
    proposal.refresh_from_db()
    assert proposal.is_draft
    assert not Letter.objects.exists()


def test_an_organization_is_needed_known_or_other():
    amina = cast.person()
    with pytest.raises(errors.NotComplete):
        actions.send(proposal=making.draft(amina), content=making.content(organization=None), by=amina)
    sent = making.sent(amina, organization=None, organization_other="Water Works of Elsewhere")
    assert (sent.organization, sent.organization_name, sent.region) == (None, "Water Works of Elsewhere", "")


def test_what_is_too_long_is_not_sent():
    amina = cast.person()
    with pytest.raises(errors.NotComplete):
        actions.send(proposal=making.draft(amina), content=making.content(aim="a" * 401), by=amina)


def test_without_an_account_it_counts_once_the_letter_was_opened():
    proposal = making.draft()
    letter = actions.ask_to_confirm(
        proposal=proposal, content=making.content(contact_email="New@City.example")
    )
    proposal.refresh_from_db()
    assert (proposal.state, proposal.person, letter.to) == ("draft", None, "New@City.example")
    assert not User.objects.exists()
    token = letter.text.split("/confirmation/")[1].split("/")[0]
    sent = actions.confirm(token=token)
    assert sent.state == "submitted"
    assert (sent.person.email, sent.person.name) == ("new@city.example", "Amina Diallo")
    assert sent.person.emailaddress_set.get().verified
    assert actions.confirm(token=token).pk == sent.pk
    assert Letter.objects.filter(kind="proposal_received").count() == 1


def test_only_the_newest_letter_sends_and_what_was_pressed_is_what_is_sent():
    proposal = making.draft()
    now = timezone.now()
    first = actions.ask_to_confirm(proposal=proposal, content=making.content(title="First"), now=now)
    second = actions.ask_to_confirm(
        proposal=proposal, content=making.content(title="Second"), now=now + timedelta(minutes=1)
    )
    tokens_sent = [letter.text.split("/confirmation/")[1].split("/")[0] for letter in (first, second)]
    with pytest.raises(errors.LinkNoLongerGood):
        actions.confirm(token=tokens_sent[0])
    assert actions.confirm(token=tokens_sent[1]).title == "Second"


def test_no_other_secret_confirms():
    proposal = making.draft()
    actions.ask_to_confirm(proposal=proposal, content=making.content())
    proposal.refresh_from_db()
    for token in (proposal.secret, tokens.continuation(proposal), "nonsense"):
        with pytest.raises(errors.LinkNoLongerGood):
            actions.confirm(token=token)


def test_who_began_before_the_call_closed_has_an_hour_more():
    call = making.call()
    amina = cast.person()
    early = making.draft(amina, call=call, now=call.closes_at - timedelta(minutes=5))
    late = making.draft(amina, call=call, now=call.closes_at + timedelta(minutes=5))
    with pytest.raises(errors.CallClosed):
        actions.send(
            proposal=late, content=making.content(), by=amina, now=call.closes_at + timedelta(minutes=10)
        )
    in_grace = call.closes_at + timedelta(minutes=59)
    assert actions.send(proposal=early, content=making.content(), by=amina, now=in_grace).state == "submitted"


def test_after_the_hour_the_text_is_there_and_goes_outside_of_the_call():
    call = making.call()
    amina = cast.person()
    proposal = making.draft(amina, call=call, now=call.closes_at - timedelta(days=1))
    over = call.closes_at + timedelta(hours=1)
    with pytest.raises(errors.CallClosed):
        actions.send(proposal=proposal, content=making.content(), by=amina, now=over)
    proposal.refresh_from_db()
    assert proposal.draft == {"title": "Night buses that people trust"}
    actions.leave_call(proposal=proposal, by=amina)
    assert actions.send(proposal=proposal, content=making.content(), by=amina, now=over).call is None


def test_pressed_in_time_and_confirmed_after_the_call_closed_it_counts():
    call = making.call()
    proposal = making.draft(call=call, now=call.closes_at - timedelta(days=1))
    letter = actions.ask_to_confirm(
        proposal=proposal, content=making.content(), now=call.closes_at - timedelta(minutes=1)
    )
    token = letter.text.split("/confirmation/")[1].split("/")[0]
    assert actions.confirm(token=token, now=call.closes_at + timedelta(days=2)).state == "submitted"


def test_a_call_that_is_not_open_yet_takes_nothing():
    call = making.call(opens_at=timezone.now() + timedelta(days=1))
    amina = cast.person()
    with pytest.raises(errors.CallNotOpen):
        actions.send(proposal=making.draft(amina, call=call), content=making.content(), by=amina)


def test_a_changed_text_is_a_new_revision_and_the_old_one_stays():
    amina = cast.person()
    proposal = making.sent(amina)
    actions.send_again(proposal=proposal, content=making.content(aim="A plan for two lines."), by=amina)
    assert [revision.content["aim"] for revision in proposal.revisions.all()] == [
        "Officials leave with a plan for one line.",
        "A plan for two lines.",
    ]
    with pytest.raises(errors.NothingChanged):
        actions.send_again(proposal=proposal, content=making.content(aim="A plan for two lines."), by=amina)


def test_what_is_being_read_is_not_rewritten():
    amina = cast.person()
    proposal = making.sent(amina)
    reviewing.assign(proposal=proposal, reviewer=making.reviewer(), by=cast.secretary())
    with pytest.raises(errors.CannotBeEdited):
        actions.send_again(proposal=proposal, content=making.content(aim="Other."), by=amina)
    with pytest.raises(errors.CannotBeEdited):
        actions.keep(proposal=proposal, typed={"title": "Other"}, by=amina)


def test_typing_is_kept_as_it_is_typed_and_another_window_is_not_written_over():
    proposal = making.draft(sitting="one")
    kept = actions.keep(proposal=proposal, typed={"title": "Half a ti"}, by=None, version=1, sitting="one")
    assert kept.version == 2
    with pytest.raises(errors.ChangedElsewhere) as refusal:
        actions.keep(proposal=proposal, typed={"title": "From elsewhere"}, by=None, version=1, sitting="two")
    assert refusal.value.version == 2
    # The same window may be behind by a save that is still on its way.
    assert actions.keep(
        proposal=proposal, typed={"title": "Half a title"}, by=None, version=1, sitting="one"
    ).draft == {"title": "Half a title"}


def test_a_draft_sent_twice_by_a_slow_line_is_one():
    one = actions.start(start_key="same", typed={"title": "A"}, by=None)
    two = actions.start(start_key="same", typed={"title": "A b"}, by=None)
    assert (one.pk, two.draft) == (two.pk, {"title": "A b"})
    assert Proposal.objects.count() == 1


def test_a_draft_begun_before_signing_in_belongs_to_who_goes_on_with_it():
    proposal = making.draft()
    amina = cast.person()
    actions.keep(proposal=proposal, typed={"title": "Mine"}, by=amina)
    proposal.refresh_from_db()
    assert proposal.person == amina


def test_withdrawing_is_for_who_proposed_and_once():
    amina, friend = cast.person(), cast.person("Lin Chen")
    proposal = making.sent(amina)
    asked = actions.invite_co_proposer(proposal=proposal, email=friend.email, by=amina)
    actions.join_as_co_proposer(asked=asked)
    with pytest.raises(errors.NotYours):
        actions.withdraw(proposal=proposal, by=friend)
    secretary = cast.secretary()
    making.decision(proposal, secretary)
    assert actions.withdraw(proposal=proposal, by=amina).state == "withdrawn"
    assert actions.withdraw(proposal=proposal, by=amina).state == "withdrawn"
    assert not proposal.decisions.exists()
    assert Letter.objects.filter(kind="proposal_withdrawn").count() == 2  # one to each


def test_co_proposers_say_yes_themselves_and_are_five_at_most():
    amina = cast.person()
    proposal = making.draft(amina)
    for position in range(5):
        actions.invite_co_proposer(proposal=proposal, email=f"friend{position}@city.example", by=amina)
    with pytest.raises(errors.TooManyCoProposers):
        actions.invite_co_proposer(proposal=proposal, email="one.more@city.example", by=amina)
    asked = proposal.co_proposers.first()
    assert list(Proposal.objects.of(amina)) == [proposal]
    joined = actions.join_as_co_proposer(asked=tokens.read_joining(tokens.joining(asked)))
    assert joined.person.email == "friend0@city.example"
    assert list(Proposal.objects.of(joined.person)) == [proposal]
    assert Letter.objects.filter(kind="proposal_join").count() == 5
    with pytest.raises(errors.AlreadyProposing):
        actions.invite_co_proposer(proposal=proposal, email=amina.email.upper(), by=amina)


def test_each_proposer_gets_the_receipt():
    amina = cast.person()
    proposal = making.draft(amina)
    asked = actions.invite_co_proposer(proposal=proposal, email="friend@city.example", by=amina)
    actions.invite_co_proposer(proposal=proposal, email="silent@city.example", by=amina)
    actions.join_as_co_proposer(asked=asked)
    actions.send(proposal=proposal, content=making.content(), by=amina)
    to = set(Letter.objects.filter(kind="proposal_received").values_list("to", flat=True))
    assert to == {amina.email, "friend@city.example"}


def test_one_writes_in_a_language_that_the_catalog_keeps():
    """An activity has columns for these; a text in another would be lost when it is accepted."""
    from catalog.models import Activity
    from proposals.forms import IdeaForm

    columns = {field.name for field in Activity._meta.get_fields()}
    choices = [code for code, _name in IdeaForm(typed={}).fields["written_in"].choices]
    assert choices == ["en", "fr", "es"]
    assert {f"title_{code}" for code in choices} <= columns
    with translation.override("ar"):
        assert IdeaForm(typed={}).initial["written_in"] == "en"


def test_to_an_address_nobody_has_proven_nothing_is_quoted_that_was_typed():
    typed = "Vous avez gagné, voyez https://spam.example"
    everything = {name: typed for name, value in making.content().items() if isinstance(value, str)}
    fields = everything | {
        "contact_email": "victim@city.example",
        "format": "webinar",
        "written_in": "fr",
        "host": "",
    }
    proposal = actions.start(start_key="a stranger’s", typed={"title": typed}, by=None)
    actions.send_link(proposal=proposal, email="victim@city.example")
    actions.ask_to_confirm(proposal=proposal, content=making.content(**fields))
    stranger = cast.person(typed, organization_other=typed, post=typed)
    theirs = actions.start(start_key="another", typed={"title": typed}, by=stranger)
    actions.invite_co_proposer(proposal=theirs, email="victim@city.example", by=stranger)
    letters = Letter.objects.filter(to="victim@city.example")
    assert {letter.kind for letter in letters} == {"proposal_continue", "proposal_confirm", "proposal_join"}
    for letter in letters:
        said = letter.subject + letter.text + letter.html + letter.from_name + letter.reply_to
        assert "spam.example" not in said, letter.kind
        assert "Vous avez gagné" not in said, letter.kind
    assert stranger.email in letters.get(kind="proposal_join").text

    known = cast.person("Lin Chen")
    actions.invite_co_proposer(proposal=theirs, email=known.email, by=stranger)
    assert typed in Letter.objects.get(to=known.email).subject, "who reads letters there is told who asks"
