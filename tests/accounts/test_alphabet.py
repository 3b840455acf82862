"""Names stand in one order, whether Python or PostgreSQL sorted them."""

import random

import pytest
from django.urls import reverse

from accounts.models import Organization, User
from desk.alphabet import Alphabetical, plain
from tests import cast

pytestmark = pytest.mark.django_db

IN_ORDER = [
    *(
        "Århus",
        "Évora",
        "Ḥamā",
        "İzmir",
        "Kraków",
        "Łódź",
        "lublin",
        "Ōsaka",
        "Țimișoara",
        "ürümqi",
        "Zürich",
    ),
    *("Αθήνα", "Москва", "أبو ظبي", "إربد", "الأهواز", "بيروت", "کراچی", "كركوك", "یزد"),
]


def test_letters_with_marks_stand_with_those_without():
    assert sorted(random.Random(5).sample(IN_ORDER, len(IN_ORDER)), key=plain) == IN_ORDER


def test_the_database_sorts_as_we_do():
    names = [
        *IN_ORDER,
        *(
            "Ægina",
            "Œuvre",
            "Straße",
            "Þingvellir",
            "Đà Nẵng",
            "Iğdır",
            "Ðakovo",
            "Ħamrun",
            "Ŧana",
            "Ŋami",
            "Gəncə",
        ),
        *(
            "Ñuñoa",
            "eThekwini (Durban)",
            "Xi’an",
            "Port-au-Prince",
            "도시",
            "城市",
            "مدینه",
            "مُحَمَّد",
            "ی ک ة ى ٱ",
        ),
    ]
    User.objects.bulk_create(
        User(name=name, email=f"{number}@city.example") for number, name in enumerate(names)
    )
    people = User.objects.annotate(plain=Alphabetical("name"))
    assert {person.name: person.plain for person in people} == {name: plain(name) for name in names}
    assert [person.name for person in people] == sorted(names, key=plain)


def test_lists_are_in_this_order_wherever_they_stand(client):
    client.force_login(cast.secretary())
    names = ["Zürich", "Łódź", "Århus", "Évora", "algiers", "İzmir"]
    for name in names:
        cast.organization(name)
    in_order = ["algiers", "Århus", "Évora", "İzmir", "Łódź", "Zürich"]
    assert [organization.name for organization in Organization.objects.all()] == in_order
    assert [organization.name for organization in Organization.objects.named()] == in_order
    address = reverse("admin:accounts_organization_changelist")
    column = list(client.get(address).context["cl"].list_display).index("name")
    for query, expected in (("", in_order), (f"?o={column}", in_order), (f"?o=-{column}", in_order[::-1])):
        shown = client.get(address + query).context["cl"].result_list
        assert [organization.name for organization in shown] == expected
