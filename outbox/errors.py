from django.utils.functional import Promise

from texts import refusals


class Refused(refusals.Refused):
    """What staff asked for cannot be done with this letter."""

    def __init__(self, words: str | Promise):
        self.words = words
