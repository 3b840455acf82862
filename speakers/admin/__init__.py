"""The desk's pages of speakers. Those of one activity stand in its form: staff/speaker_form.py."""

from . import speakers

__all__ = ["speakers"]
