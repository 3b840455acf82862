"""A list, and the export made from it, gives nothing when a filter names what is not there or not for this person."""

import csv

import pytest
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.test import Client
from django.urls import reverse
from django.utils import translation
from modeltranslation.translator import NotRegistered, translator

from desk.export import separator
from desk.languages import side_by_side
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


def unsearched(model_admin: admin.ModelAdmin) -> list[str]:
    """Columns of translated texts that the list's search leaves out while it searches others of the same text."""
    asked, wanted = set(model_admin.search_fields), set()
    for path in asked:
        field = get_fields_from_path(model_admin.model, path)[-1]
        text = getattr(getattr(field, "translated_field", field), "name", "")
        try:
            is_translated = text in translator.get_options_for_model(field.model).all_fields
        except NotRegistered:
            continue
        if is_translated:
            way = path.removesuffix(field.name)
            wanted |= {f"{way}{column}" for column in side_by_side(text)}
    return sorted(wanted - asked)


def test_every_list_finds_translated_texts_in_all_languages() -> None:
    left_out = {str(model): unsearched(model_admin) for model, model_admin in admin.site._registry.items()}
    assert {model: columns for model, columns in left_out.items() if columns} == {}


def test_registrations_and_invitations_are_found_by_the_french_and_spanish_title() -> None:
    activity = cast.activity("Night buses", title_fr="Bus de nuit", title_es="Autobuses nocturnos")
    session = cast.session(activity)
    registration, invitation = cast.register(session), cast.invitation(session, "ada@city.example")
    client = Client()
    client.force_login(cast.secretary())
    for title in ("night buses", "bus de nuit", "NOCTURNOS"):
        assert listed(client, "registrations_registration", q=title) == [registration]
        assert listed(client, "registrations_invitation", q=title) == [invitation]


@pytest.mark.parametrize(("language", "comma"), [("en", ","), ("fr", ";"), ("es", ";"), ("ar", ",")])
def test_files_are_parted_as_spreadsheets_of_the_language_expect(language: str, comma: str) -> None:
    with translation.override(language):
        assert separator() == comma


def test_proposals_leave_in_the_readers_csv_too() -> None:
    client = Client(headers={"accept-language": "es"})
    client.force_login(cast.secretary())
    client.cookies["django_language"] = "es"
    with translation.override("es"):
        page = reverse("reviews:export")
    content = client.post(page, {"format": "csv"}).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(next(csv.reader([content.decode("utf-8-sig").splitlines()[0]], delimiter=";"))) > 5
