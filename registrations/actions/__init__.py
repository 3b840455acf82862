"""The changes a person would name. The only writers of registrations, and of what registrations do to a session.

Each is one transaction. It locks the session's row first (`lock.py`), so on one session they happen one after
the other.
"""

from .agreeing import agree
from .cancelling import cancel
from .cancelling_session import cancel_session
from .changing_rule import change_rule
from .places import change_places
from .registering import register
from .rescheduling import reschedule
from .settling_holds import settle_holds
from .unmaking import unmake

__all__ = [
    "agree",
    "cancel",
    "cancel_session",
    "change_places",
    "change_rule",
    "register",
    "reschedule",
    "settle_holds",
    "unmake",
]
