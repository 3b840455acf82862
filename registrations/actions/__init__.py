"""The changes a person would name. The only writers of registrations, and of what registrations do to a session.

Each is one transaction. It locks the session's row first (`lock.py`), so on one session they happen one after
the other.
"""

from .cancel import cancel
from .cancel_session import cancel_session
from .change_places import change_places
from .erase_person import erase_person
from .register import register
from .reschedule import reschedule

__all__ = ["cancel", "cancel_session", "change_places", "erase_person", "register", "reschedule"]
