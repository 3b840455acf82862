"""The changes a person would name. The only writers of proposals and of what belongs to them, but for reviews and decisions
(reviews/actions).

Each is one transaction that locks the proposal's row first, so on one proposal they happen one after the other.
"""

from .calls import close_call
from .co_proposing import invite_co_proposer, join_as_co_proposer, remove_co_proposer
from .drafting import attach, detach, discard, keep, leave_call, start
from .following import follow
from .letting_in import send_link
from .moving import move
from .sending import ask_to_confirm, confirm, send, send_again
from .talking import write_message
from .withdrawing import withdraw

__all__ = [
    "ask_to_confirm",
    "attach",
    "close_call",
    "confirm",
    "detach",
    "discard",
    "follow",
    "invite_co_proposer",
    "join_as_co_proposer",
    "keep",
    "leave_call",
    "move",
    "remove_co_proposer",
    "send",
    "send_again",
    "send_link",
    "start",
    "withdraw",
    "write_message",
]
