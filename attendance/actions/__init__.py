"""The changes a person would name, each in one transaction under the session's lock. They alone write this room's rows."""

from .closing import close, open_again
from .noting import clear, note
from .noting_all import note_all_present
from .tapping import Result, forget_old_taps, tap

__all__ = ["Result", "clear", "close", "forget_old_taps", "note", "note_all_present", "open_again", "tap"]
