"""Small files of each kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from files.store import private_storage
from hubs.models import Evidence

PDF = b"%PDF-1.7\n%%EOF\n"


def upload(name: str = "report.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def private_root(tmp_path):
    """Files that tests hand in lie in a folder of their own. Import this where files are handed in."""
    with files_in(tmp_path):
        yield tmp_path


@contextmanager
def files_in(folder: Path) -> Iterator[None]:
    # One and the same, until a test sets other storages: then the columns keep theirs.
    both = {Evidence._meta.get_field("file").storage, private_storage()}
    before = {storage: storage._location for storage in both}
    for storage in both:
        storage._location = str(folder)
        forget_folder(storage)
    yield
    for storage, location in before.items():
        storage._location = location
        forget_folder(storage)


def forget_folder(storage) -> None:
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)
