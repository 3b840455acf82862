"""What a city learned, in numbers and by name; and that a person sees the same of themselves."""

import pytest
import time_machine

from accounts.models import User
from catalog.models import Session
from city_record import actions
from city_record.agreeing import agreed
from city_record.own import own_cities
from city_record.record import named_of, numbers_of
from city_record.words import numbers_in_words, record_of
from merging.actions import merge_organizations, merge_people
from tests import cast

from .making import NOW, its_people, learned, looked_after

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_december():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def dakar():
    return cast.organization()


def agree(*people: User) -> None:
    for one in people:
        actions.agree(person=one, organization=one.organization, wording="…")


def lines(people) -> list[tuple[str, list[str]]]:
    return [(one.person.name, [each.title for year in one.years for each in year.learned]) for one in people]


def test_people_hours_certificates_and_topics_by_year(dakar):
    people = its_people(12)
    learned(people, topics=[cast.topic("Mobility")], certified=people[:6])
    learned(people[:5], topics=[cast.topic("Water")], minutes=30)
    learned(people[:6], year=2025, topics=[cast.topic("Housing")])
    looked_after()
    now, before = numbers_in_words(dakar).rows
    assert (now.years, now.people, now.hours, now.certificates) == ("2026", 12, 26, 6)
    assert now.topics == ["Mobility", "Water"]
    assert (before.years, before.people, before.hours, before.certificates) == ("2025", 6, 12, 0)


def test_a_year_is_that_of_the_hosts_clock(dakar):
    session = learned(its_people(5), year=2025)
    new_year = NOW.replace(year=2026, month=1, day=1, hour=0)
    for zone, year in (("Asia/Seoul", 2026), ("UTC", 2025)):  # midnight belongs to the day that ends
        Session.objects.filter(pk=session.pk).update(ends_at=new_year, timezone=zone)
        looked_after()
        assert [one.first for one in numbers_of(dakar).years] == [year]


def test_what_is_of_another_city_or_not_confirmed_is_not_in_it(dakar):
    learned([*its_people(5), *its_people(7, cast.organization("Accra")), *its_people(9, confirmed=False)])
    looked_after()
    assert [one.people for one in numbers_of(dakar).years] == [5]


def test_by_name_are_those_alone_who_agreed_with_what_they_learned_for_this_city(dakar):
    people = its_people(9)
    amina, bo = people[:2]
    learned(people, certified=people[:3])
    looked_after()
    assert named_of(dakar) == []
    agree(amina, bo)
    other = cast.organization("Accra")
    User.objects.filter(pk=amina.pk).update(organization=other)
    learned([amina], year=2025)
    looked_after()
    assert lines(named_of(dakar)) == [(amina.name, ["Water in 2026"]), (bo.name, ["Water in 2026"])]
    actions.take_back(person=amina, organization=dakar)
    assert lines(named_of(dakar)) == [(bo.name, ["Water in 2026"])]
    assert [one.withdrawn_at is None for one in amina.consents.all()] == [False]


def test_a_person_sees_the_lines_that_their_city_sees(dakar):
    people = its_people(6)
    learned(people, certified=people[:1])
    learned(people[:1], year=2025)
    looked_after()
    agree(*people[:2])
    of_city = {one.name: one.lines for one in record_of(dakar, by_name=True).people}
    assert len(of_city) == 2
    for one in people[:2]:
        (own,) = own_cities(one)
        assert (own.agreed, own.seen.name, own.seen.lines) == (True, one.name, of_city[one.name])
    (silent,) = own_cities(people[2])
    assert (silent.agreed, len(silent.seen.lines)) == (False, 1)


def test_a_year_in_which_most_are_named_tells_nothing_of_the_others(dakar):
    people = its_people(8)
    learned(people)
    looked_after()
    assert [one.people for one in numbers_of(dakar).years] == [8]
    agree(*people[:4])
    assert numbers_of(dakar).years == []
    actions.take_back(person=people[0], organization=dakar)
    assert [one.people for one in numbers_of(dakar).years] == [8]


def test_two_accounts_of_one_person_are_one(dakar):
    people = its_people(6)
    learned(people, certified=people)
    looked_after()
    merge_people(kept=people[0], gone=people[1], by=cast.secretary())
    assert [(one.people, one.certificates) for one in numbers_of(dakar).years] == [(5, 5)]


def test_a_merged_citys_people_and_their_consents_are_the_others(dakar):
    accra = cast.organization("Accra")
    people = [*its_people(5), *its_people(5, accra)]
    learned(people)
    looked_after()
    agree(people[-1])
    merge_organizations(kept=dakar, gone=accra, by=cast.secretary())
    assert [one.people for one in numbers_of(dakar).years] == [10]
    assert agreed(dakar).get() == people[-1]
    (own,) = own_cities(User.objects.get(pk=people[-1].pk))
    assert (own.city, own.agreed) == (dakar, True)
    actions.take_back(person=people[-1], organization=dakar)
    assert not agreed(dakar).exists()


def test_it_costs_as_many_queries_however_much_it_is(dakar, django_assert_num_queries):
    people = its_people(8)
    learned(people, certified=people[:1])
    agree(*people)
    looked_after()
    for years in (1, 3):
        with django_assert_num_queries(14):
            record_of(dakar, by_name=True)
        for year in range(2023, 2023 + years):
            learned(people, year=year, certified=people[:2])
        looked_after()
