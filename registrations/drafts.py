"""What was typed before signing in waits here, in the visitor's own session, until it is used."""

from django.http import HttpRequest

from catalog.models import Session

KEY = "registration drafts"


def keep(request: HttpRequest, session: Session, *, note: str) -> None:
    request.session[KEY] = {**request.session.get(KEY, {}), str(session.pk): note}


def note_for(request: HttpRequest, session: Session) -> str | None:
    """The note typed before; None when this visitor was not on their way to register."""
    drafts: dict[str, str] = request.session.get(KEY, {})
    return drafts.get(str(session.pk))


def drop(request: HttpRequest, session: Session) -> None:
    drafts = dict(request.session.get(KEY, {}))
    if drafts.pop(str(session.pk), None) is not None:
        request.session[KEY] = drafts
