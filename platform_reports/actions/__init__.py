"""The changes a person would name, each in one transaction under the session's lock. They alone write this room's rows."""

from .deciding import decide
from .forgetting import TRACES_KEPT, forget_aliases, forget_old
from .noting import Noted, note_report
from .taking_back import take_back

__all__ = ["TRACES_KEPT", "Noted", "decide", "forget_aliases", "forget_old", "note_report", "take_back"]
