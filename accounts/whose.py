"""Whose an e-mail address is. Asked wherever somebody is looked for by one that was typed, listed or written to.

An address of a person who was merged into another is the other's: a proven one as one more way in, any other by record.
"""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower

from .models import FormerAddress, User

# UNION, not UNION ALL: it ends whatever the rows say.
ACCOUNTS = """(WITH RECURSIVE accounts (id) AS (SELECT %s::bigint
UNION SELECT u.id FROM accounts_user u JOIN accounts ON u.merged_into_id = accounts.id) SELECT id FROM accounts)"""


def owner_of(email: str, *, formerly: bool = False) -> User | None:
    """The person whose address this is: their own, or one more that they have proven. `formerly` also takes one that was
    theirs by record and is nobody's by now: enough to say who is meant, never to let anybody in."""
    return owners_of([email], formerly=formerly).get(email.strip().lower())


def owners_of(emails: Iterable[str], *, formerly: bool = False) -> dict[str, User]:
    """The same of many, by the addresses in small letters: in four statements at most."""
    wanted = {email.strip().lower() for email in emails} - {""}
    people = User.objects.select_related("organization")
    own = people.annotate(lower=Lower("email")).filter(lower__in=wanted) if wanted else []
    found = {person.email.lower(): person for person in own}
    numbers: dict[str, int] = {}
    if left := wanted - found.keys():
        proven = EmailAddress.objects.filter(email__in=left, verified=True, user__merged_into=None)
        numbers = dict(proven.values_list("email", "user"))
    if formerly and (left := left - numbers.keys()):
        numbers |= once_held(left)
    more = {person.pk: person for person in people.filter(pk__in=numbers.values())} if numbers else {}
    return found | {email: more[number] for email, number in numbers.items()}


def once_held(emails: set[str]) -> dict[str, int]:
    """By whom, where it was one person alone: which of two is meant, nobody can say."""
    rows = FormerAddress.objects.filter(
        email__in=emails, person__merged_into=None, person__erased_at=None
    ).values_list("email", "person")
    holders: dict[str, set[int]] = {}
    for email, number in rows:
        holders.setdefault(email, set()).add(number)
    return {email: numbers.pop() for email, numbers in holders.items() if len(numbers) == 1}


def is_proven(person: User, email: str) -> bool:
    """Whether this person has shown that they read what comes there."""
    return bool(EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists())


def written_to(person: User, column: str = "email") -> Q:
    """Rows whose `column` is an address of this person: their own, one more that is proven, or a former one that is nobody
    else's by now. Part of one statement."""
    others = User.objects.annotate(lower=Lower("email")).filter(lower=OuterRef("email"))
    proven = EmailAddress.objects.filter(email=OuterRef("email"), verified=True).exclude(
        user=OuterRef("person")
    )
    former = FormerAddress.objects.filter(~Exists(others), ~Exists(proven), person=person)
    more = EmailAddress.objects.filter(user=person, verified=True).exclude(email=person.email.lower())
    return (
        Q(**{f"{column}__iexact": person.email})
        | Q(**{f"{column}__in": more.values("email")})
        | Q(**{f"{column}__in": former.values("email")})
    )


def accounts_of(person: User) -> RawSQL:
    """The numbers of their account and of all that were merged into it: `person__in=accounts_of(…)` asks for what is
    theirs and stayed with one of those. Part of one statement."""
    return RawSQL(ACCOUNTS, [person.pk])  # noqa: S611 - a statement of ours
