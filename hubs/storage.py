"""Under which names documents lie that are not everybody's (files/ keeps them, and gives them out by our pages only)."""

import uuid
from pathlib import PurePosixPath

from files.store import private_storage

__all__ = ["anonymous", "document_path", "evidence_path", "private_storage", "research_path"]


def evidence_path(_row: object, name: str) -> str:
    return anonymous("evidence", name)


def document_path(_row: object, name: str) -> str:
    return anonymous("agreements", name)


def research_path(_row: object, name: str) -> str:
    return anonymous("research", name)


def anonymous(folder: str, name: str) -> str:
    """Under a name nobody can guess. What the file was called when it came stands in the row."""
    return f"{folder}/{uuid.uuid4().hex}{PurePosixPath(name).suffix.lower()}"
