from datetime import datetime

from django.utils import timezone

from accounts.models import User
from catalog.models import Activity, Session

from .activities import make_activity
from .people import make_cast, make_people
from .progress import progress
from .registering import fill
from .words import activity_words

# The official of the cast is among the first to register here, so that their pages show every state.
OFFICIALS_OWN = {"tomorrow", "running_now", "full_with_waiting", "nearly_full", "self_paced", "cancelled"}


def make_demo(*, now: datetime | None = None) -> None:
    """Make the invented half year that is not there yet, counted from now."""
    now = now or timezone.now()
    cast = make_cast()
    people = make_people()
    there = set(Activity.objects.values_list("slug", flat=True))
    new = [words for words in activity_words() if words["slug"] not in there]
    sessions: list[tuple[Session, dict]] = []
    for words in progress("activities", new, len(new)):
        sessions += make_activity(words, by=cast.secretariat, now=now)
    for session, words in progress("sessions filled", sessions, len(sessions)):
        fill(session, words, people=people, first=first_to_come(words, cast.official), by=cast.secretariat, now=now)


def first_to_come(words: dict, official: User) -> list[User]:
    return [official] if words["state"] in OFFICIALS_OWN else []
