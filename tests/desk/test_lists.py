"""A list, and the export made from it, gives nothing when a filter names what is not there or not for this person."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db

# Values that no filter offers, whatever it is about.
STRANGE = ["987654321", "nonsense", "²", "-1", "0x1"]


@pytest.fixture
def here() -> Registration:
    return cast.register(cast.session(), cast.person("Amina Diallo"))


@pytest.fixture
def elsewhere() -> Registration:
    return cast.register(cast.session(cast.activity("Of Cairo", host=cast.host("cairo"))))


def listed(client: Client, page: str, **asked: object) -> list:
    answer = client.get(reverse(f"admin:{page}_changelist"), asked)
    assert answer.status_code == 200, asked
    return list(answer.context["cl"].result_list)


def exported(client: Client, **asked: object) -> list[str]:
    page = reverse("admin:registrations_registration_export", query=asked)
    answer = client.post(page, {"format": "0", "resource": "0"})
    return b"".join(answer.streaming_content).decode().strip().splitlines()[1:]


def test_what_belongs_to_another_host_filters_to_nothing(here: Registration, elsewhere: Registration) -> None:
    client = Client()
    client.force_login(cast.coordinator())
    page = "registrations_registration"
    assert listed(client, page, session__id__exact=here.session_id) == [here]
    assert len(exported(client, session__id__exact=here.session_id)) == 1
    session, activity = elsewhere.session, elsewhere.session.activity
    for name, value in (
        ("session__id__exact", session.pk),
        ("activity", activity.pk),
        ("session__activity__host__id__exact", activity.host_id),  # offered only to who has several hosts
    ):
        assert listed(client, page, **{name: value}) == []
        assert exported(client, **{name: value}) == []
    answer = client.get(reverse(f"admin:{page}_changelist"), {"activity": activity.pk})
    assert "nothing is listed" in answer.text
    assert listed(client, "catalog_session", activity__host__id__exact=activity.host_id) == []
    assert listed(client, "registrations_invitation", session__id__exact=session.pk) == []


def test_no_filter_of_any_list_gives_everything_for_what_it_does_not_offer(here: Registration) -> None:
    client = Client()
    client.force_login(cast.secretary())
    tried = 0
    for model_admin in admin.site._registry.values():
        opts = model_admin.model._meta
        page = f"{opts.app_label}_{opts.model_name}"
        whole = client.get(reverse(f"admin:{page}_changelist"))
        names = {
            name for spec in whole.context["cl"].filter_specs for name in spec.expected_parameters() if name
        }
        for number, name in enumerate(sorted(names)):
            if name.endswith("__isnull"):
                continue
            assert listed(client, page, **{name: STRANGE[number % len(STRANGE)]}) == [], (page, name)
            tried += 1
        if when := model_admin.date_hierarchy:
            assert listed(client, page, **{f"{when}__year": "0"}) == []
    assert tried > 20


def test_an_export_of_what_cannot_be_read_holds_nothing(here: Registration) -> None:
    client = Client()
    client.force_login(cast.secretary())
    assert len(exported(client)) == 1
    for name in ("session__id__exact", "state__exact", "over_places__exact", "region", "activity"):
        for value in STRANGE:
            assert exported(client, **{name: value}) == [], (name, value)
