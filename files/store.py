"""The one place where documents lie that are not everybody's, and the columns that name them."""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.core.files.storage import Storage, storages
from django.db.models import FileField, Model


def private_storage() -> Storage:
    return storages["private"]


@cache
def columns() -> dict[type[Model], list[str]]:
    """Which columns of which models name one of these documents."""
    by_model: dict[type[Model], list[str]] = {}
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and getattr(field, "_storage_callable", None) is private_storage:
                by_model.setdefault(model, []).append(field.attname)
    return by_model


def names() -> Iterator[str]:
    """Of every document that a row names."""
    for model, own in columns().items():
        for column in own:
            yield from model._base_manager.exclude(**{column: ""}).values_list(column, flat=True)


def is_named(name: str) -> bool:
    return any(
        model._base_manager.filter(**{column: name}).exists()
        for model, own in columns().items()
        for column in own
    )
