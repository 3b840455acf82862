"""What of the catalog's own rows is copied: each column but those named here, which belong to what was held once.

`tests/copying/test_rows.py` holds every column of these models: one that is new is decided on.
"""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.db.models import GeneratedField, Model

from catalog.models import Activity, Material, Meeting, Picture, Session

OWN: tuple[type[Model], ...] = (
    Activity,
    Activity.topics.through,
    Session,
    Meeting,
    Material,
    Picture,
)

# Of a translated text its name alone. A moment is moved by the deed, unless it stands here.
LEFT: Mapping[type[Model], frozenset[str]] = {
    Activity: frozenset(
        {
            *("slug", "earlier"),
            *("held_on", "held_until", "held_note", "source"),
            *("created_at", "published_at", "published_by", "withdrawn_at", "withdrawn_by", "news_at"),
            *("ends_at", "search_vector", "indexed_by"),
        }
    ),
    Session: frozenset(
        {
            *("joining_link", "joining_note"),
            *("cancelled_at", "cancelled_by", "cancellation_reason"),
            *("uid", "sequence", "places_taken", "waiting_count"),
            *("promised", "listed_at", "closes_at"),
        }
    ),
    Meeting: frozenset({"promised"}),
    Material: frozenset({"given_at"}),
    Picture: frozenset({"made_at"}),
}


def again[M: Model](row: M, **new: Any) -> M:
    """The row once more, not saved yet: with what is `new`, and as if nobody had said what is left behind. For rows of other
    rooms, too, which leave nothing."""
    twin = copy(row)
    twin._state.adding = True
    twin._state.fields_cache.clear()
    twin.__dict__.pop("_prefetched_objects_cache", None)
    for field in twin._meta.concrete_fields:
        said_as = getattr(field, "translated_field", field).name
        if isinstance(field, GeneratedField):
            twin.__dict__.pop(field.attname, None)
        elif field.primary_key or said_as in LEFT.get(type(row), ()):
            # Past the descriptors: that of a translated text writes in the language of the page.
            twin.__dict__[field.attname] = field.get_default()
    for name, value in new.items():
        setattr(twin, name, value)
    return twin
