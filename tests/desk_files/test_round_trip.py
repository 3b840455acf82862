"""The file as exported, in any language and format, imported again unchanged does nothing."""

import pytest
from auditlog.models import LogEntry
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Organization, OrganizationName, User
from catalog.models import Activity, Meeting, Session
from demo.activities import make_activity
from demo.specs import activity_specs
from learning_station.facts import load_facts
from outbox.models import Letter
from tests import cast
from tests.made_once import made_once

from .making import done, read

FORMATS = {"csv": "0", "xlsx": "1"}
EACH = [("en", "xlsx"), ("fr", "csv"), ("es", "csv"), ("ar", "xlsx")]
# Those of activities take some seconds each.
QUICK = [
    pytest.param("en", "xlsx", marks=pytest.mark.long),
    ("fr", "csv"),
    pytest.param("es", "csv", marks=pytest.mark.long),
    ("ar", "xlsx"),
]


@pytest.fixture(scope="module")
def station(django_db_setup, django_db_blocker):
    """The facts that come with the station, for all tests of this file."""
    with made_once(django_db_blocker):
        load_facts()
        yield cast.secretary()


@pytest.fixture(scope="module")
def demonstration(station, django_db_blocker):
    """Sessions of all kinds."""
    with made_once(django_db_blocker):
        for spec in activity_specs():
            make_activity(spec, by=station, now=timezone.now())
        yield


@pytest.fixture
def client(station, db) -> Client:
    client = Client()
    client.force_login(station)
    return client


def exported(
    client: Client, page: str, resource: str, language: str, format: str, question: str = ""
) -> bytes:
    with translation.override(language):
        address = reverse(page)
    form = {"format": FORMATS[format], f"{resource}_id": True, "resource": 0}
    answer = client.post(f"{address}{question}", form)
    assert answer.status_code == 200, answer.content[:300]
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def as_they_are(*models: type[Model]) -> list[list[dict[str, object]]]:
    with translation.override("en"):  # a translated text is that of the language that is set
        return [list(model._default_manager.order_by("pk").values()) for model in models]


@pytest.mark.parametrize(("language", "format"), EACH)
def test_organizations(client, station, language, format):
    before = [list(model.objects.order_by("pk").values()) for model in (Organization, OrganizationName)]
    assert len(before[0]) > 100
    assert len(before[1]) > 300
    content = exported(client, "admin:accounts_organization_export", "organizationresource", language, format)
    history = LogEntry.objects.count()
    of = done(read("organizations", content, by=station))
    assert of.entries.count() == len(before[0])
    assert set(of.entries.values_list("outcome", "why")) == {("same", "")}
    after = [list(model.objects.order_by("pk").values()) for model in (Organization, OrganizationName)]
    assert (after, LogEntry.objects.exclude(content_type__model="import").count()) == (before, history)


@pytest.mark.parametrize(("language", "format"), [("fr", "csv"), ("ar", "xlsx")])
def test_people(client, station, language, format):
    odd = cast.person("=cmd|' /C calc'!A0", email="o'brien+x@city.example", member=False)
    people = [odd, cast.reader(), *cast.people(3), User.objects.create_user("bare@city.example")]
    before = list(User.objects.order_by("pk").values())
    content = exported(client, "admin:accounts_user_export", "userresource", language, format)
    of = done(read("people", content, by=station, source="Ours", ground="named"))
    assert of.entries.count() == len(people) + 1
    assert set(of.entries.values_list("outcome", "why")) == {("same", "")}
    assert (list(User.objects.order_by("pk").values()), Letter.objects.count()) == (before, 0)


@pytest.mark.parametrize(("language", "format"), QUICK)
@pytest.mark.usefixtures("demonstration")
def test_activities(client, station, language, format):
    before = as_they_are(Activity, Session, Meeting)
    assert len(before[0]) > 20
    content = exported(client, "admin:catalog_activity_export", "activityresource", language, format)
    of = done(read("activities", content, by=station))
    assert of.entries.count() >= len(before[1])
    assert set(of.entries.values_list("outcome", "why")) == {("same", "")}
    assert as_they_are(Activity, Session, Meeting) == before
