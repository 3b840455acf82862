from .agreement import Agreement, Contact, Extension, Party, Review
from .host import Host
from .milestone import Evidence, Milestone
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
