"""What the page of a registration shows of its host's words: practical notes, and the messages kept there."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language

from catalog.models import Session
from outbox.models import Letter
from registrations.models import Registration

from .groups import groups_of
from .models import FALLBACK, Message, Words

SHOWN = 10


@dataclass(frozen=True)
class Kept:
    """A message on the page, in the language of the page or else in English."""

    words: Words
    sent_at: datetime


def kept_for(registration: Registration) -> list[Kept]:
    """The latest that went to a group in which the person is now, or to the person; nothing for whose place was given back.

    One query where nothing is kept, three otherwise.
    """
    if not registration.is_standing:
        return []
    kept = Message.objects.standing().filter(session=registration.session_id, on_page=True)
    if not kept.exists():
        return []
    key = Concat(Value("session_message/"), Cast(OuterRef("pk"), CharField()), Value(f"/{registration.pk}"))
    was_told = Exists(Letter.objects.filter(key=key))
    mine = kept.filter(Q(groups__overlap=list(groups_of(registration))) | was_told)
    language = get_language() or FALLBACK
    return [
        Kept(message.words_for(language), message.sent_at)
        for message in mine.order_by("-sent_at", "-pk")[:SHOWN]
        if message.sent_at
    ]


def notes_for(registration: Registration, now: datetime) -> Words | None:
    """The session's practical notes, for who has a place, until the session is over."""
    session = registration.session
    if not registration.is_confirmed or now >= session.ends_at:
        return None
    return notes_of(session)


def notes_of(session: Session) -> Words | None:
    """In the language of the page, else in English, else in whatever language they are written."""
    written = {
        code: getattr(session, f"practical_notes_{code}", "")
        for code in (get_language(), FALLBACK, "fr", "es")
    }
    return next((Words("", text, str(code)) for code, text in written.items() if text), None)
