"""The changes a person would name. The only writers of proposals and of what belongs to them.

Each is one transaction that locks the proposal's row first, so on one proposal they happen one after the other.
"""

from .calls import close_call
from .co_proposing import invite_co_proposer, join_as_co_proposer, remove_co_proposer
from .deciding import ask_for_changes, prepare_decision, release, take_back_decision
from .drafting import attach, detach, discard, keep, leave_call, start
from .following import follow
from .letting_in import send_link
from .moving import move
from .reviewing import assign, declare_conflict, finish_review, share_out, unassign
from .sending import ask_to_confirm, confirm, send, send_again
from .talking import write_message
from .withdrawing import withdraw

__all__ = [
    "ask_for_changes",
    "ask_to_confirm",
    "assign",
    "attach",
    "close_call",
    "confirm",
    "declare_conflict",
    "detach",
    "discard",
    "finish_review",
    "follow",
    "invite_co_proposer",
    "join_as_co_proposer",
    "keep",
    "leave_call",
    "move",
    "prepare_decision",
    "release",
    "remove_co_proposer",
    "send",
    "send_again",
    "send_link",
    "share_out",
    "start",
    "take_back_decision",
    "unassign",
    "withdraw",
    "write_message",
]
