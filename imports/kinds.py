"""What a file may bring: people for a session, and what rooms above this one say with `brings`.

A kind says what its columns are, what each row would do, how the rows are done, and how they are taken back. Reading, steps,
progress, the file of refused rows and the pages are the same for all.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.forms import Form
from django.http import HttpRequest
from django_stubs_ext import StrOrPromise

from accounts.access import acts_as_staff
from accounts.models import User
from catalog.models import Session

from .models import Entry, Import
from .reading import Vocabulary

if TYPE_CHECKING:
    from .page import ImportPage

ADD = "imports.add_import"


@dataclass(frozen=True)
class Looked:
    """A row as it would be done now: what its page shows, and its file of refused rows."""

    entry: Entry
    outcome: str
    why: str
    who: str  # whom or what it is about
    beside: str = ""  # by what else that is known
    # What becomes otherwise: the column, what it says, what it will say.
    changes: Sequence[tuple[str, str, str]] = ()

    @property
    def kept(self) -> dict[str, object]:
        """With its row."""
        return {name: value for name, value in vars(self).items() if name != "entry"}

    @classmethod
    def foreseen(cls, entry: Entry) -> "Looked":
        kept = entry.foreseen
        return cls(entry, *(kept[name] for name in ("outcome", "why", "who", "beside", "changes")))


# Rows up to which a dry run is made anew whenever it is shown, where one row takes its time.
LOOKED_AT_ONCE = 200


class Kind(ABC):
    name: ClassVar[str]
    title: ClassVar[StrOrPromise]
    lead: ClassVar[StrOrPromise]
    form_template: ClassVar[str] = "imports/new.html"
    begin_template: ClassVar[str]
    undoing_template: ClassVar[str] = "imports/undoing.html"
    vocabulary: ClassVar[Vocabulary]
    # Besides that to import at all.
    permissions: ClassVar[tuple[str, ...]] = ()
    # Rows in one transaction: so much is done again should the worker be killed.
    at_once: int
    # How many rows are looked at whenever they are shown; of more it is kept what they would do. None: any number.
    looked_at_once: int | None = None

    def may(self, person: User) -> bool:
        """Whether this person brings such things, at the desk."""
        return acts_as_staff(person, ADD) and all(acts_as_staff(person, one) for one in self.permissions)

    # Where such things stand at the desk, and what they are called; empty where the desk itself is the way back.
    list_address: StrOrPromise = ""
    things_name: ClassVar[StrOrPromise] = ""

    @property
    @abstractmethod
    def column_choices(self) -> Sequence[tuple[str, StrOrPromise]]: ...

    @abstractmethod
    def form(self, request: HttpRequest) -> Form:
        """That asks for a list: bound where it was sent."""

    @abstractmethod
    def make(self, form: Any, *, by: User) -> Import:
        """Out of its valid form."""

    @abstractmethod
    def columns_form(self, of: Import, data: Any = None) -> Any: ...

    @abstractmethod
    def refuse_columns(self, columns: Sequence[str]) -> None:
        """Raises NoAddresses, TwiceTheSame …"""

    @abstractmethod
    def found_by(self, columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
        """By what other rows of the same are found, as columns of Entry."""

    @abstractmethod
    def page(
        self, of: Import, now: datetime, *, what: str = "", number: str | None = None
    ) -> "ImportPage": ...

    @abstractmethod
    def looked(self, of: Import, now: datetime) -> list[Looked]:
        """Each row of an import that is not begun. Nothing is stored."""

    def foresee(self, of: Import, entries: Sequence[Entry]) -> None:
        """Write into these rows what they would do, after those before them; of kinds that say `looked_at_once`."""
        raise NotImplementedError

    @abstractmethod
    def still_stands_for(self, of: Import, by: User) -> bool:
        """Whether who began it is still one who may: a role or a host may be gone since."""

    @abstractmethod
    def do(self, of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None) -> datetime:
        """These rows, in the transaction that is open; each row then says what came of it. Answers when."""

    @abstractmethod
    def take_back(self, of: Import, entries: Sequence[Entry], *, by: User, now: datetime | None) -> datetime:
        """What these rows did, in the transaction that is open; each row then says what came of that. Answers when."""

    @abstractmethod
    def undo_outlook(self, of: Import, now: datetime, *, reader: User) -> object:
        """For its page: what taking back would come to."""


_kinds: dict[str, Kind] = {}


def brings(kind: Kind) -> None:
    """From now on files may bring such things."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)


def kinds_of(person: User) -> list[Kind]:
    """Which this person may bring."""
    return [kind for kind in _kinds.values() if kind.may(person)]


def kind_of(of: Import) -> Kind:
    return _kinds[of.kind]


def of_session(of: Import) -> Session:
    """Of an import of registrations."""
    assert of.session is not None
    return of.session
