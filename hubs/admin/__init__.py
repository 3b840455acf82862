"""The desk's pages of hosts and their agreements."""

from . import agreements, hosts, milestones, research

__all__ = ["agreements", "hosts", "milestones", "research"]
