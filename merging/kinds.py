"""Who can be merged: the two kinds, each with its rooms' parts and the words of its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import Organization, User

from .models import Merge
from .parts import Part, of_organizations, of_people


@dataclass(frozen=True, kw_only=True)
class Kind[M: Model]:
    """`noun` is its part of the columns of Merge. `facts` are the columns that the page shows of both, side by side."""

    noun: str
    model: type[M]
    parts: Sequence[Part[M]]
    facts: Sequence[str]
    question: StrOrPromise
    choose: StrOrPromise

    @property
    def permission(self) -> str:
        return f"merging.merge_{self.noun}"

    def columns(self, *, kept: M, gone: M) -> dict[str, Any]:
        return {f"kept_{self.noun}": kept, f"gone_{self.noun}": gone}


ORGANIZATIONS = Kind(
    noun="organization",
    model=Organization,
    parts=of_organizations,
    facts=("kind", "country", "region", "member_since", "member_until", "certainty", "slug"),
    question=_("Are these two one organization?"),
    choose=_("Which organization is the same?"),
)
PEOPLE = Kind(
    noun="person",
    model=User,
    parts=of_people,
    facts=("email", "organization", "post", "country", "language", "joined_at", "last_login"),
    question=_("Are these two one person?"),
    choose=_("Who is the same person?"),
)


def kind_of(merge: Merge) -> Kind[Any]:
    return PEOPLE if merge.kept_person_id else ORGANIZATIONS
