"""The changes a person would name who reads and decides. They are the only writers of reviews and decisions, but for what
`proposals` does where a text is sent again, withdrawn or forgotten.

Each is one transaction that locks the proposal's row first, so on one proposal they happen one after the other.
"""

from .deciding import ask_for_changes, prepare_decision, release, take_back_decision
from .reviewing import assign, declare_conflict, finish_review, share_out, unassign

__all__ = [
    "ask_for_changes",
    "assign",
    "declare_conflict",
    "finish_review",
    "prepare_decision",
    "release",
    "share_out",
    "take_back_decision",
    "unassign",
]
