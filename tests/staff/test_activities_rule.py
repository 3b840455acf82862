"""The rule for taking part on the screen of an activity, and the list of those that have words and no rule."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.certificate_rule import Certificate, Counted, Rule
from catalog.models import Activity, Session
from outbox.models import Letter
from staff.attention import what_needs_attention
from tests import cast
from tests.staff.activity_page import change_page, opened, typed_in

pytestmark = pytest.mark.django_db

TYPED = {"certificate": "participation", "certificate_percent": "80", "certificate_percent_of": "meetings"}


def rule(percent: int = 80, of: Counted = Counted.MEETINGS) -> Rule:
    return Rule(certificate=Certificate.PARTICIPATION, percent=percent, percent_of=of)


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


@pytest.fixture
def session() -> Iterator[Session]:
    activity = cast.activity(certificate="participation", certificate_percent=80)
    session = cast.session(activity)
    for language in ("en", "fr"):
        cast.register(session, cast.person(f"Reads {language}", language=language))
    session.refresh_from_db()
    return session


def save(client: Client, activity: Activity, **typed: Any) -> Any:
    return client.post(change_page(activity), opened(client, activity) | typed)


def stored(activity: Activity) -> Rule | None:
    return Activity.objects.get(pk=activity.pk).rule


def told() -> int:
    return Letter.objects.filter(kind="rule_changed").count()


def test_a_rule_is_typed_and_kept_and_the_history_has_it(client: Client) -> None:
    activity = cast.activity(certificate_rule="A certificate for all.")
    assert save(client, activity, **TYPED).status_code == 302
    assert stored(activity) == rule()
    changes = LogEntry.objects.get_for_object(activity).latest("pk").changes
    assert changes
    assert changes["certificate"] == ["none", "participation"]
    assert Activity.objects.get(pk=activity.pk).certificate_rule == "A certificate for all."


def test_a_new_activity_may_have_one_at_once(client: Client) -> None:
    made = cast.activity("Made before")
    page = client.get(reverse("admin:catalog_activity_add"))
    data = (
        typed_in(page) | TYPED | {"title_en": "New", "slug": "new", "format": "webinar", "host": made.host_id}
    )
    answer = client.post(reverse("admin:catalog_activity_add"), data)
    assert answer.status_code == 302, answer.context["errors"]
    assert Activity.objects.get(slug="new").rule == rule()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"certificate_percent": ""}, "certificate_percent"),
        ({"certificate_percent": "0"}, "certificate_percent"),
        ({"certificate_percent": "101"}, "certificate_percent"),
        ({"certificate_percent": "many"}, "certificate_percent"),
        ({"certificate_percent_of": "weeks"}, "certificate_percent_of"),
        ({"certificate": "diploma"}, "certificate"),
    ],
)
def test_half_a_rule_is_refused_next_to_its_field(client: Client, typed: dict[str, str], field: str) -> None:
    activity = cast.activity()
    answer = save(client, activity, **(TYPED | typed))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors.keys() == {field}
    assert stored(activity) is None


def test_what_is_typed_beside_none_does_not_count(client: Client) -> None:
    activity = cast.activity()
    typed = TYPED | {"certificate": "none", "certificate_percent_of": "minutes", "leaves_out_excused": "on"}
    assert save(client, activity, **typed).status_code == 302
    activity.refresh_from_db()
    assert (activity.rule, activity.certificate_percent, activity.leaves_out_excused) == (None, None, False)


def test_another_rule_asks_first_and_says_who_is_written_to(client: Client, session: Session) -> None:
    data = opened(client, session.activity) | {"certificate_percent": "50"}
    question = client.post(change_page(session.activity), data)
    text = question.content.decode()
    assert "It was: present at 80% of the meetings or more." in text
    assert "It will be: present at 50% of the meetings or more." in text
    assert "2 people will be written to" in text
    assert (stored(session.activity), told()) == (rule(80), 0)
    assert client.post(change_page(session.activity), data | {"_told": "yes"}).status_code == 302
    assert (stored(session.activity), told()) == (rule(50), 2)


def test_nobody_registered_nobody_asked(client: Client) -> None:
    session = cast.session(cast.activity(certificate="participation", certificate_percent=80))
    assert save(client, session.activity, certificate_percent="90").status_code == 302
    assert stored(session.activity) == rule(90)


def test_saving_anything_else_leaves_the_rule_and_tells_nobody(client: Client, session: Session) -> None:
    assert save(client, session.activity, title_en="Other").status_code == 302
    assert (stored(session.activity), told()) == (rule(80), 0)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"certificate": "none"}, "certificate"),
        ({"certificate": "completion"}, "certificate"),
        ({"certificate_percent": "81"}, "certificate_percent"),
        ({"certificate_percent_of": "minutes"}, "certificate_percent_of"),
    ],
)
def test_when_it_has_begun_what_takes_from_people_is_refused_next_to_the_field(
    client: Client, session: Session, typed: dict[str, str], field: str
) -> None:
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    answer = save(client, session.activity, **typed)
    assert answer.status_code == 200
    [error] = answer.context["adminform"].form.errors[field]
    assert "The first meeting has begun" in error
    assert stored(session.activity) == rule(80)


def test_it_is_for_those_who_may_change_the_activity(session: Session) -> None:
    reader, own, other = Client(), Client(), Client()
    reader.force_login(cast.reader())
    own.force_login(cast.coordinator(session.activity.host))
    other.force_login(cast.coordinator(cast.host("mexico-city")))
    data = TYPED | {"certificate_percent": "50", "_told": "yes"}
    assert reader.post(change_page(session.activity), data).status_code == 403
    assert other.post(change_page(session.activity), data).status_code in (302, 403, 404)
    assert stored(session.activity) == rule(80)
    assert save(own, session.activity, **data).status_code == 302
    assert stored(session.activity) == rule(50)


# Words without a rule


def test_words_without_a_rule_need_a_person_until_there_is_one(client: Client) -> None:
    in_words: dict[str, Any] = {"certificate_rule": "A certificate for all."}
    bare = cast.session(cast.activity("Bare", **in_words)).activity
    french = cast.session(cast.activity("French", certificate_rule_fr="Une attestation.")).activity
    cast.session(cast.activity("Ruled", certificate="completion", certificate_percent=80, **in_words))
    cast.session(cast.activity("Draft", published=False, **in_words))
    cast.session(cast.activity("Over", **in_words), starts_in=-timedelta(days=3))
    cast.session(cast.activity("At one’s own pace", **in_words), self_paced=True)
    cast.session(cast.activity("Silent"))

    def lines() -> list[str]:
        cards = what_needs_attention(cast.secretary())
        [card] = [card for card in cards if card.title == "A certificate in words only"]
        return sorted(line.title for line in card.lines)

    assert lines() == ["Bare", "French"]
    listed = client.get(f"{reverse('admin:catalog_activity_changelist')}?rule=words")
    assert {activity.title for activity in listed.context["cl"].result_list} == {"Bare", "French"}
    ruled = client.get(f"{reverse('admin:catalog_activity_changelist')}?rule=yes")
    assert {activity.title for activity in ruled.context["cl"].result_list} == {"Ruled"}
    assert save(client, bare, **TYPED).status_code == 302
    assert save(client, french, certificate_rule_fr="").status_code == 302
    assert lines() == []


def test_a_coordinator_hears_of_their_own_host(client: Client) -> None:
    for slug in ("seoul", "mexico-city"):
        cast.session(cast.activity(f"In {slug}", host=cast.host(slug), certificate_rule="A certificate."))
    own = cast.coordinator(cast.host("mexico-city"))
    [card] = [card for card in what_needs_attention(own) if card.title == "A certificate in words only"]
    assert [line.title for line in card.lines] == ["In mexico-city"]
