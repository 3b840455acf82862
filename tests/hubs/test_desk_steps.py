"""What the Secretariat decides about an agreement: it is asked first, and a refusal loses nothing that was typed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hubs.models import Agreement
from outbox.models import Letter
from tests import cast

from .agreements import contact, draft
from .at_the_desk import step

pytestmark = pytest.mark.django_db


def test_the_secretariat_signs_after_being_asked(client, hub):
    agreement = draft(hub)
    contact(agreement)
    client.force_login(cast.secretary())
    page = client.get(step("signature", agreement)).text
    assert "It holds from 1 June 2025 to 31 May 2028." in page
    assert "2 people will be written to: English 2." in page
    assert not Letter.objects.exists()
    client.post(step("signature", agreement), {"thing-0-signed_on": "2025-05-20"})
    agreement.refresh_from_db()
    assert agreement.signed_on == date(2025, 5, 20)
    assert Letter.objects.filter(kind="agreement_signed").count() == 2


def test_a_second_agreement_at_the_same_time_is_refused_with_a_sentence(client, agreement):
    other = draft(agreement.host, starts_on=agreement.ends_on)
    client.force_login(cast.secretary())
    answer = client.post(step("signature", other), {"thing-0-signed_on": "2025-05-20"}, follow=True)
    assert "A host has one at a time" in answer.text
    other.refresh_from_db()
    assert not other.is_signed


def test_extending_renewing_and_ending_from_the_desk(client, agreement):
    client.force_login(cast.secretary())
    later = agreement.ends_on + timedelta(days=30)
    client.post(step("extension", agreement), {"thing-0-ends_on": later, "thing-0-reason": "Floods."})
    agreement.refresh_from_db()
    assert agreement.ends_on == later
    question = client.get(step("renewal", agreement)).text
    assert "written to once it is signed" in question
    assert "will be written to" not in question, "a draft tells nobody"
    before = Letter.objects.count()
    client.post(
        step("renewal", agreement),
        {"thing-0-starts_on": later + timedelta(days=1), "thing-0-ends_on": "", "thing-0-signed_on": ""},
    )
    renewal = Agreement.objects.get(renews=agreement)
    assert (renewal.starts_on, renewal.is_signed) == (later + timedelta(days=1), False)
    assert Letter.objects.count() == before
    last = timezone.now().date() + timedelta(days=1)
    client.post(step("early-end", agreement), {"thing-0-on": last, "thing-0-reason": "By consent."})
    agreement.refresh_from_db()
    assert (agreement.ended_early_on, agreement.ended_early_reason) == (last, "By consent.")


def test_a_step_without_its_reason_asks_again(client, agreement):
    client.force_login(cast.secretary())
    answer = client.post(
        step("extension", agreement), {"thing-0-ends_on": "2040-01-01", "thing-0-reason": ""}
    )
    assert answer.status_code == 422
    agreement.refresh_from_db()
    assert agreement.extensions.count() == 0


# Refused, and nothing typed is lost


@pytest.mark.parametrize(
    ("noun", "facts", "sentence"),
    [
        ("extension", {"ends_on": "2026-01-01", "reason": "Floods in spring."}, "has to be later than"),
        ("early-end", {"on": "2001-01-01", "reason": "By consent of both."}, "has to be later than"),
        ("early-end", {"on": "2090-01-01", "reason": "By consent of both."}, "has to be earlier than"),
        ("renewal", {"starts_on": "2026-02-01"}, "A host has one at a time"),
        (
            "review",
            {"held_on": "2001-01-01", "outcome": "at_risk", "findings": "It took an hour to write."},
            "A review is held while the agreement runs",
        ),
    ],
)
def test_what_is_refused_is_said_beside_what_was_typed(client, agreement, noun, facts, sentence):
    client.force_login(cast.secretary())
    answer = client.post(step(noun, agreement), {f"thing-0-{name}": text for name, text in facts.items()})
    assert answer.status_code == 422
    assert sentence in answer.text
    for text in facts.values():
        assert text in answer.text
    agreement.refresh_from_db()
    assert (agreement.extensions.count(), agreement.ended_early_on, agreement.has_renewal) == (0, None, False)


def test_a_signature_is_not_of_tomorrow(client, hub):
    agreement = draft(hub)
    tomorrow = agreement.today(timezone.now()) + timedelta(days=1)
    client.force_login(cast.secretary())
    answer = client.post(step("signature", agreement), {"thing-0-signed_on": tomorrow})
    assert answer.status_code == 422
    assert "Its day cannot be later than today." in answer.text
    agreement.refresh_from_db()
    assert not agreement.is_signed
    today = tomorrow - timedelta(days=1)
    assert client.post(step("signature", agreement), {"thing-0-signed_on": today}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.signed_on == today


def test_a_renewal_signed_tomorrow_is_no_renewal(client, agreement):
    client.force_login(cast.secretary())
    facts = {
        "thing-0-starts_on": agreement.ends_on + timedelta(days=1),
        "thing-0-signed_on": agreement.today(timezone.now()) + timedelta(days=1),
    }
    assert client.post(step("renewal", agreement), facts).status_code == 422
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("noun", "facts"),
    [
        ("review", {"outcome": "as_planned", "findings": "It took an hour to write."}),
        ("early-end", {"reason": "By consent of both."}),
        ("renewal", {}),
    ],
)
def test_who_comes_second_with_the_same_step_is_told_and_keeps_the_text(client, agreement, noun, facts):
    """Two staff at one form, or one who goes back and sends it again."""
    client.force_login(cast.secretary())
    day = {"review": "held_on", "early-end": "on", "renewal": "starts_on"}[noun]
    today = agreement.today(timezone.now())
    facts = facts | {day: agreement.ends_on + timedelta(days=1) if noun == "renewal" else today}
    typed = {f"thing-0-{name}": text for name, text in facts.items()}
    assert client.post(step(noun, agreement), typed).status_code == 302
    answer = client.post(step(noun, agreement), typed)
    assert answer.status_code == 422
    assert "This stays as it is." in answer.text
    for text in facts.values():
        assert str(text) in answer.text
    assert 'type="submit"' not in answer.text.partition('<div class="submit-row">')[2]
