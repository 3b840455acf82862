"""Writing: a draft is made with its first words and kept as it was typed, whole or not, right or wrong."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.models import User
from files.uploads import TEXTS, TEXTS_HINT, checked
from texts.cleaning import cleaned

from .. import errors
from ..content import LANGUAGES, Typed
from ..models import Attachment, Call, Proposal
from ..models.attachment import MOST_FILES
from ..states import State
from .moving import lock

# Nobody types more into one field; what programs pour in is cut.
MOST_TYPED = 50_000


@transaction.atomic
def start(
    *,
    start_key: str,
    typed: Typed,
    by: User | None,
    sitting: str = "",
    call: Call | None = None,
    now: datetime | None = None,
) -> Proposal:
    """A new draft. `start_key` was given out with the empty form: sent twice it is the same draft."""
    now = now or timezone.now()
    language = translation.get_language() or "en"
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                start_key=start_key,
                call=call,
                person=by,
                language=language if language in LANGUAGES else "en",
                draft=trimmed(typed),
                version=1,
                last_sitting=sitting,
                started_at=now,
                saved_at=now,
                state_since=now,
            )
    except IntegrityError:
        return keep(
            proposal=Proposal.objects.get(start_key=start_key), typed=typed, by=by, sitting=sitting, now=now
        )


@transaction.atomic
def keep(
    *,
    proposal: Proposal,
    typed: Typed,
    by: User | None,
    version: int | None = None,
    sitting: str = "",
    now: datetime | None = None,
) -> Proposal:
    """Keep what was typed, as it was typed. `typed` replaces the fields it names and leaves the others.

    With a `version` (the one the page was opened with) nothing is written over that another page (`sitting`) saved
    since: raises ChangedElsewhere then. Raises CannotBeEdited where the text stands.
    """
    locked = lock(proposal)
    if not locked.may_be_edited:
        raise errors.CannotBeEdited
    fresh = {**locked.draft, **trimmed(typed)}
    if fresh == locked.draft:
        claim(locked, by)
        return locked
    if version is not None and version != locked.version and sitting != locked.last_sitting:
        raise errors.ChangedElsewhere(locked.version)
    locked.draft = fresh
    locked.version += 1
    locked.last_sitting = sitting
    locked.saved_at = now or timezone.now()
    written_in = fresh.get("written_in")
    if locked.is_draft and written_in in LANGUAGES:
        locked.language = written_in
    locked.save(update_fields=["draft", "version", "last_sitting", "saved_at", "language"])
    claim(locked, by)
    return locked


def claim(locked: Proposal, by: User | None) -> None:
    """A draft begun before signing in belongs to who signed in and went on with it."""
    if by is not None and locked.person_id is None and locked.is_draft:
        locked.person = by
        locked.unproven = locked.unproven_at = None
        locked.save(update_fields=["person", "unproven", "unproven_at"])


def trimmed(typed: Typed) -> dict[str, str | list[str]]:
    return {
        name: [clean(text) for text in value[:100]] if isinstance(value, list) else clean(value)
        for name, value in typed.items()
    }


def clean(text: object) -> str:
    return cleaned(str(text))[:MOST_TYPED]


@transaction.atomic
def discard(*, proposal: Proposal, by: User | None) -> None:
    """Throw a draft away, with its files. Raises NotAllowed for anything that was sent."""
    locked = lock(proposal)
    if not locked.is_draft:
        raise errors.NotAllowed(locked.state, State.DRAFT)
    locked.delete()


@transaction.atomic
def leave_call(*, proposal: Proposal, by: User | None) -> Proposal:
    """Take a draft out of its call, to be sent outside of it."""
    locked = lock(proposal)
    if not locked.is_draft:
        raise errors.NotAllowed(locked.state, State.DRAFT)
    locked.call = None
    locked.save(update_fields=["call"])
    return locked


@transaction.atomic
def attach(
    *, proposal: Proposal, file: UploadedFile[bytes], by: User | None, now: datetime | None = None
) -> Attachment:
    """Keep a file in the private store. Raises ValidationError for what is no PDF, DOCX or ODT, or too large."""
    name, kind = checked(file, TEXTS, TEXTS_HINT)
    locked = lock(proposal)
    if not locked.may_be_edited:
        raise errors.CannotBeEdited
    if locked.attachments.filter(removed_at=None).count() >= MOST_FILES:
        raise errors.TooManyFiles
    row = Attachment(
        proposal=locked,
        name=name,
        kind=kind,
        size=file.size or 0,
        added_at=now or timezone.now(),
        added_by=by,
    )
    row.file.save(name, file, save=False)
    try:
        row.save()
    except Exception:
        row.file.delete(save=False)
        raise
    return row


@transaction.atomic
def detach(*, attachment: Attachment, by: User | None, now: datetime | None = None) -> None:
    """Take a file away. One that was sent stays for who reads that version."""
    locked = lock(attachment.proposal)
    if not locked.may_be_edited:
        raise errors.CannotBeEdited
    was_sent = any(attachment.pk in revision.content["attachments"] for revision in locked.revisions.all())
    if was_sent or (locked.unproven and attachment.pk in locked.unproven["attachments"]):
        attachment.removed_at = now or timezone.now()
        attachment.save(update_fields=["removed_at"])
    else:
        attachment.delete()
