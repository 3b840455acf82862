"""Sessions that ask the same people to be in two places: at the same time, of two hosts, about a shared topic and for a
shared audience. Only what is public counts: a draft has not asked anybody yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from catalog.models import Activity, Session, Topic


@dataclass(frozen=True)
class Clash:
    other: Session
    starts_at: datetime
    ends_at: datetime
    topics: tuple[Topic, ...]


type Clashes = dict[tuple[int, datetime], list[Clash]]  # by session and start of the meeting


def clashes_among(sessions: Iterable[Session]) -> Clashes:
    meetings = sorted(
        (
            (start, end, session)
            for session in sessions
            if asks_people(session)
            for start, end in session.hours
        ),
        key=lambda meeting: (meeting[0], meeting[2].pk),
    )
    found: Clashes = {}
    running: list[tuple[datetime, datetime, Session]] = []
    for start, end, session in meetings:
        running = [earlier for earlier in running if earlier[1] > start]
        for other_start, other_end, other in running:
            if topics := shared_topics(session.activity, other.activity):
                found.setdefault((session.pk, start), []).append(Clash(other, other_start, other_end, topics))
                found.setdefault((other.pk, other_start), []).append(Clash(session, start, end, topics))
        running.append((start, end, session))
    return found


def asks_people(session: Session) -> bool:
    return session.activity.is_public and not session.is_cancelled and not session.self_paced


def shared_topics(one: Activity, other: Activity) -> tuple[Topic, ...]:
    """Of two activities of two hosts that are for the same people; empty of all others."""
    if one.host_id is None or other.host_id is None or one.host_id == other.host_id:
        return ()
    if not audiences_of(one) & audiences_of(other):
        return ()
    theirs = set(other.topics.all())
    return tuple(topic for topic in one.topics.all() if topic in theirs)


def audiences_of(activity: Activity) -> set[str]:
    return set(activity.audiences) or set(User.Profile.values)
