"""What is true before anybody types anything: hosts, topics, member organizations, past activities.

The rows come from `data/`, with their sources. Loading adds what is missing and leaves what is there as it is, so that
corrections made by staff stand.
"""

from .history import load_history
from .hosts import load_hosts
from .members import load_members
from .names import load_names
from .topics import load_topics

__all__ = ["load_facts", "load_history", "load_hosts", "load_members", "load_names", "load_topics"]


def load_facts() -> dict[str, int]:
    """Load everything. Returns how many rows of each kind were added."""
    return {
        "members": load_members(),
        "names of members": load_names(),
        "topics": load_topics(),
        "hosts": load_hosts(),
        "past activities": load_history(),
    }
