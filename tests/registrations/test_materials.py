"""What staff give for the people registered reaches them, at the session it belongs to, and nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.models import Material
from outbox.models import Letter
from registrations import actions
from registrations.materials import due_now, materials_for, to_prepare, write_due, write_one
from tests import cast

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUERIES = 9


@pytest.fixture
def spring():
    return cast.session(cast.activity("Night buses"), places=1, label="Spring")


@pytest.fixture
def autumn(spring):
    return cast.session(spring.activity, label="Autumn", starts_in=timedelta(days=200))


def give(session, title, *, to="participants", every=False) -> Material:
    link = f"https://library.example/{title.lower()}"
    made = Material(activity=session.activity, title=title, link=link, shown_to=to)
    made.session = None if every else session
    made.save()
    return made


@pytest.fixture
def materials(spring, autumn):
    give(spring, "Slides")
    give(autumn, "Plan")
    give(spring, "Recording", every=True)
    give(spring, "Reading", to="everyone", every=True)


def links(page: str) -> set[str]:
    return {
        title for title in ("slides", "plan", "recording", "reading") if f"library.example/{title}" in page
    }


def test_who_has_a_place_opens_what_is_for_this_session(client, spring, materials):
    has_place, waits = cast.register(spring), cast.register(spring)
    for registration, opens in [(has_place, {"slides", "recording", "reading"}), (waits, set())]:
        client.force_login(registration.person)
        assert links(client.get(registration.get_absolute_url()).text) == opens
    for reader in (cast.secretary(), waits.person, None):
        client.logout()
        if reader:
            client.force_login(reader)
        assert links(client.get(has_place.get_absolute_url()).text) <= {"reading"}
        page = client.get(spring.activity.get_absolute_url()).text
        assert links(page) == {"reading"}
        assert page.count("for people registered") == 3


def test_who_cancelled_and_who_was_called_off_opens_nothing(client, spring, materials):
    registration = cast.register(spring)
    client.force_login(registration.person)
    actions.cancel(registration=registration, by=registration.person)
    assert links(client.get(registration.get_absolute_url()).text) == set()
    registration = cast.register(spring, registration.person)
    actions.cancel_session(session=spring, reason="", by=cast.secretary())
    assert links(client.get(registration.get_absolute_url()).text) == set()


def test_a_material_belongs_to_a_session_of_its_own_activity(spring):
    material = give(spring, "Slides")
    material.session = cast.session()
    with pytest.raises(ValidationError, match="another activity"):
        material.full_clean()


def test_a_letter_brings_it_an_hour_after_the_end_and_again_when_something_was_added(spring, materials):
    registration, _waits = cast.register(spring), cast.register(spring)
    over = spring.ends_at + HOUR
    assert write_due(now=over - timedelta(minutes=1)) == 0
    assert write_due(now=over) == 1
    assert write_due(now=over) == write_due(now=over + DAY) == 0
    letter = Letter.objects.get(kind="materials")
    assert letter.person == registration.person
    assert letter.subject == "Materials: Night buses"
    for form in (letter.text, letter.html):
        assert links(form) == {"slides", "recording", "reading"}
        assert "Spring" in form

    later = over + 3 * DAY
    with time_machine.travel(later, tick=False):
        give(spring, "Minutes")
    assert write_due(now=later + timedelta(minutes=59)) == 0
    assert write_due(now=later + HOUR) == 1
    Material.objects.filter(title="Minutes").delete()
    assert write_due(now=later + 2 * HOUR) == 0


@pytest.mark.parametrize(
    "why", ["nothing for them", "withdrawn", "called off", "long over", "long ago", "older"]
)
def test_no_letter(spring, why):
    give(spring, "Slides", to="everyone" if why == "nothing for them" else "participants")
    cast.register(spring)
    now = spring.ends_at + HOUR
    match why:
        case "withdrawn":
            spring.activity.withdrawn_at = timezone.now()
            spring.activity.save()
        case "called off":
            actions.cancel_session(session=spring, reason="", by=cast.secretary())
        case "long over":
            Material.objects.update(given_at=(now := spring.ends_at + 61 * DAY) - HOUR)
        case "long ago":
            now += 8 * DAY
        case "older":
            Material.objects.update(given_at=None)
    assert write_due(now=now) == (why == "older")


def test_who_cancels_between_the_finding_and_the_writing_gets_none(spring, materials):
    registration = cast.register(spring)
    now = spring.ends_at + HOUR
    (due,) = due_now(now)
    type(registration).objects.update(state="cancelled", cancelled_at=now, cancelled_for="person")
    assert write_one(due, now=now) is None
    assert not Letter.objects.filter(kind="materials").exists()


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_costs_as_much_with_one_as_with_three(client, spring, how_many, django_assert_num_queries):
    registration = cast.register(spring)
    for number in range(how_many):
        give(spring, f"Slides {number}", to=("participants", "attended", "everyone")[number % 3])
    client.force_login(registration.person)
    client.get(registration.get_absolute_url())
    with django_assert_num_queries(1):
        assert len(materials_for(registration)) == how_many
    with django_assert_num_queries(QUERIES):
        client.get(registration.get_absolute_url())


def test_a_reminder_asks_once_for_what_is_to_prepare(spring, django_assert_num_queries):
    registration = cast.register(spring)
    give(spring, "Slides")
    with django_assert_num_queries(1):
        assert to_prepare(registration) == []


def test_withdrawn_nothing_opens_on_the_page_either(client, spring, materials):
    registration = cast.register(spring)
    type(spring.activity).objects.update(withdrawn_at=timezone.now())
    client.force_login(registration.person)
    assert links(client.get(registration.get_absolute_url()).text) == set()
