"""Who was there: at the meetings of a session, by whose word, and whether staff have closed the list."""

from .attendance import Attendance, Closing
from .correction import Correction
from .guest import Guest
from .helper import Helper
from .tap import Tap

__all__ = ["Attendance", "Closing", "Correction", "Guest", "Helper", "Tap"]
