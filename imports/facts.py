"""What a row says of a person, and what in it cannot be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import Organization, OrganizationName, User
from accounts.zones import zone_of_country
from registrations.models import Registration
from sheets.people import ADDRESS
from texts.names import name_as_typed, validate_name

from .reading import Column
from .reading.values import (
    country_in,
    formula_words,
    is_formula,
    language_in,
    plain,
    profile_in,
    state_in,
    undefused,
    zone_in,
)

LONGEST = {"name": 200, "organization_other": 200, "post": 200, "note": 500}
NEEDED = ("name", "post", "profile", "country", "timezone", "organization")


@dataclass
class Facts:
    """Of one row, with what was said for all of the file where the row says nothing."""

    email: str = ""
    name: str = ""
    organization: Organization | None = None
    organization_other: str = ""
    post: str = ""
    profile: str = ""
    country: str = ""
    language: str = ""
    timezone: str = ""
    note: str = ""
    code: str = ""
    state: str = ""
    no_address: str = ""  # why there is none
    problems: list[str] = field(default_factory=list)  # of the profile: they matter where it is needed

    @property
    def missing(self) -> list[str]:
        """What a profile needs and nobody has said, in words."""
        empty = [
            name
            for name in NEEDED
            if not getattr(self, name) and not (name == "organization" and self.organization_other)
        ]
        return [Column(name).label for name in empty]

    @property
    def profile_facts(self) -> dict[str, object]:
        return {
            "name": self.name,
            "organization": self.organization,
            "organization_other": self.organization_other,
            "post": self.post,
            "profile": self.profile,
            "country": self.country,
            "language": self.language,
            "timezone": self.timezone,
        }

    def as_person(self) -> User:
        """Somebody of whom no more is known than this row says; not to be saved."""
        return User(email=self.email, **self.profile_facts)


class Organizations:
    """By any of their names; one that several have is nobody's, but that of the country."""

    def __init__(self, names: Sequence[str]) -> None:
        wanted = {plain(name) for name in names if name}
        self.known: dict[str, dict[int, Organization]] = {}
        if not wanted:
            return
        every = {one.pk: one for one in Organization.objects.all()}
        pairs = [(one.name, pk) for pk, one in every.items()]
        pairs += OrganizationName.objects.values_list("name", "organization")
        for name, pk in pairs:
            if plain(name) in wanted:
                self.known.setdefault(plain(name), {})[pk] = every[pk]

    def named(self, name: str, country: str) -> Organization | None:
        found = list(self.known.get(plain(name), {}).values())
        if len(found) > 1:
            found = [one for one in found if one.country.code == country]
        return found[0] if len(found) == 1 else None


class Reader:
    """Reads the rows of one file."""

    def __init__(
        self, columns: Sequence[str], for_all: Mapping[str, str], rows: Sequence[Sequence[str]]
    ) -> None:
        self.places = {column: place for place, column in enumerate(columns) if column}
        self.for_all = for_all
        self.organizations = Organizations([self.cell(row, Column.ORGANIZATION) for row in rows])
        number = for_all.get("organization")
        self.common = Organization.objects.standing_one(number)

    def cell(self, row: Sequence[str], column: Column) -> str:
        place = self.places.get(column)
        return undefused(row[place]) if place is not None and place < len(row) else ""

    def email(self, row: Sequence[str]) -> str:
        found = addresses_in(self.cell(row, Column.EMAIL))
        return found[0].lower() if len(found) == 1 else ""

    def facts(self, row: Sequence[str]) -> Facts:
        facts = Facts(
            code=self.cell(row, Column.CODE).strip().upper(),
            state=state_in(self.cell(row, Column.STATE)),
            note=self.cell(row, Column.NOTE),
        )
        self.who(facts, row)
        for column, name in (
            (Column.COUNTRY, "country"),
            (Column.PROFILE, "profile"),
            (Column.TIMEZONE, "timezone"),
        ):
            setattr(facts, name, self.choice(facts, row, column) or self.for_all.get(name, ""))
        facts.post = self.cell(row, Column.POST) or self.for_all.get("post", "")
        facts.language = language_in(self.cell(row, Column.LANGUAGE)) or self.for_all.get("language") or "en"
        self.acts_for(facts, self.cell(row, Column.ORGANIZATION))
        facts.country = facts.country or (facts.organization.country.code if facts.organization else "")
        facts.timezone = (
            facts.timezone
            or (facts.organization.timezone if facts.organization else "")
            or zone_of_country(facts.country)
        )
        facts.problems += [
            _("%(column)s: longer than %(most)d characters.") % {"column": label_of(name), "most": most}
            for name, most in LONGEST.items()
            if len(getattr(facts, name)) > most
        ]
        facts.problems += [
            f"{column.label}: {formula_words(self.cell(row, column))}"
            for column in Column
            if is_formula(self.cell(row, column))  # also one that our file of refused rows has defused
        ]
        return facts

    def who(self, facts: Facts, row: Sequence[str]) -> None:
        written = self.cell(row, Column.EMAIL)
        found = addresses_in(written)
        if not written:
            facts.no_address = _("There is no e-mail address.")
        elif len(found) > 1:
            facts.no_address = _("There are several e-mail addresses. Write one person on each row.")
        elif not found or not is_address(found[0]):
            facts.no_address = _("“%(cell)s” is no e-mail address.") % {"cell": written[:100]}
        else:
            facts.email = found[0].lower()
        facts.name = self.name(row) or name_as_typed(
            written.replace(found[0], "").strip(" <>\"'") if found else ""
        )
        if facts.name:
            try:
                validate_name(facts.name)
            except ValidationError as error:
                facts.problems += error.messages

    def name(self, row: Sequence[str]) -> str:
        first, last = (self.cell(row, column) for column in (Column.FIRST_NAME, Column.LAST_NAME))
        whole = self.cell(row, Column.NAME)
        if first and last:
            return name_as_typed(f"{first} {last}")
        # “Nom” beside “Prénom”, and “Nombre” beside “Apellidos”, are half of it.
        return name_as_typed(f"{first} {whole}" if first else f"{whole} {last}")

    def choice(self, facts: Facts, row: Sequence[str], column: Column) -> str:
        written = self.cell(row, column)
        read = {Column.COUNTRY: country_in, Column.PROFILE: profile_in, Column.TIMEZONE: zone_in}[column]
        found = read(written) if written else ""
        if written and not found:
            facts.problems.append(
                _("%(column)s: “%(cell)s” is not known.") % {"column": column.label, "cell": written[:100]}
            )
        return found

    def acts_for(self, facts: Facts, written: str) -> None:
        if written:
            facts.organization = self.organizations.named(written, facts.country)
            facts.organization_other = "" if facts.organization else written
        else:
            facts.organization = self.common
            facts.organization_other = "" if self.common else self.for_all.get("organization_other", "")


def label_of(name: str) -> str:
    return Column("organization" if name == "organization_other" else name).label


def addresses_in(cell: str) -> list[str]:
    """A cell that is one as a whole is one, whatever stands in it: o'brien@city.example."""
    return [cell.strip()] if is_address(cell.strip()) else ADDRESS.findall(cell)


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def says_cancelled(facts: Facts) -> bool:
    return facts.state == Registration.State.CANCELLED
