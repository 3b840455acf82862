"""Whether somebody wrote a word that a language has, and so meant it: “zoom” is no mistyped “room”."""

import json
from array import array
from bisect import bisect_left
from functools import cache
from gzip import decompress
from importlib.resources import files

from desk.alphabet import plain

from .tokenizing import script

# The dictionaries of pyspellchecker, by the script of their words. Its own corrections are not used: it would correct to
# any word of a language, search corrects only to words that some activity has.
DICTIONARIES = {"LATIN": ("en", "fr", "es"), "ARABIC": ("ar", "fa")}


def is_in_a_dictionary(word: str) -> bool:
    """Whether `word`, as catalog/listing/tokenizing.py cuts it, is in a dictionary of a language of its script."""
    known = hashes(script(word))
    sought = hash(word)
    at = bisect_left(known, sought)
    return at < len(known) and known[at] == sought


@cache
def hashes(of_script: str) -> array[int]:
    """Of all words of these dictionaries, sorted: half a million words in 4 MB. Read when a first word is not found."""
    word_hashes: set[int] = set()
    for language in DICTIONARIES.get(of_script, ()):
        packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
        # Their words are small already.
        word_hashes.update(
            hash(word if word.isascii() else plain(word)) for word in json.loads(decompress(packed))
        )
    return array("q", sorted(word_hashes))
