"""What of hosts and their agreements is written down when it changes."""

from desk.audit import record

from .models import Agreement, Contact, Evidence, Extension, Host, Milestone, Party, ResearchWork, Review


def record_changes() -> None:
    record(Host, many=["coordinators"])
    record(Agreement, without=["lasts_until"])
    for part in (Party, Contact, Extension, Review, Milestone, Evidence, ResearchWork):
        record(part)
