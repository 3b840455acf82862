"""The changes a person would name, each in one transaction under the session's lock. They alone write this room's rows."""

from .checking_in import check_in
from .closing import close, open_again
from .corrections import answer_correction, ask_correction
from .guests import confirm_guest, forget_guest, forget_unconfirmed, note_guest
from .helpers import dismiss_helper, name_helper
from .noting import clear, note
from .noting_all import note_all_present
from .reporting import Told, reported, write_reported
from .striking import let_stand, strike
from .tapping import Result, forget_old_taps, tap

__all__ = [
    "Result",
    "Told",
    "answer_correction",
    "ask_correction",
    "check_in",
    "clear",
    "close",
    "confirm_guest",
    "dismiss_helper",
    "forget_guest",
    "forget_old_taps",
    "forget_unconfirmed",
    "let_stand",
    "name_helper",
    "note",
    "note_all_present",
    "note_guest",
    "open_again",
    "reported",
    "strike",
    "tap",
    "write_reported",
]
