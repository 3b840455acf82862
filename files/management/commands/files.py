"""Brings documents from a folder into the place where the station keeps them, or from there into a folder; and says which of
them no row names. What is there already is left, so it may be called as often as one likes.
"""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from files.errors import StorageIsAway
from files.folder import Folder
from files.store import names, private_storage

MAY_GET_A_ROW = timedelta(hours=1)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        mode = parser.add_mutually_exclusive_group(required=True)
        mode.add_argument("--from-folder", type=Path, metavar="FOLDER", help="bring what lies there")
        mode.add_argument("--to-folder", type=Path, metavar="FOLDER", help="bring everything there")
        mode.add_argument("--unnamed", action="store_true", help="list what no row names")
        parser.add_argument("--delete", action="store_true", help="with --unnamed: delete it")

    def handle(self, *args: object, **options: Any) -> None:
        store = private_storage()
        try:
            if options["unnamed"]:
                self.unnamed(store, delete=options["delete"])
            elif folder := options["from_folder"]:
                if not folder.is_dir():
                    raise CommandError(f"There is no folder {folder}.")
                self.bring(Folder(location=folder), store)
            else:
                self.bring(store, Folder(location=options["to_folder"]))
        except StorageIsAway as error:
            raise CommandError(f"{error} What was done stands; call this again.") from error

    def bring(self, source: Storage, target: Storage) -> None:
        brought = there = 0
        missing: list[str] = []
        for name in names():
            size = size_of(source, name)
            if size is not None and size_of(target, name) == size:
                there += 1
            elif size is not None:
                bring_one(source, target, name, size)
                brought += 1
            elif size_of(target, name) is not None:
                there += 1
            else:
                missing.append(name)
        self.stdout.write(f"{brought} brought, {there} were there already.")
        if missing:
            raise CommandError(f"{len(missing)} that rows name are in neither place: {', '.join(missing)}")

    def unnamed(self, store: Storage, *, delete: bool) -> None:
        """A crash between the coming of a file and its row leaves one. What came in the last hour may get its row yet."""
        young = timezone.now() - MAY_GET_A_ROW
        unnamed = [
            name
            for name in sorted(set(everything(store)) - set(names()))
            if store.get_modified_time(name) < young
        ]
        for name in unnamed:
            self.stdout.write(name)
            if delete:
                store.delete(name)
        self.stdout.write(f"{len(unnamed)} that no row names{' are deleted' if delete else ''}.")


def size_of(store: Storage, name: str) -> int | None:
    try:
        return store.size(name)
    except FileNotFoundError:
        return None


def bring_one(source: Storage, target: Storage, name: str, size: int) -> None:
    if target.exists(name):  # half of it
        target.delete(name)
    with source.open(name) as file:
        saved_as = target.save(name, file)
    if saved_as != name or target.size(name) != size:
        raise CommandError(f"{name} did not arrive whole. Call this again.")


def everything(store: Storage, folder: str = "") -> list[str]:
    try:
        folders, files = store.listdir(folder)
    except FileNotFoundError:
        return []
    start = f"{folder}/" if folder else ""
    return [start + name for name in files] + [
        path for name in folders for path in everything(store, start + name)
    ]
