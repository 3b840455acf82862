"""The desk's pages of this room. Those of activities, sessions and people tell of many rooms: `staff/`."""

from . import invitations, registrations

__all__ = ["invitations", "registrations"]
