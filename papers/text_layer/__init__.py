"""The text that programs read out of a paper: copied, searched, read aloud.

typst draws every script as it should be, but what its PDF says of Arabic, Persian, Devanagari and others is wrong: a letter
that is drawn in pieces is there once for each piece, and words from right to left stand in the order of their pieces. So
each word that was put in is found again among what was drawn, and written anew: the same shapes at the same places, one
code for each letter, in the order in which readers of PDF expect them. Around a line stands its text as it was put in
(ActualText), for those who read the structure.

What was tried, and what readers make of it: docs/decisions/0016-the-text-of-certificates.md.
"""

from .correcting import Corrected, corrected

__all__ = ["Corrected", "corrected"]
