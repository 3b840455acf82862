"""The changes a person would name. They alone write this room's rows; people and registrations are written by the actions of
their rooms, one by one, as the desk does it.

Locks are taken in this order: the import, the turn, the session, the people by their numbers.
"""

from collections.abc import Callable

from ..models import Import
from .forgetting import forget_old
from .looking import look
from .making import begin, make, understand
from .moving import move
from .stepping import begin_undo, go_on, take_back


def next_of(of: Import) -> Callable[..., Import]:
    """The action that carries it on."""
    if of.is_draft:
        return look
    return take_back if of.is_being_undone else go_on


__all__ = [
    "begin",
    "begin_undo",
    "forget_old",
    "go_on",
    "look",
    "make",
    "move",
    "next_of",
    "take_back",
    "understand",
]
