"""What a session in a list is to the reader, as “You are registered”. The room that knows says here how to ask it."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from accounts.models import User


class OwnState(NamedTuple):
    code: str  # its look: static/css/parts/badges.css
    name: str


type Ask = Callable[[User, Collection[int]], dict[int, OwnState]]

NONE = OwnState("", "")
_rooms: list[Ask] = []


def ask_own_states_of(ask: Ask) -> None:
    """From now on lists ask `ask(person, session ids)` for the marks of a reader who is signed in: once for each list."""
    if ask not in _rooms:
        _rooms.append(ask)


def own_states_of(person: User | None, sessions: Collection[int]) -> dict[int, OwnState]:
    """None, without a question, for who is not signed in: public pages are the same for everybody."""
    if person is None or not sessions:
        return {}
    return {session: mark for ask in _rooms for session, mark in ask(person, sessions).items()}
