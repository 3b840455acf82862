import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.utils import timezone

from .store import private_storage


class FileToDelete(models.Model):
    """A document that no row names any more, until it is gone. Written in the transaction that forgets it:
    so none outlives its row because the storage was silent, and none goes because a transaction failed.
    """

    name = models.CharField(max_length=200)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


def kept_path(_row: object, name: str) -> str:
    """A name nobody can guess. What the file was called when it came stands in the row."""
    return f"kept/{uuid.uuid4().hex}{PurePosixPath(name).suffix.lower()}"


class KeptFile(models.Model):
    """A file that came with a form which is not saved yet: browsers never send a chosen file twice. It waits for who chose
    it, a day at most, until another row names it (files/keeping.py)."""

    key = models.CharField(max_length=20)  # tells one content from another
    file = models.FileField(storage=private_storage, upload_to=kept_path, max_length=200)
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveIntegerField()
    waits_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["waits_for", "key"], name="kept_file_waits_once")]

    def __str__(self) -> str:
        return self.file_name
