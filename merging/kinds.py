"""Who can be merged: the two kinds, each with its rooms' parts and the words of its pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_stubs_ext import StrOrPromise

from accounts.models import Organization, User

from . import letters, people
from .models import Merge
from .parts import Part, nothing, of_organizations, of_people


@dataclass(frozen=True, kw_only=True)
class Kind[M: Model]:
    """`standing` are those that can be merged. `noun` is its part of the columns of Merge. `facts` are the columns that the
    page shows of both, side by side; `tells_apart` those that tell two of the same name apart.
    """

    noun: str
    model: type[M]
    parts: Sequence[Part[M]]
    standing: Callable[[], QuerySet[M]]
    facts: Sequence[str]
    tells_apart: Sequence[str]
    question: StrOrPromise
    choose: StrOrPromise
    pairs: StrOrPromise  # counts them
    # Raises a CannotMerge for who may merge, but not these two: `refuse(by, kept, gone)`.
    refuse: Callable[[User, M, M], None] = nothing
    # Write to whom it is about, after a merge and after an undo.
    tell: Callable[[Merge], None] = nothing
    tell_undone: Callable[[Merge], None] = nothing

    @property
    def permission(self) -> str:
        return f"merging.merge_{self.noun}"

    @property
    def pair_exists(self) -> Q:
        """Of rows about two of either kind: those about two of this one."""
        return Q(**{f"first_{self.noun}__isnull": False})

    def joined(self, end: str) -> list[str]:
        """What `tells_apart` reads of another row, by the column that leads there."""
        fields = [self.model._meta.get_field(name) for name in self.tells_apart]
        return [f"{end}__{field.name}" for field in fields if field.is_relation]

    def columns(self, *, kept: M, gone: M) -> dict[str, Any]:
        return {f"kept_{self.noun}": kept, f"gone_{self.noun}": gone}


ORGANIZATIONS = Kind(
    noun="organization",
    model=Organization,
    parts=of_organizations,
    standing=lambda: Organization.objects.all(),
    facts=("kind", "country", "region", "member_since", "member_until", "certainty", "slug"),
    tells_apart=("country", "slug"),
    question=_("Are these two one organization?"),
    choose=_("Which organization is the same?"),
    pairs=ngettext_lazy(
        "%(count)d pair of organizations may be one organization",
        "%(count)d pairs of organizations may be one organization",
        "count",
    ),
)
PEOPLE = Kind(
    noun="person",
    model=User,
    parts=of_people,
    standing=lambda: User.objects.filter(erased_at=None, merged_into=None),
    facts=("email", "organization", "post", "country", "language", "joined_at", "last_login"),
    tells_apart=("email", "organization"),
    question=_("Are these two one person?"),
    choose=_("Who is the same person?"),
    pairs=ngettext_lazy(
        "%(count)d pair of accounts may be one person",
        "%(count)d pairs of accounts may be one person",
        "count",
    ),
    refuse=people.refuse,
    tell=letters.tell_merged,
    tell_undone=letters.tell_undone,
)


# Whose pages at the desk lead to a merge (desk.py).
KINDS: tuple[Kind[Any], ...] = (ORGANIZATIONS, PEOPLE)


def kind_of(merge: Merge) -> Kind[Any]:
    return PEOPLE if merge.kept_person_id else ORGANIZATIONS
