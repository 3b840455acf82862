"""The letters about a registration: what, when in two clocks, where, and what the person can do now.

Each is worded in the person's language and clock. A letter's key ends with the occurrence: the registration's
`sequence`, which rises with every change of its state, so that a life of confirmed, cancelled, confirmed
again has each letter anew, and none twice.
"""

from .changes import rule_changed, session_cancelled, session_changed
from .holding import held, holds_lapsed
from .places import cancellation, confirmation, confirmations, promotion, promotions, waiting_list
from .taking_part import materials, reminder

__all__ = [
    "cancellation",
    "confirmation",
    "confirmations",
    "held",
    "holds_lapsed",
    "materials",
    "promotion",
    "promotions",
    "reminder",
    "rule_changed",
    "session_cancelled",
    "session_changed",
    "waiting_list",
]
