"""The changes a person would name. They alone write this room's rows; people and registrations are written by the actions of
their rooms, one by one, as the desk does it.

Locks are taken in this order: the import, the turn, the session, the people by their numbers.
"""

from .forgetting import forget_old
from .making import begin, make, understand
from .moving import move
from .stepping import begin_undo, go_on, take_back

__all__ = ["begin", "begin_undo", "forget_old", "go_on", "make", "move", "take_back", "understand"]
