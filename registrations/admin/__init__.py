"""The pages of staff that speak of registrations: activities with their sessions, sessions, registrations, people."""

from . import activities, invitations, people, registrations, sessions

__all__ = ["activities", "invitations", "people", "registrations", "sessions"]
