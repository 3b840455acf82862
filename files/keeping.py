"""Files that came with a form which is not saved yet wait for who chose them, so that an error elsewhere costs no upload.

What is saved then names the same document, and its row here is deleted: the document stays, for another row names it.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from .models import KeptFile
from .uploads import check_size, checked, extension_of, harmless

UNSAVED_WAIT = timedelta(days=1)


def keep_file(
    *,
    file: UploadedFile[bytes],
    kinds: Collection[str],
    hint: object,
    largest: int,
    by: AbstractBaseUser,
    now: datetime,
) -> KeptFile:
    """Keep it for `by` and for nobody else, for a day. The same file again is the same row, and is looked at once.

    Raises ValidationError with a sentence (as `uploads.checked`), StorageIsAway.
    """
    check_size(file, largest)
    name = harmless(file.name or "")
    file.seek(0)
    key = hashlib.file_digest(file, "sha256").hexdigest()[:20]
    kept = waiting_for(by).filter(key=key).first()
    if kept is None or extension_of(kept.file_name) != extension_of(name):
        checked(file, kinds, hint, largest)
        file.seek(0)
        facts = {"file": file, "file_name": name, "file_size": file.size}
        kept, _new = KeptFile.objects.update_or_create(waits_for_id=by.pk, key=key, defaults=facts)
    kept.file_name, kept.kept_at = name, now
    kept.save(update_fields=["file_name", "kept_at"])
    return kept


def waiting_for(person: AbstractBaseUser) -> QuerySet[KeptFile]:
    return KeptFile.objects.filter(waits_for_id=person.pk)


def forget_unsaved(*, now: datetime) -> int:
    """What waited for a form long enough. Answers how many are gone."""
    return KeptFile.objects.filter(kept_at__lt=now - UNSAVED_WAIT).delete()[0]
