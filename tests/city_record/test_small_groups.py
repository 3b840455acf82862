"""No number that is told, and none that can be worked out from those, is of one to four people.

An adversary who knows nothing of how years are put together tries all of it: each number against each, the runs of
certificates against the people of their years, and everything again without those whose names are listed.
"""

import random
from itertools import combinations

from city_record import small_groups
from city_record.small_groups import Learner, Told, merged, told


def group(size: int, *, first: int = 0, **facts) -> dict[int, Learner]:
    return {person: Learner(**({"minutes": 60} | facts)) for person in range(first, first + size)}


def spans(runs) -> list[tuple[int, int]]:
    return [(run.first, run.last) for run in runs]


def invented(chance: random.Random) -> dict[int, dict[int, Learner]]:
    """A city of few people or many, of whom some come back, have certificates and are listed."""
    crowd = range(chance.choice((3, 6, 12, 40)))
    listed = {person for person in crowd if chance.random() < chance.choice((0, 0.3, 0.9, 1))}
    certified = chance.choice((0, 0.2, 0.8, 1))
    years = {}
    for year in range(2020, 2020 + chance.randint(1, 7)):
        come = chance.sample(crowd, chance.randint(0, len(crowd)))
        years[year] = {
            person: Learner(
                minutes=chance.choice((0, 90, 360)),
                certificates=int(chance.random() < certified) * chance.choice((1, 1, 2)),
                topics=frozenset(chance.sample(range(4), chance.randint(0, 3))),
                is_listed=person in listed,
            )
            for person in come
        }
    return years


def groups_behind(years: dict[int, dict[int, Learner]], numbers: Told):
    """Each group of people whose size, hours or certificates are told or follow from what is: with those listed in it."""

    def within(first: int, last: int):
        return [
            (year, person, one)
            for year in range(first, last + 1)
            for person, one in years.get(year, {}).items()
        ]

    for row in numbers.years:
        rows = within(row.first, row.last)
        people = {person for _year, person, _one in rows}
        assert row.people == len(people)
        assert row.minutes == sum(one.minutes for _year, _person, one in rows)
        yield people
        yield {person for _year, person, one in rows if one.minutes}
        for topic in row.topics:
            yield {person for _year, person, one in rows if topic in one.topics}
    for run in numbers.certificates:
        rows = within(run.first, run.last)
        assert run.number == sum(one.certificates for _year, _person, one in rows)
        yield {person for _year, person, one in rows if one.certificates}
        # Those of each year less its certificates: whoever has none there.
        without = set()
        for year in numbers.years:
            if run.first <= year.first and year.last <= run.last:
                of_year = within(year.first, year.last)
                holders = {person for _year, person, one in of_year if one.certificates}
                without |= {person for _year, person, _one in of_year} - holders
        yield without


def opened(seed: int) -> list[set[int]]:
    """The small groups that the adversary finds."""
    years = invented(random.Random(seed))
    listed = {person for of_year in years.values() for person, one in of_year.items() if one.is_listed}
    found = groups_behind(years, told(years))
    return [left for each in found for left in (each, each - listed) if len(left) in range(1, 5)]


def test_no_subtraction_opens_a_small_group():
    assert [seed for seed in range(400) if opened(seed)] == []


def test_without_the_rule_the_adversary_finds_them(monkeypatch):
    monkeypatch.setattr(small_groups, "AT_LEAST", 1)
    assert len([seed for seed in range(400) if opened(seed)]) > 200


def test_years_are_told_once_or_not_at_all():
    """What is told of one part of the years is not told of a part that shares some of them: nothing to subtract there."""
    for seed in range(200):
        years = invented(random.Random(seed))
        numbers = told(years)
        for runs in (numbers.years, numbers.certificates):
            for one, other in combinations(runs, 2):
                assert one.last < other.first or other.last < one.first
        told_of = {year for run in numbers.years for year in range(run.first, run.last + 1)}
        here = {year for year, of_year in years.items() if of_year}
        assert not numbers.years or here <= told_of  # all or none: what is missing could be worked out
        certified = {year for run in numbers.certificates for year in range(run.first, run.last + 1)}
        assert not numbers.certificates or told_of <= certified


def test_a_year_of_few_stands_together_with_its_neighbor():
    years = {2023: group(8), 2024: group(2, first=20), 2025: group(3, first=30), 2026: group(9, first=40)}
    assert spans(told(years).years) == [(2023, 2023), (2024, 2025), (2026, 2026)]
    assert [run.people for run in told(years).years] == [8, 5, 9]


def test_the_last_few_join_those_before_them():
    assert spans(told({2025: group(8), 2026: group(4, first=20)}).years) == [(2025, 2026)]
    assert told({2025: group(2), 2026: group(2, first=20)}) == Told([], [])
    assert told({}) == Told([], [])


def test_who_comes_back_is_one_person_of_the_years_together():
    years = told({2025: group(4), 2026: group(5)}).years
    assert [(run.people, run.minutes) for run in years] == [(5, 9 * 60)]


def test_all_but_a_few_with_a_certificate_are_told_with_more_years():
    """Twelve people and ten certificates would tell of two who have none."""
    most = {
        year: group(10, first=100 * year, certificates=1) | group(2, first=100 * year + 50)
        for year in (1, 2, 3)
    }
    numbers = told(most)
    assert spans(numbers.years) == [(1, 1), (2, 2), (3, 3)]
    assert [(run.first, run.last, run.number) for run in numbers.certificates] == [(1, 3, 30)]
    assert told({1: most[1]}).certificates == []
    assert [run.number for run in told({1: group(7, certificates=2)}).certificates] == [14]


def test_with_most_listed_by_name_the_others_are_not_alone():
    year = group(6, is_listed=True) | group(2, first=10)
    assert told({2026: year}) == Told([], [])
    assert spans(told({2025: group(5, first=20), 2026: year}).years) == [(2025, 2026)]
    assert told({2026: group(6, is_listed=True)}).years[0].people == 6
    assert told({2026: group(4, is_listed=True)}).years == []  # visitors see no names


def test_hours_of_few_are_not_told():
    assert told({2026: group(8, minutes=0) | group(1, first=20)}).years == []


def test_a_topic_of_few_is_not_named():
    year = group(5, topics=frozenset({1, 2})) | group(4, first=10, topics=frozenset({3}))
    assert told({2026: year}).years[0].topics == {1, 2}


def test_runs_are_put_together_from_the_first_on():
    enough = lambda run: sum(run) >= 5  # noqa: E731
    assert merged([1, 4, 9, 2], enough) == [[1, 4], [9, 2]]
    assert merged([1, 2], enough) == []
