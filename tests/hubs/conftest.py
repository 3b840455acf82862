import pytest

from hubs.models import Evidence


@pytest.fixture(autouse=True)
def private_root(monkeypatch, tmp_path):
    """Files that tests hand in lie in a folder of their own."""
    storage = Evidence._meta.get_field("file").storage
    monkeypatch.setattr(storage, "_location", str(tmp_path))
    forget_folder(storage)
    yield tmp_path
    forget_folder(storage)


def forget_folder(storage) -> None:
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)
