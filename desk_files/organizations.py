"""Organizations in a file: one on each row, with its names in other languages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.admin import OrganizationForm
from accounts.models import Organization, OrganizationName, User
from accounts.naming import tell_renamed
from accounts.regions import Region
from accounts.zones import zone_of_country
from imports.models import Import
from imports.reading.values import plain
from page_cache import new_edition

from .columns import (
    CellRefused,
    Choice,
    Column,
    attribute,
    country_of,
    country_shown,
    day_in,
    degrees_up_to,
    free_code,
    lines,
    listed,
    pieces,
    written_number,
    zone_of,
)
from .looking import Changes, Found, Look, RowRefused, Said, vocabulary_of
from .things import Things

Kind = OrganizationName.Kind
OWN_COLUMNS = ("en", "fr", "es", "ar")  # languages whose short name has a column of its own
KINDS = Choice(lambda: Organization.Kind.choices)
CERTAINTIES = Choice(lambda: Organization.Certainty.choices)
REGIONS = Choice(lambda: Region.choices)


def names_of(organization: Organization, kind: str) -> list[OrganizationName]:
    return [name for name in organization.names.all() if name.kind == kind]


def short_in(language: str) -> Any:
    def write(organization: Organization) -> str:
        return next(
            (name.name for name in names_of(organization, Kind.SHORT) if name.language == language), ""
        )

    return write


def all_of(kind: str) -> Any:
    def write(organization: Organization) -> str:
        """“ko: 서울” for each."""
        own = OWN_COLUMNS if kind == Kind.SHORT else ()
        return listed(
            f"{name.language}: {name.name}"
            for name in names_of(organization, kind)
            if name.language not in own
        )

    return write


def names_in(cell: str) -> str:
    found = []
    for piece in pieces(cell):
        language, colon, name = piece.partition(":")
        language, name = language.strip().lower(), name.strip()
        if not colon or not name or len(language) > 10 or " " in language:
            raise CellRefused(
                _now("“%(cell)s” is no name with its language. Write it as “ko: 서울”.")
                % {"cell": piece[:100]}
            )
        found.append(f"{language}: {name}")
    return listed(set(found))


def shown_names(value: str) -> str:
    return "; ".join(lines(value))


COLUMNS: tuple[Column[Organization], ...] = (
    Column("code", _("Code"), attribute("slug"), read=str.strip),
    Column("name", _("Name"), attribute("name")),
    Column("name_en", _("Name in English"), short_in("en"), of_form=False),
    Column("name_fr", _("Name in French"), short_in("fr"), of_form=False),
    Column("name_es", _("Name in Spanish"), short_in("es"), of_form=False),
    Column("name_ar", _("Name in Arabic"), short_in("ar"), of_form=False),
    Column("kind", _("Kind"), attribute("kind"), KINDS.read, KINDS.shown),
    Column("country", _("Country"), attribute("country"), country_of, country_shown),
    Column("country_label", _("Country as displayed"), attribute("country_label")),
    Column("region", _("Region"), attribute("region"), REGIONS.read, REGIONS.shown),
    Column("timezone", _("Time zone"), attribute("timezone"), zone_of),
    Column("member_since", _("Member since"), attribute("member_since"), day_in),
    Column("member_until", _("Member until"), attribute("member_until"), day_in),
    Column("certainty", _("Certainty"), attribute("certainty"), CERTAINTIES.read, CERTAINTIES.shown),
    Column("latitude", _("Latitude"), lambda one: written_number(one.latitude), degrees_up_to(90)),
    Column("longitude", _("Longitude"), lambda one: written_number(one.longitude), degrees_up_to(180)),
    Column(
        "other_short", _("Names in other languages"), all_of(Kind.SHORT), names_in, shown_names, of_form=False
    ),
    Column("official", _("Official names"), all_of(Kind.OFFICIAL), names_in, shown_names, of_form=False),
    Column("former", _("Former names"), all_of(Kind.FORMER), names_in, shown_names, of_form=False),
    Column("alias", _("Other names"), all_of(Kind.ALIAS), names_in, shown_names, of_form=False),
)
OF_NAMES = {"other_short": Kind.SHORT, "official": Kind.OFFICIAL, "former": Kind.FORMER, "alias": Kind.ALIAS}


class RowForm(OrganizationForm):
    """The desk's form; the code is the address of its page there."""

    code = forms.SlugField(max_length=80)

    class Meta:
        model = Organization
        fields = (
            *("name", "kind", "country", "country_label", "region", "timezone"),
            *("member_since", "member_until", "certainty", "latitude", "longitude"),
        )


class FoundOrganizations(Found[Organization]):
    def __init__(self, every: Sequence[Said], things: QuerySet[Organization]) -> None:
        codes = {said.values.get("code", "") for said in every} - {""}
        wanted = {plain(said.values.get("name", "")) for said in every} - {""}
        # There are some hundred of them, and names are compared without regard to case and width.
        self.of_code: dict[str, Organization] = {}
        self.of_name: dict[str, dict[int, Organization]] = {}
        every_merged = Organization.every.filter(slug__in=codes).exclude(merged_into=None)
        self.merged = {one.slug: one for one in every_merged} if codes else {}
        if not codes and not wanted:
            return
        for one in things:
            if one.slug in codes:
                self.of_code[one.slug] = one
            for name in {plain(one.name), *(plain(name.name) for name in one.names.all())} & wanted:
                self.of_name.setdefault(name, {})[one.pk] = one

    def meant(self, said: Said) -> Organization | None:
        code, country = said.values.get("code", ""), said.values.get("country", "")
        if found := self.of_code.get(code):
            return found
        if merged := self.merged.get(code):
            stands = merged.that_stands
            words = _now("It was merged into “%(name)s”, whose code is “%(code)s”.")
            raise RowRefused(words % {"name": stands, "code": stands.slug})
        found_by_name = [
            one
            for one in self.of_name.get(plain(said.values.get("name", "")), {}).values()
            if not country or one.country.code == country
        ]
        if len(found_by_name) > 1:
            raise RowRefused(
                _now("Several organizations have this name. Say the code of the one that is meant.")
            )
        if found_by_name and code:
            raise RowRefused(
                _now("It is here already, with the code “%(code)s”.") % {"code": found_by_name[0].slug}
            )
        return found_by_name[0] if found_by_name else None


class Organizations(Things[Organization]):
    name = "organizations"
    title = _("Import organizations")
    lead = _(
        "From a spreadsheet with an organization on each row. First you see row by row what would happen; until you say "
        "so, nothing changes."
    )
    things_name = _("organizations")
    rules = (
        _(
            "The code says which organization a row is about. Without it, one of its names and the country do."
        ),
        _("A name is changed only where the code is given. Nothing is deleted by a file."),
        _(
            "Names in other languages stand as “ko: 서울; tr: Seul”; what the cell says takes the place of what was there."
        ),
    )
    list_address = reverse_lazy("admin:accounts_organization_changelist")
    model = Organization
    columns = COLUMNS
    vocabulary = vocabulary_of(COLUMNS, Path(__file__).with_name("headings") / "organizations.toml")
    permissions = (
        "accounts.add_organization",
        "accounts.change_organization",
        "accounts.change_organizationname",
    )
    parts = {OrganizationName: "organization"}
    goes_with_it = (OrganizationName,)
    written_with = ("names",)

    def things(self) -> QuerySet[Organization]:
        return Organization.objects.prefetch_related(*self.written_with)

    def found(self, said: Sequence[Said], by: User) -> FoundOrganizations:
        return FoundOrganizations(said, self.things())

    def key(self, values: Mapping[str, str]) -> str:
        return values.get("code") or f"{plain(values.get('name', ''))} {values.get('country', '')}".strip()

    def completed(self, values: dict[str, str]) -> dict[str, str]:
        country = values.get("country", "")
        return {
            "certainty": Organization.Certainty.ASSUMED.value,
            "timezone": zone_of_country(country) or "",
            **values,
        }

    def changes(self, thing: Organization | None, said: Said) -> Changes:
        changes = super().changes(thing, said)
        if thing is not None and "code" not in said.values:
            changes.pop("name", None)  # it was found by another of its names
        return changes

    def refusal_for(self, look: Look[Organization], by: User) -> str:
        """What the database would refuse of its names, in words."""
        after = self.filled(look.thing, look.changes)
        others = [line.partition(":")[0] for line in lines(after.get("other_short", ""))]
        if own := next((code for code in others if code in OWN_COLUMNS), ""):
            return _now("The name in the language “%(code)s” has a column of its own: “%(column)s”.") % {
                "code": own,
                "column": self.named[f"name_{own}"].label,
            }
        names = [f"{code}: {after[f'name_{code}']}" for code in OWN_COLUMNS if after.get(f"name_{code}")]
        every = [*names, *(line for column in OF_NAMES for line in lines(after.get(column, "")))]
        if twice := next((line for line in every if every.count(line) > 1), ""):
            return _now("The name “%(name)s” stands twice.") % {"name": twice}
        shorts = [line.partition(":")[0] for line in [*names, *lines(after.get("other_short", ""))]]
        if language := next((code for code in shorts if shorts.count(code) > 1), ""):
            return _now("There are two short names in the language “%(code)s”.") % {"code": language}
        if any(len(line.partition(": ")[2]) > 200 for line in every):
            return _now("%(column)s: longer than %(most)d characters.") % {
                "column": _now("Name"),
                "most": 200,
            }
        return ""

    def bound(self, thing: Organization | None, values: Mapping[str, str], by: User) -> RowForm:
        data = {column.name: values.get(column.name, "") for column in self.columns if column.of_form}
        data["code"] = data["code"] or slugify(data["name"])[:80] or "organization"
        return RowForm(data, instance=thing)

    def save(
        self,
        form: forms.BaseModelForm[Organization],
        values: Mapping[str, str],
        *,
        of: Import,
        by: User,
        now: datetime,
    ) -> Organization:
        organization = form.instance
        if organization._state.adding:
            organization.slug = free_code(Organization.every.all(), form.cleaned_data["code"], most=80)
            organization.save()
        elif columns := [name for name in values if self.named[name].of_form and name != "code"]:
            organization.save(update_fields=columns)
        if write_names(organization, values):
            tell_renamed(organization)
        new_edition()
        return organization


def write_names(organization: Organization, values: Mapping[str, str]) -> bool:
    """Row by row: the history follows rows that are saved. Answers whether any name is another."""
    before = list(OrganizationName.objects.filter(organization=organization).order_by("pk"))
    changed = False
    for language in OWN_COLUMNS:
        if f"name_{language}" in values:
            short = [one for one in before if one.kind == Kind.SHORT and one.language == language]
            wanted = [values[f"name_{language}"]] if values[f"name_{language}"] else []
            changed |= set_names(organization, Kind.SHORT, language, short, wanted)
    for column, kind in OF_NAMES.items():
        if column not in values:
            continue
        said: dict[str, list[str]] = {}
        for line in lines(values[column]):
            language, _colon, name = line.partition(": ")
            said.setdefault(language, []).append(name)
        own = OWN_COLUMNS if kind == Kind.SHORT else ()
        there = [one for one in before if one.kind == kind and one.language not in own]
        for language in {*said, *(one.language for one in there)}:
            known = [one for one in there if one.language == language]
            changed |= set_names(organization, kind, language, known, said.get(language, []))
    return changed


def set_names(
    organization: Organization,
    kind: str,
    language: str,
    known: Sequence[OrganizationName],
    wanted: Sequence[str],
) -> bool:
    """A name that is another keeps its row where there is one for each."""
    new = [name for name in wanted if name not in {one.name for one in known}]
    gone = [one for one in known if one.name not in wanted]
    for row, name in zip(gone, new, strict=False):
        row.name = name
        row.save(update_fields=["name"])
    for row in gone[len(new) :]:
        row.delete()
    for name in new[len(gone) :]:
        OrganizationName.objects.create(organization=organization, kind=kind, language=language, name=name)
    return bool(gone or new)
