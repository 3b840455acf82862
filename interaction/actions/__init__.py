"""The changes of this room, and the only writers of its rows."""

from .asking import ask, take_back
from .forgetting import forget_old
from .moderating import move, part, publish_answers, unite, write_answer
from .reporting import decide, report
from .voting import take_vote_back, vote

__all__ = [
    "ask",
    "decide",
    "forget_old",
    "move",
    "part",
    "publish_answers",
    "report",
    "take_back",
    "take_vote_back",
    "unite",
    "vote",
    "write_answer",
]
