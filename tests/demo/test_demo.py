"""The demonstration: of any size, never in production, in its languages."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from accounts.models import Organization
from catalog.models import Activity, Session
from demo import specs
from demo.activities import make_activity
from demo.doubles import clear_doubles, make_doubles
from demo.management.commands.demo import Command
from demo.stale_translations import catch_up, leave_stale
from desk.translations import stale_translations
from hubs.models import Host
from learning_station.facts import load_facts
from merging.actions import merge_organizations
from merging.models import LikelyDouble
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_station_of_any_size():
    load_facts()
    call_command(Command(), sessions=40, registrations=600)
    sessions = Session.objects.filter(activity__slug__startswith="sample-")
    assert sessions.count() == 40
    assert Registration.objects.count() == 600
    assert not sessions.filter(places_taken__gt=F("places")).exists()
    assert Activity.objects.upcoming(timezone.now()).filter(search_vector__isnull=False).count() == 20
    assert sum(sessions.values_list("places_taken", flat=True)) == Registration.objects.confirmed().count()


def test_production_has_no_place_for_it(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command(Command())
    assert not Activity.objects.exists()


def test_registrations_need_sessions_to_stand_in():
    with pytest.raises(CommandError, match="--sessions"):
        call_command(Command(), registrations=5)


def test_texts_stand_in_their_own_language():
    load_facts()
    spec = specs.activity_specs()[0]
    make_activity(spec, by=cast.secretary(), now=timezone.now())
    activity = Activity.objects.get(slug=spec["slug"])
    assert (activity.title_fr, activity.summary_es) == (spec["title"]["fr"], spec["summary"]["es"].strip())


def test_some_translations_lag_and_go_with_the_demonstration():
    load_facts()
    true = Host.objects.get(slug="seoul")
    slugs = {"paying-for-waste-by-weight", "one-form-fewer"}
    for spec in (spec for spec in specs.activity_specs() if spec["slug"] in slugs):
        make_activity(spec, by=cast.secretary(spec["slug"]), now=timezone.now())
    for _twice in range(2):
        leave_stale(new=slugs)
    paying = Activity.objects.get(slug="paying-for-waste-by-weight")
    assert [stale.translation.column for stale in stale_translations(paying)] == [
        "description_fr",
        "description_es",
    ]
    assert paying.description_html_en.count("New this year:") == 1
    assert (paying.summary_fr, Activity.objects.get(slug="one-form-fewer").description_html_es) == ("", "")
    host = Host.objects.get(slug="seoul")
    assert [stale.translation.column for stale in stale_translations(host)] == ["about_fr", "about_es"]
    catch_up()
    host.refresh_from_db()
    assert (host.about_en, host.words_as_of) == (true.about_en, {})


def test_one_city_is_there_twice_and_goes_with_the_demonstration():
    load_facts()
    dakar = Organization.objects.get(slug="dakar")
    amina, names = cast.person(organization=dakar), set(dakar.names.values_list("name", flat=True))
    for _twice in range(2):
        make_doubles()
    pair = LikelyDouble.objects.get()
    amina.refresh_from_db()
    assert (pair.first, pair.second, amina.organization) == (dakar, pair.second, pair.second)
    merge_organizations(kept=dakar, gone=pair.second, by=cast.superuser())
    make_doubles()
    clear_doubles()
    assert set(dakar.names.values_list("name", flat=True)) == names
    assert not Organization.every.filter(slug="ville-de-dakar").exists()
