"""The pages of staff that speak of registrations: activities, sessions, registrations, the letters about them, people."""

from . import activities, invitations, letters, people, registrations, sessions

__all__ = ["activities", "invitations", "letters", "people", "registrations", "sessions"]
