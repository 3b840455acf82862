"""The changes of this room, and the only writers of its rows."""

from .drafting import discard, draft, rewrite
from .sending import send, write_all, write_part
from .withdrawing import withdraw, withdraw_unsent

__all__ = [
    "discard",
    "draft",
    "rewrite",
    "send",
    "withdraw",
    "withdraw_unsent",
    "write_all",
    "write_part",
]
