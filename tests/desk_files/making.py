"""Files as staff would send them, and imports made of them."""

from collections.abc import Sequence
from typing import Any

from auditlog.context import set_actor

from accounts.models import User
from imports import actions
from imports.kinds import Looked, kind_named, kind_of
from imports.models import Import
from imports.reading import read_file
from tests.imports.making import as_csv


def read(
    kind: str,
    rows: Sequence[Sequence[object]] | bytes,
    headings: Sequence[str] = (),
    *,
    by: User,
    **options: Any,
) -> Import:
    """Read, and not begun."""
    brings = kind_named(kind)
    assert brings
    content = rows if isinstance(rows, bytes) else as_csv(rows, headings)
    sheet = read_file(content, brings.vocabulary)
    options = {"for_all": {}} | options
    return actions.make(kind=kind, sheet=sheet, content=content, by=by, **options)


def begun(of: Import) -> Import:
    assert of.read_by
    return actions.begin(of=of, by=of.read_by)


def done(of: Import, **options: Any) -> Import:
    assert of.read_by
    begun(of)
    with set_actor(of.read_by):
        return actions.go_on(of=of, **options)


def undone(of: Import) -> Import:
    assert of.read_by
    with set_actor(of.read_by):
        actions.begin_undo(of=of, by=of.read_by)
        return actions.take_back(of=of)


def looked(of: Import) -> list[Looked]:
    from django.utils import timezone

    return kind_of(of).looked(of, timezone.now())


def told(of: Import) -> list[tuple[str, str]]:
    """What a dry run says of each row."""
    return [(one.outcome, one.why) for one in looked(of)]


def outcomes(of: Import) -> list[tuple[str, str]]:
    return list(of.entries.values_list("outcome", "why"))
