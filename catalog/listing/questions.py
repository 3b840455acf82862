"""One question asked of the catalog: what an address asks for, and the rows that answer it."""

from copy import copy
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import IsNull
from django.http import QueryDict
from django.utils.functional import cached_property

from accounts.models import User

from ..models import Activity, Meeting, Session
from ..models.activity import ActivityQuerySet
from ..models.session import SessionQuerySet
from .filters import Filters, of_activity
from .options import Options
from .search import Search, understand

PUBLISHED = Q(published_at__isnull=False, withdrawn_at__isnull=True)


class Question:
    """`past` tells which half of the catalog is asked; the half of what is upcoming is a list of sessions."""

    def __init__(self, data: QueryDict, *, options: Options, now: datetime, person: User | None = None):
        self.data, self.options, self.now, self.person = data, options, now, person
        self.past = data.get("when") == "past"
        self.words = " ".join(data.get("q", "").replace("\x00", " ").split())

    def in_the_other_half(self) -> "Question":
        """The same question about what is past, when this one is about what is upcoming, and the other way round."""
        return self.changed(past=not self.past)

    def without_words(self) -> "Question":
        return self.changed(words="", search=None)

    def at(self, now: datetime) -> "Question":
        """The same question at another moment."""
        return self.changed(now=now)

    def changed(self, **changes: object) -> "Question":
        changed = copy(self)
        changed.__dict__.pop("filters", None)
        changed.__dict__.update(changes)
        return changed

    @cached_property
    def filters(self) -> Filters:
        rows = self.public_activities() if self.past else self.public_sessions()
        return Filters(self.data, rows, options=self.options, now=self.now, person=self.person)

    @cached_property
    def search(self) -> Search | None:
        return understand(self.words) if self.words else None

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What the filters are asked for; the words are not among it."""
        return self.filters.asked if self.names_filters else {}

    @property
    def names_filters(self) -> bool:
        """Whether the address names a filter at all. Most do not, and then no form is needed to read it."""
        return not self.data.keys().isdisjoint(Filters.base_filters)

    @property
    def notes(self) -> list[str]:
        """What was not understood."""
        return self.filters.notes() if self.names_filters else []

    def shape(self) -> tuple[object, ...] | None:
        """What makes this question another than others; None when it depends on who asks."""
        if "mine" in self.asked:
            return None
        return (*self.parameters(), self.search and self.search.expression)

    # Rows

    def public_activities(self) -> ActivityQuerySet:
        """Published, and matching the words."""
        # A plain QuerySet: the columns of all languages are named here, none is to be rewritten into the page's.
        rows: ActivityQuerySet = ActivityQuerySet(Activity).filter(PUBLISHED)
        return rows.filter(search_vector=self.search.query) if self.search else rows

    def public_sessions(self) -> SessionQuerySet:
        rows: SessionQuerySet = SessionQuerySet(Session).filter(of_activity(PUBLISHED))
        return rows.filter(activity__search_vector=self.search.query) if self.search else rows

    def sessions(self) -> SessionQuerySet:
        """The upcoming sessions that answer the question, several of one activity perhaps."""
        rows: SessionQuerySet = self.filters.qs
        return rows.upcoming(self.now)

    def next_sessions(self, part: SessionQuerySet) -> SessionQuerySet:
        """Of these sessions, `with_next`, those that stand for their activity: none of it that meets earlier answers too.

        One that is called off stands for its activity only when no other does.
        """
        siblings: SessionQuerySet = SessionQuerySet(Session).filter(
            ~Q(pk=OuterRef("pk")), activity=OuterRef("activity_id"), ends_at__gt=self.now
        )
        for name, value in self.asked.items():
            if self.filters.filters[name].of_session:
                siblings = self.filters.filters[name].filter(siblings, value)
        called_off = Q(IsNull(OuterRef("cancelled_at"), False))
        stands = Q(cancelled_at=None)
        before = (stands & called_off) | ((stands | called_off) & self.earlier())
        return part.with_next(self.now).filter(~Exists(siblings.filter(before)))

    def earlier(self) -> Q:
        """Whether an upcoming session stands in the list before the outer one, which is `with_next`. Of one that has begun
        it is asked whether any meeting to come does, which costs less than finding the next."""
        at, pk = OuterRef("at"), OuterRef("pk")
        # The outer `at` is worked out wherever it is named: mostly once so, for most sessions are not earlier.
        meetings = Meeting._base_manager.filter(
            Q(session_id__lt=OuterRef(pk)) | Q(starts_at__lt=OuterRef(at)),
            session=pk,
            ends_at__gt=self.now,
            starts_at__lte=OuterRef(at),
        )
        to_come = Q(listed_at__gt=self.now) & Q(listed_at__lte=at) & (Q(pk__lt=pk) | Q(listed_at__lt=at))
        return to_come | (Q(listed_at__lte=self.now) & Q(Exists(meetings)))

    def past_activities(self) -> ActivityQuerySet:
        rows: ActivityQuerySet = self.filters.qs
        return rows.past(self.now)

    # Addresses

    def parameters(self) -> list[tuple[str, str]]:
        """The question in its shortest form: what was not understood is gone, the page too."""
        parameters = [("q", self.words)] if self.words else []
        for name, value in self.asked.items():
            parameters += [(name, str(item)) for item in (value if isinstance(value, list) else [value])]
        return [*parameters, ("when", "past")] if self.past else parameters

    def address(self, without: tuple[str, str] | str | None = None, **more: object) -> str:
        """The query string of this question without a filter, or without one of its values, and with others set."""
        remaining = [
            (name, value)
            for name, value in self.parameters()
            if name not in more and without not in (name, (name, value))
        ]
        given: list[tuple[str, object]] = [(name, value) for name, value in more.items() if value is not None]
        asked = urlencode([*remaining, *given])
        return f"?{asked}" if asked else ""
