"""The desk's pages of hosts and their agreements."""

from . import agreements, hosts

__all__ = ["agreements", "hosts"]
