"""Who seems to be one is found, told, merged or told apart."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import FormerAddress, OrganizationName, User
from merging.actions import merge_organizations, not_the_same
from merging.doubles import city_key, find_all, likely_doubles
from merging.kinds import ORGANIZATIONS
from merging.models import LikelyDouble
from tests import cast

from .spellings import two_spellings

pytestmark = pytest.mark.django_db


def found() -> list[tuple[str, str, str]]:
    find_all()
    return [(str(pair.first), str(pair.second), pair.why) for pair in LikelyDouble.objects.all()]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ville de Dakar", "dakar"),
        ("City of Dakar", "dakar"),
        ("DAKAR.", "dakar"),
        ("Ciudad de México", "mexico"),
        ("Mairie d’Évry", "evry"),
        ("서울", "서울"),
        ("The City", ""),
    ],
)
def test_what_is_compared_of_a_name(name: str, key: str) -> None:
    assert city_key(name) == key.replace("서울", city_key("서울"))


def test_cities_of_one_country_that_share_a_name_in_some_language() -> None:
    two_spellings()
    cast.organization("Municipality of DAKAR")
    cast.organization("Dakar Region", country="FR")
    cast.organization("Thiès")
    ndar = cast.organization("Ndar", slug="ndar")
    OrganizationName.objects.create(organization=ndar, name="Saint-Louis", language="fr")
    cast.organization("City of Saint Louis", slug="saint-louis")
    assert found() == [
        ("Dakar", "Ville de Dakar", "city"),
        ("Dakar", "Municipality of DAKAR", "city"),
        ("Ndar", "City of Saint Louis", "city"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("amina.diallo@gmail.com", "aminadiallo+station@googlemail.com", True),
        ("amina@dakar.sn", "amina+station@dakar.sn", True),
        ("amina.diallo@dakar.sn", "aminadiallo@dakar.sn", False),  # elsewhere dots count
        ("amina@dakar.sn", "amina@thies.sn", False),
    ],
)
def test_addresses_that_bring_mail_to_one_box(one: str, other: str, are_one: bool) -> None:
    cast.person("Amina Diallo", email=one)
    cast.person("A. D.", email=other)
    assert found() == ([("Amina Diallo", "A. D.", "email")] if are_one else [])


def test_people_of_one_organization_whose_names_are_the_same_words() -> None:
    cast.person("Ana María Núñez")
    cast.person("NUNEZ, Ana-Maria")
    cast.person("Ana María Núñez", organization=cast.organization("Thiès"))
    cast.person("Ana Núñez")
    for _i in range(2):
        cast.person("Cher")  # one word says little
    assert found() == [("Ana María Núñez", "NUNEZ, Ana-Maria", "name")]


def test_whose_address_was_another_s_before() -> None:
    one, other = (
        cast.person("Amina Diallo", email="amina@dakar.sn"),
        cast.person("A. D.", email="ad@thies.sn"),
    )
    FormerAddress.objects.create(person=other, email="amina@dakar.sn")
    FormerAddress.objects.create(person=one, email="amina.before@dakar.sn")
    assert found() == [("Amina Diallo", "A. D.", "former_email")]


def test_of_many_who_share_a_key_each_stands_beside_the_first() -> None:
    for number in range(5):
        cast.person(f"Amina {number}", email=f"amina+{number}@dakar.sn")
    assert [(first, second[-1]) for first, second, _why in found()] == [
        ("Amina 0", str(number)) for number in range(1, 5)
    ]


def test_who_was_merged_told_apart_erased_or_corrected_is_not_proposed_again(marta: User) -> None:
    kept, gone = two_spellings()
    third = cast.organization("City of Dakar")
    one, other = (cast.person(email=f"amina{tag}@dakar.sn") for tag in ("", "+b"))
    assert len(found()) == 3
    not_the_same(ORGANIZATIONS, third, kept, by=marta)
    merge_organizations(kept=kept, gone=gone, by=marta)
    assert likely_doubles(ORGANIZATIONS).count() == 0  # before the next hour
    other.email, other.name = "somebody@dakar.sn", "Somebody Else"
    other.save()
    User.objects.filter(pk=one.pk).update(name="Amina D.")
    assert found() == []


def test_ten_times_as_many_are_found_in_as_many_statements(django_assert_num_queries: Any) -> None:
    for several in (2, 20):
        cast.people(several)
        with django_assert_num_queries(15):
            find_all()


# The desk


def test_the_desk_proposes_them_and_remembers_that_they_are_two(client: Client, marta: User) -> None:
    kept, gone = two_spellings()
    find_all()
    client.force_login(marta)
    front = client.get("/admin/").content.decode()
    assert "1 pair of organizations may be one organization" in front
    for things in ("accounts/organization", "accounts/user", "merging/merge"):
        assert 'href="/admin/merging/merge/doubles/"' in client.get(f"/admin/{things}/").content.decode()
    page = client.get("/admin/merging/merge/doubles/")
    assert f"/admin/accounts/organization/{kept.pk}/merge/?with={gone.pk}" in page.content.decode()
    pair = LikelyDouble.objects.get(first_organization=kept)
    answer = client.post("/admin/merging/merge/doubles/", {"pair": pair.pk}, follow=True)
    assert "They are not proposed again." in answer.content.decode()
    assert f"?with={gone.pk}" not in answer.content.decode()
    find_all()
    assert not LikelyDouble.objects.filter(first_organization=kept).exists()


def test_the_page_of_each_names_the_other(client: Client, marta: User) -> None:
    kept, gone = two_spellings()
    find_all()
    client.force_login(marta)
    for one, other in ((kept, gone), (gone, kept)):
        page = client.get(f"/admin/accounts/organization/{one.pk}/change/").content.decode()
        assert f"The same as “{other.name}”?" in page
        assert f"/admin/accounts/organization/{one.pk}/merge/?with={other.pk}" in page
    client.force_login(cast.reader())
    assert (
        "merge/?with=" not in client.get(f"/admin/accounts/organization/{kept.pk}/change/").content.decode()
    )
    assert "likely doubles" not in client.get("/admin/").content.decode()


def test_the_page_asks_as_much_of_many_as_of_one(
    client: Client, marta: User, django_assert_num_queries: Any
) -> None:
    client.force_login(marta)
    for number in (1, 3):
        for each in range(number):
            cast.organization(f"Town {number}{each}")
            cast.organization(f"City of Town {number}{each}")
            cast.person(email=f"x{number}{each}@dakar.sn")
            cast.person(email=f"x{number}{each}+b@dakar.sn")
        find_all()
        client.get("/admin/merging/merge/doubles/")
        with django_assert_num_queries(9):
            client.get("/admin/merging/merge/doubles/")


def test_there_are_as_many_pages_as_it_takes(
    client: Client, marta: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("merging.admin.SHOWN", 2)
    for number in range(5):
        cast.person("Yacine", email=f"y{number}@dakar.example")
        cast.person("Yacine", email=f"y{number}+b@dakar.example")
    find_all()
    client.force_login(marta)

    def page(number: str) -> tuple[str, int]:
        answer = client.get(f"/admin/merging/merge/doubles/?person={number}").content.decode()
        people = answer.partition('<section aria-labelledby="person">')[2]
        return people, people.count("They are two")

    first, pairs = page("1")
    assert pairs == 2
    assert "These are 1 to 2 of 5 pairs." in first
    assert 'href="?person=2#person"' in first
    assert 'rel="prev"' not in first
    for beyond in ("3", "99"):
        last, pairs = page(beyond)
        assert pairs == 1
        assert "These are 5 to 5 of 5 pairs." in last
        assert 'rel="next"' not in last
    assert page("x")[1] == page("")[1] == 2
    pair = LikelyDouble.objects.filter(first_person__isnull=False).last()
    assert pair
    answer = client.post("/admin/merging/merge/doubles/?person=3", {"pair": pair.pk}, follow=True)
    assert "These are 3 to 4 of 4 pairs." in answer.content.decode()
