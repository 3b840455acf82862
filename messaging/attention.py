"""What of messages needs a person: one whose letters are not all written after a quarter of an hour."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from desk.attention import Card, Line, Waiting, needs_a_person
from hubs.scope import in_scope

from .access import LOOK
from .models import Message

# The worker comes to it each minute.
LATE = timedelta(minutes=15)


def ask_for_attention() -> None:
    needs_a_person("messages", unfinished, permission=LOOK)


def unfinished(person: User, now: datetime) -> Card | None:
    """Nothing where all is well: it hardly ever is not."""
    late = Message.objects.unfinished().filter(sent_at__lte=now - LATE).select_related("session__activity")
    theirs = in_scope(late, person, host="session__activity__host").order_by("sent_at", "pk")
    card = Card(_("Messages to people"), "", [Waiting(theirs, line_of)])
    return card if card.lines else None


def line_of(message: Message) -> Line:
    badge = ngettext(
        "%(count)d letter of %(all)d is written",
        "%(count)d letters of %(all)d are written",
        message.letters_written,
    )
    return Line(
        message.get_absolute_url(),
        str(message),
        str(message.session.activity),
        badge=badge % {"count": message.letters_written, "all": message.people},
        tone="bad",
    )
