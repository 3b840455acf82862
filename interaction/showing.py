"""What pages show of the questions of a meeting: to who has a place, to its moderators, and on the wall."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet

from catalog.models import Meeting
from registrations.models import Registration

from . import versions
from .counting import voted_for, votes_of
from .models import Question, Report

State = Question.State
ORDERS = ("votes", "newest", "mine")
# On a wall nobody reads more.
ON_THE_WALL = 6


@dataclass(frozen=True)
class Entry:
    """A question as others read it. `who` is empty where it is asked without the name, or by nobody any more."""

    pk: int
    words: str
    language: str
    state: str
    asked_at: datetime
    who: str
    votes: int
    answer: str
    answer_language: str
    askers: frozenset[int]  # registrations: of those united with it, too

    @property
    def is_answered(self) -> bool:
        return self.state == State.ANSWERED

    @property
    def is_taken_up(self) -> bool:
        return self.state == State.TAKEN_UP


@dataclass(frozen=True)
class Shown:
    """An entry for one reader."""

    entry: Entry
    is_mine: bool
    voted: bool


@dataclass(frozen=True)
class ForModerators:
    """With who asked, as far as the host sees who that is, and what was united with it."""

    question: Question
    votes: int
    doubles: Sequence[Question] = ()
    report: int | None = None  # its number, while it waits for the host's staff

    @property
    def who(self) -> str:
        return asker_for_host(self.question)


@dataclass
class Page:
    """For who has a place. `own` are theirs in whatever state."""

    taken_up: list[Shown] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    answered: list[Shown] = field(default_factory=list)
    own: list[Question] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.taken_up or self.shown or self.answered)

    def column_of(self, entry: Entry) -> list[Shown]:
        if entry.is_taken_up:
            return self.taken_up
        return self.answered if entry.is_answered else self.shown


def page_for(meeting: Meeting, registration: Registration, *, order: str, version: str | None) -> Page:
    """Three queries where others have looked since the last change, six otherwise."""
    entries = entries_of(meeting, version)
    voted = voted_for(meeting.pk, registration.pk)
    page = Page(own=own_questions(meeting, registration))
    for entry in in_order(entries, order):
        mine = registration.pk in entry.askers
        if order == "mine" and not mine:
            continue
        page.column_of(entry).append(Shown(entry, mine, entry.pk in voted))
    return page


def without_place(meeting: Meeting, registration: Registration) -> Page:
    """Of others nothing; what they asked they can take back."""
    return Page(own=own_questions(meeting, registration))


def for_onlookers(meeting: Meeting, *, order: str) -> Page:
    """As people with a place see it, for moderators who have none."""
    page = Page()
    for entry in in_order(entries_of(meeting, versions.current(meeting)), order):
        page.column_of(entry).append(Shown(entry, is_mine=False, voted=False))
    return page


def own_questions(meeting: Meeting, registration: Registration) -> list[Question]:
    """With `is_reported`: who asked sees that it is hidden from others."""
    waits = Exists(Report.objects.waiting().filter(question=OuterRef("pk")))
    mine = Question.objects.filter(meeting=meeting, registration=registration).annotate(is_reported=waits)
    return list(mine.select_related("same_as").order_by("-asked_at", "-pk"))


def in_order(entries: Iterable[Entry], order: str) -> list[Entry]:
    by: Callable[[Entry], tuple[object, ...]] = by_votes if order == "votes" else newest
    return sorted(entries, key=by)


def by_votes(entry: Entry) -> tuple[object, ...]:
    return (-entry.votes, entry.asked_at, entry.pk)


def newest(entry: Entry) -> tuple[object, ...]:
    return (-entry.asked_at.timestamp(), -entry.pk)


def entries_of(meeting: Meeting, version: str | None) -> list[Entry]:
    """What everybody with a place reads, worked out once after each change."""
    key = f"questions-shown:{meeting.pk}"
    kept = cache.get(key) if version else None
    if kept and kept[0] == version:
        entries: list[Entry] = kept[1]
        return entries
    entries = worked_out(Question.objects.shown().filter(meeting=meeting), votes_of(meeting.pk))
    if version:
        cache.set(key, (version, entries), timeout=int(versions.LIVES.total_seconds()))
    return entries


def worked_out(questions: QuerySet[Question], votes: dict[int, int]) -> list[Entry]:
    people = questions.select_related("registration__person__organization").prefetch_related("doubles")
    return [
        Entry(
            pk=question.pk,
            words=question.words,
            language=question.language,
            state=question.state,
            asked_at=question.asked_at,
            who=asker_for_others(question),
            votes=votes.get(question.pk, 0),
            answer=question.answer,
            answer_language=question.answer_language,
            askers=frozenset(
                one.registration_id for one in (question, *question.doubles.all()) if one.registration_id
            ),
        )
        for question in people
    ]


def asker_for_others(question: Question) -> str:
    if question.unnamed or question.registration is None:
        return ""
    return in_words(question.registration.person.that_stands)


def asker_for_host(question: Question) -> str:
    """Always, but for somebody who was registered by an address alone and has not agreed to more: then the address."""
    registration = question.registration
    if registration is None:
        return ""
    return in_words(registration.seen if question.unnamed else registration.person.that_stands)


def in_words(person: object) -> str:
    organization = getattr(person, "organization_name", "")
    return f"{person} · {organization}" if organization else str(person)


@dataclass
class Moderation:
    """All questions of a meeting, by what there is to do with them."""

    reported: list[ForModerators] = field(default_factory=list)
    waiting: list[ForModerators] = field(default_factory=list)
    taken_up: list[ForModerators] = field(default_factory=list)
    shown: list[ForModerators] = field(default_factory=list)
    answered: list[ForModerators] = field(default_factory=list)
    set_aside: list[ForModerators] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(vars(self).values())


def moderation_of(meeting: Meeting) -> Moderation:
    """Waiting ones first come first; the others by votes. In a fixed number of queries."""
    votes = votes_of(meeting.pk)
    every = list(
        Question.objects.filter(meeting=meeting).select_related("registration__person__organization")
    )
    waiting = meeting.question_reports.waiting().order_by("-reported_at", "-pk")
    reported: dict[int | None, int] = dict(waiting.values_list("question", "pk"))
    doubles: dict[int, list[Question]] = {}
    for question in every:
        if question.same_as_id:
            doubles.setdefault(question.same_as_id, []).append(question)
    found = Moderation()
    for question in every:
        if question.same_as_id is None:
            row = ForModerators(
                question, votes.get(question.pk, 0), doubles.get(question.pk, ()), reported.get(question.pk)
            )
            where = found.reported if row.report else vars(found)[question.state]
            where.append(row)
    for column in (found.shown, found.answered, found.set_aside):
        column.sort(key=lambda row: (-row.votes, row.question.asked_at, row.question.pk))
    return found


@dataclass(frozen=True)
class Wall:
    taken_up: Entry | None
    next: list[Entry]
    more: int


def wall_of(meeting: Meeting, version: str | None) -> Wall:
    entries = in_order(entries_of(meeting, version), "votes")
    open_ones = [entry for entry in entries if entry.state == State.SHOWN]
    taken_up = next((entry for entry in entries if entry.is_taken_up), None)
    return Wall(taken_up, open_ones[:ON_THE_WALL], max(len(open_ones) - ON_THE_WALL, 0))
