"""Why a file is not read, for who chose it: what it is, where it stops, what to do instead."""

from django.utils.functional import Promise

from texts import refusals


class CannotRead(refusals.Refused):
    """`line` is the line of the file where it stopped, from 1, where there is one. `cell` is what stands there."""

    def __init__(self, words: str | Promise, *, line: int | None = None, cell: str = "", **values: object):
        self.words = words
        self.line = line
        self.cell = cell[:60]
        vars(self).update(values)
