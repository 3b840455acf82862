"""The desk's pages that tell of many rooms. Django asks for them by the name of this file."""

from . import activities, history, letters, people, sessions

__all__ = ["activities", "history", "letters", "people", "sessions"]
