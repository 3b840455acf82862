"""People in a file: one on each row, known by their e-mail address. Who is here already is completed, never overwritten."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.actions import find_or_create_person, unmake_person, update_profile
from accounts.admin import PersonForm
from accounts.models import User
from accounts.whose import owner_of, owners_of
from imports import errors
from imports.facts import Facts, Organizations, Reader
from imports.forms import FOR_ALL, ForAllColumnsForm, ForAllForm, SourceForm
from imports.models import Entry, Import
from imports.reading import Column as PersonColumn
from imports.reading import Vocabulary
from imports.reading.columns import FILE, LABELS, from_file, in_each_language, with_addresses
from imports.reading.values import language_in, profile_in
from outbox.about import about_each
from outbox.holding import drop, holding
from outbox.models import Letter
from texts.languages import language_name

from .columns import Choice, Column, attribute, country_of, country_shown, same, zone_of
from .letters import entered
from .looking import Changes, Found, Look, RowRefused, Said
from .things import Things

Back = Entry.Back
PROFILES = Choice(lambda: User.Profile.choices)


def known(read: Any) -> Any:
    """A reader that answers nothing for what it does not know."""

    def reading(cell: str) -> str:
        if found := read(cell):
            return str(found)
        raise ValueError(cell)

    return reading


def acts_for(person: User) -> str:
    return person.organization.name if person.organization else person.organization_other


COLUMNS: tuple[Column[User], ...] = (
    Column("number", _("Number"), attribute("pk"), of_form=False),
    Column("email", LABELS[PersonColumn.EMAIL], attribute("email"), str.lower, of_form=False),
    Column("name", LABELS[PersonColumn.NAME], attribute("name")),
    Column("organization", LABELS[PersonColumn.ORGANIZATION], acts_for, of_form=False),
    Column("post", LABELS[PersonColumn.POST], attribute("post")),
    Column("profile", LABELS[PersonColumn.PROFILE], attribute("profile"), known(profile_in), PROFILES.shown),
    Column("country", LABELS[PersonColumn.COUNTRY], attribute("country"), country_of, country_shown),
    Column(
        "language", LABELS[PersonColumn.LANGUAGE], attribute("language"), known(language_in), language_name
    ),
    Column("timezone", LABELS[PersonColumn.TIMEZONE], attribute("timezone"), zone_of),
)
HALVES = (PersonColumn.FIRST_NAME, PersonColumn.LAST_NAME)
# That a registration has, and a person not.
NOT_OURS = ("note", "state", "code")


def headings() -> Any:
    yield from in_each_language(lambda: [(column.name, str(column.label)) for column in COLUMNS])
    yield from (one for one in from_file(FILE) if one[1] not in NOT_OURS)


class PeopleForm(ForAllForm, SourceForm):
    asked_beside = FOR_ALL
    field_order = ("file", "text", "source", "ground", *FOR_ALL)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["why"]
        self.fields["language"].initial = "en"


class PeopleColumnsForm(ForAllColumnsForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["why"]


class RowForm(PersonForm):
    """The desk's form, without what no file says: the address, the role, whether somebody may sign in."""

    class Meta:
        model = User
        fields = ("name", "post", "profile", "country", "language", "timezone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["role"]


class FoundPeople(Found[User]):
    def __init__(self, every: Sequence[Said]) -> None:
        numbers = {int(number) for said in every if (number := said.values.get("number", "")).isdecimal()}
        people = User.objects.select_related("organization").filter(
            pk__in=[number for number in numbers if number < 2**63], merged_into=None
        )
        self.of_number = {str(person.pk): person for person in people}
        self.of_email = owners_of((said.values.get("email", "") for said in every), formerly=True)

    def meant(self, said: Said) -> User | None:
        number, email = said.values.get("number", ""), said.values.get("email", "")
        person, owner = self.of_number.get(number), self.of_email.get(email)
        if person and email and (owner is None or owner.pk != person.pk):
            raise RowRefused(
                _now("An e-mail address is never changed by a file. Correct it on the person’s page.")
            )
        if person or not isinstance(said.facts, Facts):
            return person or owner
        if said.facts.no_address:
            raise RowRefused(said.facts.no_address)
        return owner


class People(Things[User]):
    name = "people"
    title = _("Import people")
    lead = _(
        "From a spreadsheet with a person on each row, without registering them for anything. First you see row by row what "
        "would happen; until you say so, nobody is made, changed or written to."
    )
    things_name = _("people")
    list_address = reverse_lazy("admin:accounts_user_changelist")
    rules = (
        _(
            "The e-mail address says who a row is about. It is never changed by a file, nor are roles and accounts of staff."
        ),
        _(
            "Who is here already keeps what they said of themselves: only what is empty is filled. What differs is shown."
        ),
        _(
            "Each new person is told by letter who entered them, out of whose list, on what ground, and how to be erased."
        ),
    )
    notes = _(
        "The letters wait for an hour: until then the import can be undone before anybody has read one."
    )
    model = User
    columns = COLUMNS
    vocabulary = Vocabulary(headings, with_addresses)
    permissions = ("accounts.add_user", "accounts.change_user")
    goes_with_it = (EmailAddress, Letter)
    at_once = 50
    form_class = PeopleForm
    columns_form_class = PeopleColumnsForm

    @property
    def column_choices(self) -> Any:
        own = [(column.name, column.label) for column in self.columns]
        return [*own[:3], *((half.value, half.label) for half in HALVES), *own[3:]]

    def refuse_columns(self, columns: Sequence[str]) -> None:
        super().refuse_columns(columns)
        if "email" not in columns and "number" not in columns:
            raise errors.NoAddresses

    def things(self) -> QuerySet[User]:
        return User.objects.select_related("organization")

    def written_out(self, things: QuerySet[User]) -> QuerySet[User]:
        return things.filter(erased_at=None, merged_into=None).select_related("organization")

    def found(self, said: Sequence[Said], by: User) -> FoundPeople:
        return FoundPeople(said)

    def rows(self, of: Import, entries: Sequence[Entry]) -> list[Said]:
        reader = Reader(of.columns, of.for_all, [entry.cells for entry in entries])
        every = super().rows(of, entries)
        for entry, said in zip(entries, every, strict=True):
            said.facts = reader.facts(entry.cells)
            if said.facts.email:
                said.values["email"] = said.facts.email
            if said.facts.name:
                said.values["name"] = said.facts.name
            if "organization" in said.values and said.facts.organization:
                said.values["organization"] = said.facts.organization.name
        return every

    def found_by(self, columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
        email = Reader(columns, {}, []).email(cells)
        return {"email": email, "key": email}

    def key(self, values: Mapping[str, str]) -> str:
        return values.get("email", "")

    def changes(self, thing: User | None, said: Said) -> Changes:
        if thing is None:
            return {name: ["", value] for name, value in said.values.items()}
        every = super().changes(thing, said)
        return {name: both for name, both in every.items() if not both[0]}  # what is empty is filled

    def look(self, entry: Entry, said: Said, found: Found[User], by: User) -> Look[User]:
        look = super().look(entry, said, found, by)
        if look.thing is not None and look.outcome in (Entry.Outcome.SAME, Entry.Outcome.CHANGED):
            look.why = self.what_stays(look.thing, said)
        return look

    def what_stays(self, person: User, said: Said) -> str:
        now = self.written(person)
        differ = [
            _now("%(column)s: “%(now)s”, not “%(said)s”.")
            % {"column": column.label, "now": column.shown(now[name]), "said": column.shown(value)}
            for name, value in said.values.items()
            if name not in ("number", "email")
            and now[name]
            and not same(now[name], value)
            and (column := self.named[name])
        ]
        return " ".join([_now("This stays as it is:"), *differ]) if differ else ""

    def refusal_for(self, look: Look[User], by: User) -> str:
        person, facts = look.thing, look.said.facts
        if person is None:
            missing = [name for name in facts.missing if name]
            return " ".join(facts.problems) or (
                _now("Missing: %(what)s.") % {"what": ", ".join(missing)} if missing else ""
            )
        if person.is_staff or person.is_superuser:
            return _now("Accounts of staff are changed at the desk, not by a file.")
        return "" if person.is_active else _now("This account is closed.")

    def bound(self, thing: User | None, values: Mapping[str, str], by: User) -> RowForm:
        data = {column.name: values.get(column.name, "") for column in self.columns if column.of_form}
        data["language"] = data["language"] or "en"
        return RowForm(data, instance=thing)

    def write(self, look: Look[User], of: Import, *, by: User, now: datetime) -> User:
        if look.thing is not None:
            return super().write(look, of, by=by, now=now)
        facts = look.said.facts
        if owner_of(facts.email, formerly=True):
            raise RowRefused(_now("Somebody made the same at the same time. Import this row again."))
        person = find_or_create_person(email=facts.email, language=facts.language)
        update_profile(person=person, by=by, **facts.profile_facts)
        with holding(of.letters_leave_at(now)):
            entered(person=person, by=by, source=of.source, ground=of.ground, now=now)
        return person

    def save(
        self,
        form: forms.BaseModelForm[User],
        values: Mapping[str, str],
        *,
        of: Import,
        by: User,
        now: datetime,
    ) -> User:
        person = form.instance
        facts: dict[str, Any] = {
            name: form.cleaned_data[name]
            for name in values
            if self.named[name].of_form and name != "language"
        }
        if "organization" in values:
            name, country = values["organization"], facts.get("country") or person.country.code
            only = Organizations([name]).named(name, country)
            facts |= {"organization": only, "organization_other": "" if only else name}
        return update_profile(person=person, by=by, **facts)

    def stay(self, things: Collection[int]) -> dict[int, Entry.Back]:
        people = User.objects.filter(pk__in=things)
        left = Letter.objects.filter(
            about__in=about_each(people), state__in=[Letter.State.SENT, Letter.State.CLAIMED]
        )
        written = left.values_list("person", flat=True)
        in_use = people.exclude(last_login=None).values_list("pk", flat=True)
        proven = EmailAddress.objects.filter(user__in=things, verified=True).values_list("user", flat=True)
        return (
            {pk: Back.WRITTEN for pk in written if pk}
            | dict.fromkeys([*in_use, *proven], Back.USED)
            | super().stay(things)
        )

    def unmake(self, thing: User, entry: Entry, *, by: User, now: datetime) -> Entry.Back:
        assert entry.at is not None  # it was done
        if not drop(thing, since=entry.at, now=now):
            return Back.WRITTEN
        return Back.UNTOLD if unmake_person(person=thing) else Back.USED
