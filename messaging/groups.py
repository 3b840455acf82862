"""To whom of a session one may write. Rooms that know more of people than that they registered say here which groups they
know of: who was present, who applied.

Nobody whose registration was cancelled is in a group, nor anybody who was erased, whatever a group says.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Session
from registrations.models import Registration


def always(_session: Session, _now: datetime) -> bool:
    return True


@dataclass(frozen=True)
class Group:
    """`of` says of registrations of the session which are in it; `makes_sense` whether it is offered now.

    Its code, of at most 20 characters, stands in rows: it stays.
    """

    code: str
    name: Promise
    of: Callable[[Session], Q]
    makes_sense: Callable[[Session, datetime], bool] = always


CONFIRMED = Group(
    "confirmed", _("people with a place"), lambda _session: Q(state=Registration.State.CONFIRMED)
)
HELD = Group(
    "held",
    _("people for whom a place is held"),
    lambda _session: Q(state=Registration.State.HELD),
    makes_sense=lambda session, now: session.eligibility in Session.OF_MEMBERS,
)
WAITING = Group(
    "waiting", _("people on the waiting list"), lambda _session: Q(state=Registration.State.WAITING)
)

_groups: dict[str, Group] = {group.code: group for group in (CONFIRMED, HELD, WAITING)}


def can_be_written_to(group: Group) -> None:
    """From now on messages may go to this group."""
    _groups[group.code] = group


def offered(session: Session, now: datetime) -> list[Group]:
    return [group for group in _groups.values() if group.makes_sense(session, now)]


def names_of(codes: Collection[str]) -> list[str]:
    return [str(group.name) for group in _groups.values() if group.code in codes]


def all_of(session: Session) -> QuerySet[Registration]:
    """Who may be in a group at all."""
    standing = session.registrations.filter(person__erased_at=None)
    return standing.exclude(state=Registration.State.CANCELLED)


def people_of(session: Session, codes: Collection[str]) -> QuerySet[Registration]:
    """Who is in at least one of the groups, each once."""
    in_one = Q(pk__in=[])
    for code in codes:
        if group := _groups.get(code):
            in_one |= group.of(session)
    return all_of(session).filter(in_one)


def sizes(session: Session, groups: Sequence[Group]) -> dict[str, int]:
    """How many are in each, in one query."""
    counts = {f"in_{group.code}": Count("pk", filter=group.of(session)) for group in groups}
    found = all_of(session).order_by().aggregate(**counts)
    return {group.code: found[f"in_{group.code}"] for group in groups}


def groups_of(registration: Registration) -> set[str]:
    """In which groups this one is now, in one query."""
    session = registration.session
    tells = {
        f"in_{group.code}": ExpressionWrapper(group.of(session), output_field=BooleanField())
        for group in _groups.values()
    }
    row = all_of(session).filter(pk=registration.pk).order_by().annotate(**tells).values(*tells).first()
    return {name.removeprefix("in_") for name, is_in in (row or {}).items() if is_in}
