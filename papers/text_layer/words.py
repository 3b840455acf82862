"""The words that were put in, found among the shapes that were drawn for them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .content import Shape
from .letters import runs_leftward, runs_rightward, without_marks

# After these a word may go on in the next line.
BREAKS = re.compile(r"(?<=[-/–—])")
MOST_PIECES = 12


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Letters that are drawn together: “لا”, a letter with its vowels."""

    text: str
    shapes: tuple[Shape, ...]

    @property
    def left(self) -> float:
        """Where its letter stands, whatever leans on it."""
        return min((shape.x for shape in self.shapes if shape.width), default=self.shapes[0].x)


@dataclass(frozen=True, kw_only=True)
class Word:
    """As it was put in. `clusters` in the order in which it is read; none where the shapes tell it rightly as they are."""

    text: str
    shapes: tuple[Shape, ...]  # from left to right
    clusters: tuple[Cluster, ...] = ()

    @property
    def leftward(self) -> bool:
        return runs_leftward(self.text)


class Words:
    """Of all texts that were put in."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = [without_marks(text).split() for text in dict.fromkeys(texts)]
        self.known: dict[frozenset[str], dict[str, None]] = {}
        for word in {word: None for text in self.texts for word in text}:
            for part in parts(word):
                self.known.setdefault(frozenset(part), {})[part] = None
        # Texts by all of their words, and by each.
        self.whole: dict[tuple[str, ...], list[list[str]]] = {}
        self.having: dict[str, list[list[str]]] = {}
        for text in self.texts:
            self.whole.setdefault(tuple(sorted(text)), []).append(text)
            for word in dict.fromkeys(text):
                self.having.setdefault(word, []).append(text)

    def word(self, shapes: Sequence[Shape]) -> Word | None:
        """The word for which these were drawn, from left to right; None if nobody put it in."""
        letters = "".join(shape.text for shape in shapes)
        known = self.known.get(frozenset(letters), {})
        if letters in known and not runs_leftward(letters) and not any(shape.told for shape in shapes):
            return Word(text=letters, shapes=tuple(shapes))
        for order in (from_right(shapes), from_right(shapes, keeping_signs=True), list(shapes)):
            for text in known:
                clusters = matched(order, text)
                if clusters is not None:
                    return Word(text=text, shapes=tuple(shapes), clusters=tuple(clusters))
        return None

    def order(self, words: Sequence[str]) -> list[int] | None:
        """In which order words that stand in a line, given from the left, are read: as a text has them side by side."""
        wanted = Counter(words)
        found: list[list[int]] = []
        for text in self.candidates(words):
            for start in range(len(text) - len(words) + 1):
                side_by_side = text[start : start + len(words)]
                if Counter(side_by_side) == wanted:
                    found.append(places(side_by_side, words))
        if found:
            return max(found, key=lambda order: fitting(order, words))
        return [0] if len(words) == 1 else None

    def candidates(self, words: Sequence[str]) -> list[list[str]]:
        """Texts that may have these words side by side: few, also where a thousand have one of them."""
        whole = self.whole.get(tuple(sorted(words)))
        return whole or min((self.having.get(word, []) for word in words), key=len)


def parts(word: str) -> list[str]:
    """The word, and what of it may stand in a line when it breaks."""
    pieces = [piece for piece in BREAKS.split(word) if piece]
    if len(pieces) > MOST_PIECES:
        return [word]
    return [
        "".join(pieces[start:end])
        for start in range(len(pieces))
        for end in range(start + 1, len(pieces) + 1)
    ]


def from_right(shapes: Sequence[Shape], *, keeping_signs: bool = False) -> list[Shape]:
    """In the order of reading: from the right, but figures and Latin letters within from the left; with the signs between
    them (of an address), or without."""
    groups: list[list[Shape]] = []
    signs: list[Shape] = []
    within = False
    for shape in shapes:
        if runs_rightward(shape.text):
            if within and (keeping_signs or not signs):
                groups[-1] += [*signs, shape]
            else:
                groups += [*([sign] for sign in signs), [shape]]
            signs, within = [], True
        elif runs_leftward(shape.text):
            groups += [*([sign] for sign in signs), [shape]]
            signs, within = [], False
        else:
            signs.append(shape)
    groups += [[sign] for sign in signs]
    return [shape for group in reversed(groups) for shape in group]


def matched(shapes: Sequence[Shape], text: str) -> list[Cluster] | None:
    """The text cut into what the shapes were drawn for. Several shapes for the same letters have those letters each."""
    hopeless: set[tuple[int, int]] = set()

    def following(number: int, place: int) -> list[bool] | None:
        """Whether each of the shapes begins a cluster, from one number and place in the text on."""
        if number == len(shapes):
            return [] if place == len(text) else None
        if (number, place) in hopeless:
            return None
        said = shapes[number].text
        if said and text.startswith(said, place):
            rest = following(number + 1, place + len(said))
            if rest is not None:
                return [True, *rest]
        if not said or (number and said == shapes[number - 1].text):
            rest = following(number + 1, place)
            if rest is not None:
                return [False, *rest]
        hopeless.add((number, place))
        return None

    begins = following(0, 0)
    if begins is None:
        return None
    clusters: list[list[Shape]] = []
    for shape, first in zip(shapes, begins, strict=True):
        if first or not clusters:
            clusters.append([])
        clusters[-1].append(shape)
    return [Cluster(text=next(s.text for s in own if s.text), shapes=tuple(own)) for own in clusters]


def places(read: Sequence[str], drawn: Sequence[str]) -> list[int]:
    """Where from the left each word that is read stands. Of two that are the same, the right one comes first in a script
    from right to left."""
    left: dict[str, list[int]] = {}
    for place, word in enumerate(drawn):
        left.setdefault(word, []).append(place)
    return [left[word].pop(-1 if runs_leftward(word) else 0) for word in read]


def fitting(order: list[int], words: Sequence[str]) -> int:
    """How many neighbors stand on the side on which they would be read."""
    return sum(
        second == first - 1 if runs_leftward(words[first]) else second == first + 1
        for first, second in pairwise(order)
        if runs_leftward(words[first]) == runs_leftward(words[second])
    )
