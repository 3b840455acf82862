"""What a row would do, or does: new, changed, the same or refused, and why. The dry run and the import ask the same.

Who does not see the whole station must not learn from it which addresses it knows: to them every row is somebody unknown,
whatever the station has. What then differs at the last moment is worded so that it says nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.whose import owners_of
from catalog.models import Session
from hubs.scope import sees_all_hosts
from membership.standing import known_among
from registrations import errors
from registrations.actions.occupancy import Occupancy, occupancy_of
from registrations.actions.registering import seat_for
from registrations.admin.adding import hour_words, refusal_words
from registrations.eligibility import is_of_a_member, refusals_for_everybody, refusals_for_person
from registrations.holding import hold_until, is_for_members
from registrations.models import Registration
from registrations.states import State
from registrations.waiting_list import still_takes_people_in
from texts.rows import listed

from .facts import Facts, Reader, says_cancelled
from .models import Entry, Import

Outcome = Entry.Outcome


@dataclass(frozen=True)
class Outlook:
    entry: Entry
    facts: Facts
    outcome: str
    why: str = ""
    person: User | None = None  # where the station knows them
    waits: int = 0  # the number in line; 0 for a place
    held: bool = False  # the place, until somebody confirms that they are of a member

    @property
    def needs_profile(self) -> bool:
        return self.person is None or not self.person.has_profile

    @property
    def place(self) -> str:
        """Of who would be registered."""
        if self.outcome not in Entry.REGISTERED:
            return ""
        if self.held:
            return _("place held")
        return (
            _("waiting list, number %(position)d") % {"position": self.waits} if self.waits else _("a place")
        )


class Outlooks:
    """Of some rows of an import, in their order: as things are now, in a fixed number of questions."""

    def __init__(self, of: Import, entries: Sequence[Entry], session: Session, now: datetime) -> None:
        self.of, self.session, self.now = of, session, now
        self.reader = Reader(of.columns, of.for_all, [entry.cells for entry in entries])
        self.facts = [self.reader.facts(entry.cells) for entry in entries]
        self.entries = entries
        emails = {facts.email for facts in self.facts} - {""}
        self.people = owners_of(emails, formerly=not self.knows_nobody)
        self.of_code = self.registrations_by(code__in={facts.code for facts in self.facts} - {""})
        standing_or_not = self.registrations_by(session=session, person__in=self.people.values())
        self.of_person = {one.person_id: one for one in standing_or_not.values()}
        self.seen = self.rows_before(emails)
        self.occupancy: Occupancy = occupancy_of(session, now)
        if session.eligibility == Session.Eligibility.INVITED:
            prefetch_related_objects([session], "invitations")  # each row is asked whether it is among them

    @staticmethod
    def registrations_by(**which: object) -> dict[str, Registration]:
        found = Registration.objects.filter(**which).select_related("person")
        return {registration.code: registration for registration in found}

    def rows_before(self, emails: set[str]) -> dict[str, tuple[int, str]]:
        """Who stands on earlier rows, which are done already: the row and the name that it says."""
        if not self.entries:
            return {}
        earlier = self.of.entries.filter(email__in=emails, number__lt=self.entries[0].number).exclude(
            outcome__in=["", Outcome.REFUSED]
        )
        return {
            one.email: (one.number, self.reader.facts(one.cells).name) for one in earlier.order_by("-number")
        }

    @cached_property
    def knows_nobody(self) -> bool:
        return self.of.read_by is None or not sees_all_hosts(self.of.read_by)

    @cached_property
    def keeps_all_out(self) -> str:
        return self.refusal(refusals_for_everybody(self.session, self.now))

    def refusal(self, refusals: Iterable[errors.Refused]) -> str:
        """The first that staff do not go past, in their words."""
        for refusal in refusals:
            if not (isinstance(refusal, errors.OutsideHours) and self.of.why):
                return row_words(refusal)
        return ""

    def all(self) -> list[Outlook]:
        found = []
        for entry, facts in zip(self.entries, self.facts, strict=True):
            outcome, why = self.outcome(entry, facts)
            waits, held = 0, False
            if outcome in Entry.REGISTERED:
                state = self.state_of(facts)
                held = state == State.HELD
                if state == State.WAITING:
                    outcome, why, waits = self.in_line(outcome, why, self.occupancy.waiting + 1)
                if outcome in Entry.REGISTERED:
                    self.count(facts, state)
            if facts.email and outcome != Outcome.REFUSED:
                for email in emails_in(facts, self.people.get(facts.email)):
                    self.seen.setdefault(email, (entry.number, facts.name))
            found.append(Outlook(entry, facts, outcome, why, self.people.get(facts.email), waits, held))
        return found

    def state_of(self, facts: Facts) -> State:
        """What registering would come to now, after the rows before."""
        person = self.people.get(facts.email)
        earlier = None if person is None else self.of_person.get(person.pk)
        before = earlier.hold_until if earlier else None
        registration = Registration(session=self.session, hold_until=before)
        has_word = not self.is_for_members or self.goes_past_hours(facts) or self.is_known(facts)
        return seat_for(
            registration, self.occupancy, has_word=has_word, over_places=False, now=self.now
        ).state

    def count(self, facts: Facts, state: State) -> None:
        before, waits = self.occupancy, state == State.WAITING
        is_next = self.is_known(facts) or (before.holds_left != 0 and hold_until(self.session, self.now))
        self.occupancy = replace(
            before,
            taken=before.taken + (not waits),
            held=before.held + (state == State.HELD),
            waiting=before.waiting + waits,
            stuck=before.stuck + (waits and self.is_for_members and not is_next),
        )

    @cached_property
    def is_for_members(self) -> bool:
        return is_for_members(self.session, self.now)

    def goes_past_hours(self, facts: Facts) -> bool:
        person = self.will_be(facts)
        keeps_out = [
            *refusals_for_everybody(self.session, self.now),
            *refusals_for_person(self.session, person, self.now),
        ]
        return bool(self.of.why) and any(isinstance(one, errors.OutsideHours) for one in keeps_out)

    def is_known(self, facts: Facts) -> bool:
        """Whether it is confirmed for whom they act. Of a row that says it itself, nobody has."""
        person = self.will_be(facts)
        return person.pk in self.known and is_of_a_member(person, self.now)

    @cached_property
    def known(self) -> set[int]:
        everybody = [self.will_be(facts) for facts in self.facts] if self.is_for_members else []
        return known_among([person for person in everybody if person.pk], self.now)

    def will_be(self, facts: Facts) -> User:
        """The person as far as whoever imports may know; not to be saved."""
        person = self.people.get(facts.email)
        if person is None or self.knows_nobody:
            return facts.as_person()
        return person if person.has_profile else completed(person, facts.profile_facts)

    def in_line(self, outcome: str, why: str, position: int) -> tuple[str, str, int]:
        if self.of.why and not still_takes_people_in(self.session, self.now):
            return Outcome.REFUSED, refusal_words(errors.NobodyMovesUp(self.session)), 0
        return outcome, why, position

    def outcome(self, entry: Entry, facts: Facts) -> tuple[str, str]:
        if found := self.by_code(facts):
            return found
        if facts.no_address:
            return Outcome.REFUSED, facts.no_address
        person = self.people.get(facts.email)
        registration = self.of_person.get(person.pk) if person else None
        if found := self.by_row_before(facts, person) or self.by_registration(registration, facts):
            return found
        why = self.keeps_all_out or self.keeps_out(facts, person)
        if why:
            return Outcome.REFUSED, why
        return (
            (Outcome.CHANGED, _("It was cancelled, and stands again.")) if registration else (Outcome.NEW, "")
        )

    def by_code(self, facts: Facts) -> tuple[str, str] | None:
        """A row of our own export says which registration it is. Nothing is changed by it."""
        registration = self.of_code.get(facts.code)
        if registration is None:
            return None
        if registration.session_id != self.session.pk:
            return Outcome.REFUSED, _("This row is of another session.")
        return self.by_registration(registration, facts, has_code=True)

    def by_row_before(self, facts: Facts, person: User | None) -> tuple[str, str] | None:
        before = [self.seen[email] for email in emails_in(facts, person) if email in self.seen]
        if not before:
            return None
        number, name = before[0]
        if name and facts.name and name.casefold() != facts.name.casefold():
            return Outcome.REFUSED, _("Row %(number)d has this address with another name.") % {
                "number": number
            }
        return Outcome.SAME, _("It stands on row %(number)d already.") % {"number": number}

    def by_registration(
        self, registration: Registration | None, facts: Facts, *, has_code: bool = False
    ) -> tuple[str, str] | None:
        if registration and registration.is_standing:
            if says_cancelled(facts):
                return Outcome.REFUSED, _("The file says cancelled. Cancel it in the list of registrations.")
            return Outcome.SAME, _("Registered already.")
        if says_cancelled(facts):
            return Outcome.SAME, _("Cancelled, as the file says.")
        if registration and has_code:
            return Outcome.SAME, _("It was cancelled since the file was made, and stays so.")
        if registration and registration.cancelled_for == Registration.CancelledFor.PERSON:
            return Outcome.REFUSED, _(
                "This person gave the place back. Add them singly, if they want it again."
            )
        return None

    def keeps_out(self, facts: Facts, person: User | None) -> str:
        """What is wrong with the row or with the person for this session, as far as whoever imports may know."""
        if self.knows_nobody or person is None or not person.has_profile:
            if facts.problems:
                return " ".join(facts.problems)
            if facts.missing:
                return _("Missing: %(what)s.") % {"what": listed(facts.missing)}
        return self.refusal(refusals_for_person(self.session, self.will_be(facts), self.now))


def emails_in(facts: Facts, person: User | None) -> list[str]:
    """As the row says it, and as the person has it today."""
    return list(dict.fromkeys([facts.email, person.email.lower() if person else facts.email]))


def row_words(refusal: errors.Refused) -> str:
    """Of one row. What can be done about the hours is said once, for all."""
    return hour_words(refusal) if isinstance(refusal, errors.OutsideHours) else refusal_words(refusal)


def completed(person: User, facts: Mapping[str, object]) -> User:
    """As they will be; not to be saved."""
    person = copy(person)
    for name, value in facts.items():
        setattr(person, name, value)
    return person
