"""What may be told of people's learning without telling of one of them: pure, so that it can be tried to the end.

A number that belongs to fewer than five people tells of them, also where somebody works it out: by taking from what is told
what else is told. So all that a city's record, its files and the public page show comes from `told`, and years are put
together with their neighbors until each group that can be worked out is empty or has at least five people:

- those who learned something, and of them those who are not listed by name;
- those to whom hours belong, those to whom certificates belong and the others beside these, and of each group again those
  who are not listed.

Of people no total is told over all years: somebody learns in more than one, so that it would tell, less a year, of how few
learned in the others alone. Topics are named without a number: they overlap, and which sessions have them is public.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

AT_LEAST = 5


@dataclass(frozen=True)
class Learner:
    """What one person learned in one year, or in several that were put together."""

    minutes: int = 0
    certificates: int = 0
    topics: frozenset[int] = frozenset()
    is_listed: bool = False  # by name, with all that they learned

    def __add__(self, other: "Learner") -> "Learner":
        return Learner(
            self.minutes + other.minutes,
            self.certificates + other.certificates,
            self.topics | other.topics,
            self.is_listed and other.is_listed,
        )


type Learners = Mapping[int, Learner]  # by the person's number


@dataclass(frozen=True)
class Years:
    """Years that are told as one."""

    first: int
    last: int
    learners: Learners

    @property
    def people(self) -> int:
        return len(self.learners)

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.learners.values())

    @property
    def certificates(self) -> int:
        return sum(one.certificates for one in self.learners.values())

    @property
    def topics(self) -> set[int]:
        """Those that may be named."""
        of_each: dict[int, dict[int, Learner]] = defaultdict(dict)
        for person, one in self.learners.items():
            for topic in one.topics:
                of_each[topic][person] = one
        return {topic for topic, group in of_each.items() if is_enough(group)}

    def those(self, which: Callable[[Learner], bool]) -> Learners:
        return {person: one for person, one in self.learners.items() if which(one)}


@dataclass(frozen=True)
class Certificates:
    """How many of one or more of the told years."""

    first: int
    last: int
    number: int


@dataclass(frozen=True)
class Told:
    """The oldest first. Each partition of the years is one of its own; there is nothing where too little may be told."""

    years: Sequence[Years]
    certificates: Sequence[Certificates]


def told(by_year: Mapping[int, Learners]) -> Told:
    alone = [Years(year, year, by_year[year]) for year in sorted(by_year) if by_year[year]]
    years = [together(run) for run in merged(alone, lambda run: people_may_be_told(together(run)))]
    certificates = [
        Certificates(run[0].first, run[-1].last, sum(one.certificates for one in run))
        for run in merged(years, certificates_may_be_told)
    ]
    return Told(years, certificates)


def people_may_be_told(years: Years) -> bool:
    """And their hours."""
    return is_enough(years.learners) and is_enough(years.those(lambda one: one.minutes > 0))


def certificates_may_be_told(run: Sequence[Years]) -> bool:
    """Beside the people of each of these years: whoever has none in one of them can be worked out."""
    holders = [years.those(lambda one: one.certificates > 0) for years in run]
    others = [years.those(lambda one: one.certificates == 0) for years in run]
    return is_enough(anybody(holders)) and is_enough(anybody(others))


def is_enough(group: Learners) -> bool:
    """Nobody, or at least five; and of them who is not listed nobody, or at least five."""
    hidden = [person for person, one in group.items() if not one.is_listed]
    return all(size == 0 or size >= AT_LEAST for size in (len(group), len(hidden)))


def merged[Item](
    items: Sequence[Item], may_be_told: Callable[[Sequence[Item]], bool]
) -> list[Sequence[Item]]:
    """Neighbors together, from the first on, until each run may be told; what is left at the end with those before it.
    Nothing where not even all together may."""
    runs: list[list[Item]] = []
    for item in items:
        if runs and not may_be_told(runs[-1]):
            runs[-1].append(item)
        else:
            runs.append([item])
    while len(runs) > 1 and not may_be_told(runs[-1]):
        left = runs.pop()
        runs[-1] += left
    return list(runs) if runs and may_be_told(runs[-1]) else []


def together(run: Sequence[Years]) -> Years:
    return Years(run[0].first, run[-1].last, anybody([years.learners for years in run]))


def anybody(groups: Sequence[Learners]) -> Learners:
    """Each person once, with all that is theirs."""
    found: dict[int, Learner] = {}
    for group in groups:
        for person, learner in group.items():
            found[person] = found[person] + learner if person in found else learner
    return found
