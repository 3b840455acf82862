"""Who seems to be one: looked for each hour and kept, so that pages ask for a few rows, whoever there is.

People are compared in PostgreSQL, by a key worked out for each row, sorted once; never each with each. Of many who share a
key each stands beside the first: once two were merged, the next hour finds the rest.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Func, Min, OuterRef, QuerySet, Subquery, TextField, Window
from django.db.models.functions import Lower

from accounts.models import FormerAddress, Organization, OrganizationName
from desk.alphabet import plain

from .kinds import ORGANIZATIONS, PEOPLE, Kind
from .models import LikelyDouble, NotTheSame

type Pair = tuple[int, int]
Why = LikelyDouble.Why

# What a city calls its administration by; what is left of a name is compared. Not what tells a city from the metropolis
# around it: Barcelona and its metropolitan area are two members.
CITY_WORDS = """
city cities municipality government council of the and
ville mairie commune municipalite de la le les du des d l et
ciudad municipio ayuntamiento alcaldia gobierno distrito del el los y
cidade prefeitura municipal do da comune citta di stadt gemeinde
"""
OF_ANY_CITY = frozenset(CITY_WORDS.split())
WORDS = re.compile(r"\w+")


def find_all() -> int:
    """What is said of each pair stays while it seems so. Who was told apart is not among them."""
    for kind, found in ((ORGANIZATIONS, organizations()), (PEOPLE, people())):
        keep(kind, found)
    return LikelyDouble.objects.count()


@transaction.atomic
def keep(kind: Kind[Any], found: Iterable[tuple[Pair, str]]) -> None:
    first, second = f"first_{kind.noun}_id", f"second_{kind.noun}_id"
    likely = dict(reversed([*found]))  # the first reason of a pair is the one that is told
    for said in NotTheSame.objects.filter(kind.pair_exists).values_list(first, second):
        likely.pop(said, None)
    known = {
        (row[first], row[second]): row["pk"]
        for row in LikelyDouble.objects.filter(kind.pair_exists).values("pk", first, second)
    }
    LikelyDouble.objects.filter(pk__in=[pk for pair, pk in known.items() if pair not in likely]).delete()
    LikelyDouble.objects.bulk_create(
        (
            LikelyDouble(**{first: pair[0], second: pair[1]}, why=why)
            for pair, why in sorted(likely.items())
            if pair not in known
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def likely_doubles(kind: Kind[Any]) -> QuerySet[LikelyDouble]:
    """Found, and both still stand."""
    standing = kind.standing().order_by().values("pk")
    both = {f"{end}_{kind.noun}__in": standing for end in ("first", "second")}
    return LikelyDouble.objects.filter(**both).order_by("pk")


# Organizations: a few thousand names, compared here


def organizations() -> Iterator[tuple[Pair, str]]:
    """Those of one country that share a name, in whatever language, without what any city calls itself."""
    countries = dict(Organization.objects.order_by("pk").values_list("pk", "country"))
    names = [
        *Organization.objects.values_list("pk", "name"),
        *OrganizationName.objects.filter(organization__merged_into=None).values_list("organization", "name"),
    ]
    firsts: dict[tuple[str, str], int] = {}
    for pk, name in sorted(names):
        if pk in countries and (key := city_key(name)):
            first = firsts.setdefault((str(countries[pk]), key), pk)
            if first != pk:
                yield (first, pk), Why.CITY


@cache
def city_key(name: str) -> str:
    """“Ville de Dakar” and “City of Dakar” are “dakar”."""
    words = WORDS.findall(plain(name))
    return " ".join(word for word in words if word not in OF_ANY_CITY)


# People: PostgreSQL sorts them by a key


def people() -> Iterator[tuple[Pair, str]]:
    standing = PEOPLE.standing().order_by()
    with_email = standing.exclude(email="").annotate(key=Mailbox("email"))
    for pair in beside_the_first(with_email, "key"):
        yield pair, Why.EMAIL
    for pair in former_addresses(standing):
        yield pair, Why.FORMER_EMAIL
    with_name = standing.filter(name__contains=" ", organization__isnull=False).annotate(
        key=WordsInOrder("name")
    )
    for pair in beside_the_first(with_name, "organization", "key"):
        yield pair, Why.NAME


def beside_the_first(rows: QuerySet[Any], *key: str) -> Iterator[Pair]:
    """Each that shares the key with one of a lower number, beside the first of them."""
    first = Window(Min("pk"), partition_by=[F(name) for name in key])
    yield from rows.annotate(first=first).filter(first__lt=F("pk")).values_list("first", "pk").iterator()


def former_addresses(standing: QuerySet[Any]) -> Iterator[Pair]:
    """Whose address was another’s before."""
    holder = standing.annotate(lower=Lower("email")).filter(lower=Lower(OuterRef("email")))
    rows = (
        FormerAddress.objects.filter(Exists(standing.filter(pk=OuterRef("person"))))
        .annotate(holder=Subquery(holder.values("pk")[:1]))
        .exclude(holder=None)
        .exclude(holder=F("person"))
    )
    for one, other in rows.values_list("person", "holder"):
        yield (min(one, other), max(one, other))


class Mailbox(Func):
    """Of an e-mail address: small letters, without what follows a “+”; of Google’s also without dots, under one name.

    Dots matter to other houses. https://support.google.com/mail/answer/7436150
    """

    template = (
        "CASE WHEN split_part(lower(%(expressions)s), '@', 2) IN ('gmail.com', 'googlemail.com') THEN "
        "replace(split_part(split_part(lower(%(expressions)s), '@', 1), '+', 1), '.', '') || '@gmail.com' ELSE "
        "split_part(split_part(lower(%(expressions)s), '@', 1), '+', 1) || '@' || "
        "split_part(lower(%(expressions)s), '@', 2) END"
    )
    arity = 1
    output_field = TextField()


class WordsInOrder(Func):
    """Of a name, without accents: “Núñez, Ana María” and “Ana Maria Nunez” are the same."""

    template = (
        "(SELECT string_agg(word, ' ' ORDER BY word COLLATE \"C\") FROM "
        "regexp_split_to_table(alphabetical(%(expressions)s), '[[:space:].,’-]+') AS word WHERE word <> '')"
    )
    arity = 1
    output_field = TextField()
