"""Whose traces they are: by e-mail address, then by an alias, then by a name that only one person has."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from accounts.forgetting import emails_of_each
from attendance.door_list import listed
from catalog.models import Meeting
from desk.alphabet import plain
from registrations.models import Registration

from .models import Alias, Trace
from .reading import Participant, folded

How = Trace.How


@dataclass(frozen=True)
class Match:
    """`how` is "" where nobody was found. A guest has no registration yet. `by` is the alias that was used."""

    how: str = ""
    registration: Registration | None = None
    by: Alias | None = None


NOBODY = Match()


@dataclass
class Listed:
    """Who may be matched at a meeting: those on its list, as the host sees them, and who gave the place back since it began.

    Of somebody whose name the host does not see yet only the e-mail address may match that the host registered: another
    match would tell the host who it is.
    """

    meeting: Meeting
    registrations: dict[int, Registration] = field(init=False)

    def __post_init__(self) -> None:
        found = sorted(listed(self.meeting, with_left=True), key=lambda one: (plain(str(one.seen)), one.pk))
        self.registrations = {one.pk: one for one in found}

    @property
    def disclosed(self) -> list[Registration]:
        return [one for one in self.registrations.values() if one.discloses]

    @cached_property
    def by_email(self) -> dict[str, list[int]]:
        emails = emails_of_each([one.person for one in self.disclosed])
        found: dict[str, list[int]] = {}
        for one in self.registrations.values():
            for email in emails[one.person_id] if one.discloses else [one.person.email.lower()]:
                found.setdefault(email, []).append(one.pk)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for one in self.disclosed:
            found.setdefault(folded(one.person.name), []).append(one.pk)
        found.pop("", None)
        return found

    @cached_property
    def guests(self) -> set[str]:
        """E-mail addresses of those noted at the door who are no registrations yet."""
        emails = (
            self.meeting.guests.filter(registration=None).exclude(email="").values_list("email", flat=True)
        )
        return {email.lower() for email in emails}

    @cached_property
    def labels(self) -> dict[int, str]:
        """By which each is chosen: name and organization, and the e-mail address where that is not enough."""
        found = {one.pk: label_of(one) for one in self.registrations.values()}
        times = Counter(found.values())
        return {
            pk: f"{label} · {self.registrations[pk].person.email}" if times[label] > 1 else label
            for pk, label in found.items()
        }

    def called(self, text: str) -> int | None:
        """Whom somebody means who types a label, an address or a name: one, or nobody."""
        by_label = [pk for pk, label in self.labels.items() if label == text]
        found = by_label or self.by_email.get(text.lower()) or self.by_name.get(folded(text)) or []
        return found[0] if len(found) == 1 else None

    def aliases(self, people: Iterable[Participant]) -> "Aliases":
        people = list(people)
        rows = Alias.objects.filter(
            Q(email__in={one.email for one in people} - {""})
            | Q(name__in={name for one in people for name in names_of(one)}),
            person__in=[one.person_id for one in self.disclosed],
        )
        return Aliases(rows, {one.person_id: one for one in self.disclosed})


class Aliases:
    def __init__(self, rows: Iterable[Alias], registrations: dict[int, Registration]):
        self.registrations = registrations
        self.by_email: dict[str, Alias] = {}
        self.by_name: dict[str, list[Alias]] = {}
        for row in rows:
            if row.email:
                self.by_email[row.email] = row
            else:
                self.by_name.setdefault(row.name, []).append(row)

    def match(self, one: Participant, names: list[str]) -> Match:
        """`names` are those of the participant that nobody else in the report has."""
        rows = [self.by_email[one.email]] if one.email in self.by_email else []
        rows = rows or [row for name in names for row in self.by_name.get(name, [])]
        if len({row.person_id for row in rows}) != 1:
            return NOBODY
        return Match(How.ALIAS, self.registrations[rows[0].person_id], rows[0])


def matched(people: list[Participant], among: Listed) -> list[Match]:
    """One for each, in as many questions for one as for a thousand. Namesakes are matched by their addresses alone."""
    shared = Counter(name for one in people for name in names_of(one))
    aliases = among.aliases(people)
    return [
        match(one, [name for name in names_of(one) if shared[name] == 1], among, aliases) for one in people
    ]


def match(one: Participant, names: list[str], among: Listed, aliases: Aliases) -> Match:
    owners = among.by_email.get(one.email, []) if one.email else []
    if len(owners) == 1:
        return Match(How.EMAIL, among.registrations[owners[0]])
    if one.email in among.guests:
        return Match(How.GUEST)
    namesakes = {pk for name in names for pk in among.by_name.get(name, [])}
    known = aliases.match(one, names)
    if known.registration and known.by:
        # A name that somebody came under once may be the real one of somebody else on the list.
        others = namesakes - {known.registration.pk}
        return NOBODY if others and not known.by.email else known
    if len(namesakes) == 1 and not are_several(names, among):
        return Match(How.NAME, among.registrations[namesakes.pop()])
    return NOBODY


def are_several(names: list[str], among: Listed) -> bool:
    return any(len(among.by_name.get(name, [])) > 1 for name in names)


def label_of(registration: Registration) -> str:
    who = registration.seen
    return " · ".join(part for part in (str(who), who.organization_name) if part)


def names_of_text(trace: Trace) -> str:
    """“Ana (Ana Silva)”: what else the trace was called in brackets."""
    return f"{trace.name} ({trace.other_names})" if trace.other_names else trace.name


def names_of(one: Participant) -> list[str]:
    """For comparing, each once."""
    return list(dict.fromkeys(name for name in map(folded, (one.name, *one.other_names)) if name))
