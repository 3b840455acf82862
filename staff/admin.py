"""The desk's pages that tell of many rooms. Django asks for them by the name of this file."""

from . import history, letters, people
from .activities import pages as activities
from .sessions import pages as sessions

__all__ = ["activities", "history", "letters", "people", "sessions"]
