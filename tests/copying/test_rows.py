"""Each column of what is copied is decided on: a new one is named here, or among those that stay behind."""

from typing import Any

import pytest
from django.db.models import Model

from catalog.models import Activity, Material, Meeting, Picture, Session
from copying.rows import LEFT, OWN

COPIED: dict[type[Model], set[str]] = {
    Activity: {
        *("format", "host", "offered_by", "credited_to", "partners"),
        *("title", "summary", "description", "description_html", "words_as_of"),
        *("audiences", "languages", "interpretation", "regions"),
        *(
            "certificate",
            "certificate_percent",
            "certificate_percent_of",
            "leaves_out_excused",
            "certificate_rule",
        ),
        *("picture_key", "picture_alt", "picture_credit", "picture_link"),
    },
    # With its hours moved, and of the copy.
    Session: {
        *("activity", "label", "timezone", "self_paced", "starts_at", "ends_at", "venue"),
        "practical_notes",
        *("admission", "eligibility", "members_first_until", "places", "reminder_leads"),
        *("registration_opens_at", "registration_closes_at", "late_registration"),
    },
    Meeting: {"session", "starts_at", "ends_at", "title"},
    Material: {
        *("activity", "session", "title", "kind", "link", "file", "file_name", "file_size"),
        *("language", "meant_for", "shown_to", "position"),
    },
    Picture: {"activity", "key", "waits_for", "avif_320", "avif_640", "webp_640", "jpg_1280"},
}


def said_as(field: Any) -> str:
    """A translated text is decided on once."""
    return getattr(field, "translated_field", field).name


@pytest.mark.parametrize("model", COPIED, ids=lambda model: model.__name__)
def test_each_column_is_copied_or_left(model: type[Model]) -> None:
    columns = {said_as(field) for field in model._meta.concrete_fields if not field.primary_key}
    assert sorted(columns - COPIED[model] - LEFT[model]) == []
    assert sorted((COPIED[model] | LEFT[model]) - columns) == []
    assert COPIED[model].isdisjoint(LEFT[model])


def test_all_own_models_are_looked_at() -> None:
    assert {*COPIED, Activity.topics.through} == set(OWN)
    assert COPIED.keys() == LEFT.keys()
