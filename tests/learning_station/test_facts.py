import pytest

from accounts.models import Organization
from catalog.models import Activity, Topic
from hubs.models import Host
from learning_station.facts import load_facts
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


def test_facts_are_loaded_once():
    first = load_facts()
    assert first.pop("names of members") > 1000
    assert first == {"members": 147, "topics": 12, "hosts": 6, "past activities": 54}
    assert set(load_facts().values()) == {0}


def test_what_staff_corrected_stays():
    load_facts()
    Organization.objects.filter(slug="dakar").update(name="Ville de Dakar", certainty="stated")
    cairo = Organization.objects.get(slug="cairo")
    cairo.names.exclude(language="ar").delete()
    load_facts()
    assert Organization.objects.get(slug="dakar").name == "Ville de Dakar"
    assert [str(name) for name in cairo.names.all()] == ["القاهرة"]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """For those that only look; the others come before it is made."""
    with made_once(django_db_blocker):
        load_facts()
        yield


def test_hosts_and_topics_speak_three_languages(loaded):
    for row in [*Host.objects.all(), *Topic.objects.all()]:
        assert all((row.name_en, row.name_fr, row.name_es)), row.slug


def test_history_says_what_is_known_and_no_more(loaded):
    dated = Activity.objects.get(slug="resilient-city-learning-program")
    assert (dated.held_on.isoformat(), dated.held_until.isoformat()) == ("2021-09-06", "2021-09-24")
    assert dated.ends_at is not None
    undated = Activity.objects.get(slug="urban-mass-transit-and-brt-planning")
    assert (undated.held_on, undated.ends_at) == (None, None)
    assert not Activity.objects.exclude(sessions=None).exists()


def test_an_activity_of_others_names_who_offered_it(loaded):
    activity = Activity.objects.get(slug="surplus-food-pilot-project-workshop")
    assert (activity.host, activity.offered_by) == (None, "New Taipei City")


def test_every_topic_and_host_named_by_history_exists(loaded):
    assert not Activity.objects.filter(topics=None).exists()
    assert Topic.objects.filter(activities__isnull=False).distinct().count() == 12
