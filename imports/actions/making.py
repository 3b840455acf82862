from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog.models import Session

from .. import errors
from ..kinds import kind_of
from ..models import Entry, Import
from ..reading import Sheet
from .lock import lock_import


@transaction.atomic
def make(
    *,
    session: Session | None = None,
    kind: str = "registrations",
    sheet: Sheet,
    content: bytes,
    file_name: str = "",
    ground: str = "",
    source: str = "",
    why: str = "",
    for_all: Mapping[str, str],
    by: User,
    now: datetime | None = None,
) -> Import:
    """Keep the rows of a file that was read, to be looked at and then begun. Nothing is made or changed by it.

    The same file again, as long as nobody began it, takes the place of the one before.
    """
    digest = sha256(content).hexdigest()
    Import.objects.filter(session=session, kind=kind, read_by=by, sha256=digest, begun_at=None).delete()
    made = Import.objects.create(
        session=session,
        kind=kind,
        read_by=by,
        read_at=now or timezone.now(),
        sha256=digest,
        file_name=file_name,
        headings=list(sheet.headings),
        columns=list(sheet.columns),
        for_all=dict(for_all),
        ground=ground,
        source=source,
        why=why,
    )
    found_by = partial(kind_of(made).found_by, made.columns)
    Entry.objects.bulk_create(
        (Entry(of=made, number=row.line, cells=list(row.cells), **found_by(row.cells)) for row in sheet.rows),
        batch_size=1000,
    )
    look_anew(made, len(sheet.rows), now=now)
    return made


@transaction.atomic
def understand(*, of: Import, columns: Sequence[str], for_all: Mapping[str, str], why: str = "") -> Import:
    """Say what its columns mean, what holds for all, why outside of the hours. Raises NoAddresses, TwiceTheSame,
    BegunAlready."""
    of = lock_import(of.pk)
    if not of.is_draft:
        raise errors.BegunAlready
    kind = kind_of(of)
    kind.refuse_columns(columns)
    of.columns, of.for_all, of.why = list(columns), dict(for_all), why or of.why
    of.save(update_fields=["columns", "for_all", "why"])
    entries = list(of.entries.all())
    for entry in entries:
        vars(entry).update(kind.found_by(of.columns, entry.cells))
        entry.foreseen = {}
    Entry.objects.bulk_update(entries, ["email", "key", "foreseen"], batch_size=1000)
    look_anew(of, len(entries))
    return of


def look_anew(of: Import, rows: int, *, now: datetime | None = None) -> None:
    """Of a long file: what its rows would do is kept with them, by whoever calls `look`."""
    most = kind_of(of).looked_at_once
    if most is None or rows <= most:
        return
    of.look_began_at = of.moved_at = now or timezone.now()
    of.looked_at = None
    of.save(update_fields=["look_began_at", "looked_at", "moved_at"])


@transaction.atomic
def begin(*, of: Import, by: User, now: datetime | None = None) -> Import:
    """From now on its rows are done, by whoever calls `go_on`. Raises NoAddresses, BegunAlready, NotLookedAtYet."""
    of = lock_import(of.pk)
    if not of.is_draft:
        raise errors.BegunAlready
    kind_of(of).refuse_columns(of.columns)
    if of.is_looking:
        raise errors.NotLookedAtYet
    of.begun_at = of.moved_at = now or timezone.now()
    of.read_by = by
    of.save(update_fields=["begun_at", "moved_at", "read_by"])
    return of
