"""Changes of agreements that a person would name. What the public sees of them is seen by the next visitor.

Signing, extending, renewing and ending are the Secretariat's: PermissionDenied is raised for anybody else. Days are days on
the host's clock.
"""

from .agreements import draft, end_early, extend, record_review, sign
from .hosts import add_research_work, send_message
from .milestones import add_evidence, add_milestone, waive
from .renewing import renew
from .telling import after_change

__all__ = [
    "add_evidence",
    "add_milestone",
    "add_research_work",
    "after_change",
    "draft",
    "end_early",
    "extend",
    "record_review",
    "renew",
    "send_message",
    "sign",
    "waive",
]
