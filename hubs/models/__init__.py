from .agreement import Agreement
from .decisions import Extension, Review
from .host import Host
from .milestone import Evidence, Milestone
from .parties import Contact, Party
from .research import ResearchWork

__all__ = [
    "Agreement",
    "Contact",
    "Evidence",
    "Extension",
    "Host",
    "Milestone",
    "Party",
    "ResearchWork",
    "Review",
]
