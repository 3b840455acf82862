"""Where files lie that are not everybody's: out of reach of any web server, given out by our own pages only."""

import uuid
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateFiles(FileSystemStorage):
    """A folder that no address leads to."""

    def url(self, name: str | None) -> str:
        raise ValueError("These files have no address of their own: our pages give them out.")


def private_storage() -> Storage:
    return storages["private"]


def evidence_path(_row: Any, name: str) -> str:
    return anonymous("evidence", name)


def document_path(_row: Any, name: str) -> str:
    return anonymous("agreements", name)


def research_path(_row: Any, name: str) -> str:
    return anonymous("research", name)


def anonymous(folder: str, name: str) -> str:
    """Under a name nobody can guess. What the file was called when it came stands in the row."""
    return f"{folder}/{uuid.uuid4().hex}{PurePosixPath(name).suffix.lower()}"
