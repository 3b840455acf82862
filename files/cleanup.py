"""A document goes when the last row that names it is deleted, or names another. Nobody has to think of it."""

import logging

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_init, post_save

from .errors import StorageIsAway
from .models import FileToDelete
from .store import columns, is_named, private_storage

logger = logging.getLogger("station.files")

LOADED = "_files_when_loaded"
AT_ONCE = 200


def watch() -> None:
    for model in columns():
        post_init.connect(remember, sender=model)
        post_save.connect(after_saving, sender=model)
        post_delete.connect(after_deleting, sender=model)


def files_of(row: Model) -> dict[str, str]:
    """What the row's columns name. Left out: one that was not loaded, and a file that has not been stored yet."""
    known = {column: row.__dict__.get(column) for column in columns()[type(row)]}
    return {
        column: str(file)
        for column, file in known.items()
        if file and (isinstance(file, str) or getattr(file, "_committed", False))
    }


def remember(instance: Model, **about: object) -> None:
    setattr(instance, LOADED, files_of(instance))


def after_saving(instance: Model, update_fields: frozenset[str] | None, **about: object) -> None:
    now, loaded = files_of(instance), getattr(instance, LOADED)
    for column in columns()[type(instance)]:
        if update_fields is not None and column not in update_fields:
            continue
        if (before := loaded.pop(column, "")) and before != now.get(column):
            delete_on_commit(before)
        if column in now:
            loaded[column] = now[column]


def after_deleting(instance: Model, **about: object) -> None:
    for name in files_of(instance).values():
        delete_on_commit(name)


def delete_on_commit(name: str) -> None:
    """Once the transaction is over for good, and as often as it takes."""
    row = FileToDelete.objects.create(name=name)
    transaction.on_commit(lambda: delete(row), robust=True)


def delete(row: FileToDelete) -> bool:
    """Whether it is gone. When the storage is away, the row stays for the next round."""
    try:
        if not is_named(row.name):
            private_storage().delete(row.name)
    except (StorageIsAway, OSError) as error:
        logger.warning("A file that was forgotten is still there; it goes later: %s", error)
        return False
    row.delete()
    return True


def delete_pending() -> int:
    """What could not be deleted at its time. Answers how many are gone now."""
    return sum(delete(row) for row in FileToDelete.objects.order_by("since")[:AT_ONCE])
