"""Who a trace probably is, best first: for a person to choose from. Nobody is matched by likeness."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from registrations.models import Registration

from .reading import folded

AT_MOST = 5
# Below it two names have no more in common than any two.
LEAST = 0.3
# Devices name themselves so in English: “Retno’s phone”.
OWNERS = re.compile(r"['’]s\b", re.IGNORECASE)


@dataclass(frozen=True)
class Marks:
    """What is compared of a name: its words, and its pairs of letters, so that a slip of the pen or a script without blanks
    does no harm."""

    words: frozenset[str]
    pairs: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, *texts: str) -> "Marks":
        words = frozenset(word for text in texts for word in folded(OWNERS.sub(" ", text)).split())
        return cls(words, frozenset(word[i : i + 2] for word in words for i in range(max(len(word) - 1, 1))))

    def likeness(self, other: "Marks") -> float:
        """From 0 to 1: the mean of the shares of words and of pairs that both have."""
        if not self.pairs or not other.pairs:
            return 0
        words = len(self.words & other.words) / min(len(self.words), len(other.words))
        return (words + 2 * len(self.pairs & other.pairs) / (len(self.pairs) + len(other.pairs))) / 2


class Likely:
    def __init__(self, registrations: Iterable[Registration]):
        """Those whose names the host sees."""
        self.marks = [(one, Marks.of(one.person.name)) for one in registrations if one.discloses]

    def people(self, *names: str, email: str = "") -> list[Registration]:
        """For a trace under these names, with this address: whose own name begins with what stands before the @, say."""
        asked = Marks.of(*names)
        by_email = Marks.of(email.partition("@")[0].replace(".", " ").replace("_", " "))
        found = [
            (likeness, one)
            for one, marks in self.marks
            if (likeness := max(asked.likeness(marks), by_email.likeness(marks))) >= LEAST
        ]
        found.sort(key=lambda pair: -pair[0])
        return [one for _likeness, one in found[:AT_MOST]]
