"""Small files of each kind."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from files.store import private_storage
from hubs.models import Evidence

PDF = b"%PDF-1.7\n%%EOF\n"


def upload(name: str = "report.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def private_root(monkeypatch, tmp_path):
    """Files that tests hand in lie in a folder of their own. Import this where files are handed in."""
    # One and the same, until a test sets other storages: then the columns keep theirs.
    both = (Evidence._meta.get_field("file").storage, private_storage())
    for storage in both:
        monkeypatch.setattr(storage, "_location", str(tmp_path))
        forget_folder(storage)
    yield tmp_path
    for storage in both:
        forget_folder(storage)


def forget_folder(storage) -> None:
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)
