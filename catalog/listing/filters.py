"""The questions one may ask of the catalog, by the parameters of its address.

A filter knows one condition. The list asks for all of them together; the counts beside the filters ask what each leaves out.
What an address asks that we do not know is left out with a sentence, never refused: addresses live in letters for years.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.local_days import on_or_after, on_or_before
from accounts.models import User
from accounts.regions import Region
from accounts.whose import written_to
from desk.years import FIRST_YEAR, LAST_YEAR, validate_year
from texts.languages import language_names

from ..models import Activity, Meeting, Session
from ..models.session import SessionQuerySet
from ..wording import AUDIENCES
from .options import Options

type Names = Mapping[str, str | Promise]  # of values, in the language of the page

# No place on earth is farther from UTC than this.
FARTHEST_CLOCK = timedelta(hours=14)


def of_activity(condition: Q) -> Q:
    """The same condition, asked of a session about its activity."""
    # A tree whose leaves are pairs of a look-up and its value.
    leaves: list[Any] = condition.children
    children: list[Any] = [
        of_activity(child) if isinstance(child, Q) else (f"activity__{child[0]}", child[1])
        for child in leaves
    ]
    return Q.create(children, connector=condition.connector, negated=condition.negated)


class KnownValues(forms.MultipleChoiceField):
    """Keeps the values we know, once each and in our order; tells of the others."""

    choices: Any

    def clean(self, value: Iterable[object] | None) -> list[str]:
        given = {str(item).replace("\x00", "") for item in value or []} - {""}
        known = [choice for choice, _name in self.choices if choice in given]
        self.unknown = sorted(given - set(known))
        return known


class Days(forms.DateField):
    widget = forms.DateInput
    input_formats = ["%Y-%m-%d"]
    default_validators = [validate_year]


class Condition[Asked]:
    """What every filter of the catalog has. `bit` marks it among what a row does not meet."""

    of_session = False
    bit = 0
    label: str | Promise | None
    parent: "Filters"
    values: Names

    def on(self, model: type, value: Asked) -> Q:
        """The condition as asked of activities or of sessions."""
        condition = self.condition(value)
        return of_activity(condition) if model is Session and not self.of_session else condition

    def filter[Rows: QuerySet[Model]](self, qs: Rows, value: Asked) -> Rows:
        return qs.filter(self.on(qs.model, value)) if value else qs

    def condition(self, value: Asked) -> Q:
        raise NotImplementedError

    def names(self, options: Options) -> Names:
        """The values one may choose, with their names in the language of the page."""
        return {}


class Choice(Condition[list[str]], django_filters.MultipleChoiceFilter):
    """Either of several values of one fact."""

    field_class = KnownValues

    def __init__(self, lookup: str, *, label: Promise):
        super().__init__(choices=(), label=label)
        self.lookup = lookup

    def condition(self, value: list[str]) -> Q:
        return Q((self.lookup, value))


class Format(Choice):
    def names(self, options: Options) -> Names:
        return dict(Activity.Format.choices)


class OfTopic(Choice):
    def condition(self, value: list[str]) -> Q:
        links = Activity.topics.through.objects.filter(topic__slug__in=value)
        return Q(pk__in=links.values("activity_id"))

    def names(self, options: Options) -> Names:
        return {topic.slug: topic.name for topic in options.topics}


class ByHost(Choice):
    def names(self, options: Options) -> Names:
        return {host.slug: host.name for host in options.hosts}


class InLanguage(Choice):
    """Spoken, or interpreted into."""

    def condition(self, value: list[str]) -> Q:
        return Q(languages__overlap=value) | Q(interpretation__overlap=value)

    def names(self, options: Options) -> Names:
        return language_names()


class ForSome(Choice):
    """Activities that name nobody are for all."""

    def condition(self, value: list[str]) -> Q:
        return Q((f"{self.lookup}__overlap", value)) | Q((self.lookup, []))


class ForAudience(ForSome):
    def names(self, options: Options) -> Names:
        return dict(AUDIENCES)


class ForRegion(ForSome):
    def names(self, options: Options) -> Names:
        return dict(Region.choices)


class Day(Condition[date], django_filters.DateFilter):
    """By the day on the host's clock, which is the one everybody sees. What is past is asked about its activity."""

    of_session = True
    field_class = Days

    def on(self, model: type, value: date) -> Q:
        return self.of_past(value) if model is Activity else self.of_upcoming(value)

    def of_past(self, value: date) -> Q:
        raise NotImplementedError

    def of_upcoming(self, value: date) -> Q:
        raise NotImplementedError


class FromDay(Day):
    def of_past(self, value: date) -> Q:
        return on_or_after(last_moment(), HOSTS_ZONE, value)

    def of_upcoming(self, value: date) -> Q:
        # The first half is what the index by date serves; the second is exact.
        to_come = Q(listed_at__gte=nearly(value)) & on_or_after(F("listed_at"), F("timezone"), value)
        # Of a series that has begun the later meetings count.
        begun = Q(listed_at__lte=self.parent.now) & on_or_after(F("ends_at"), F("timezone"), value)
        return to_come | begun


def nearly(day: date) -> datetime:
    """No clock shows that day before."""
    return datetime.combine(day, time.min, UTC) - FARTHEST_CLOCK


class UntilDay(Day):
    def of_past(self, value: date) -> Q:
        return on_or_before(last_moment(), HOSTS_ZONE, value)

    def of_upcoming(self, value: date) -> Q:
        # What one learns at one's own pace stands at the end of its window, and can be begun from its opening.
        begins = on_or_before(F("starts_at"), F("timezone"), value)
        # Of a series that has begun it is the next meeting that counts.
        meetings = Meeting._base_manager.filter(
            on_or_before(F("starts_at"), OuterRef("timezone"), value),
            session=OuterRef("pk"),
            ends_at__gt=self.parent.now,
        )
        return begins & (Q(listed_at__gt=self.parent.now) | Q(Exists(meetings)))


def last_moment() -> Combinable:
    """Of an activity. History ends with its day, at the midnight that already belongs to the next."""
    return F("ends_at") - Value(timedelta(microseconds=1))


HOSTS_ZONE = Coalesce(F("host__timezone"), Value("UTC"))


class Ticked(Condition[str], django_filters.ChoiceFilter):
    """A question of yes or nothing, about a session."""

    of_session = True

    def __init__(self, value: str, name: Promise, *, label: Promise):
        super().__init__(choices=[(value, name)], empty_label=None, label=label)

    def names(self, options: Options) -> Names:
        return dict(self.extra["choices"])


class PlacesLeft(Ticked):
    """A place can still be had: now, or when registration opens."""

    def condition(self, value: str) -> Q:
        return (
            Q(cancelled_at=None, closes_at__gt=self.parent.now)
            & (Q(places=None) | Q(places_taken__lt=F("places")))
            & (Q(waiting_count=0) | Q(eligibility__in=Session.OF_MEMBERS))
        )


class RegistrationOpen(Ticked):
    """Registration has opened and not closed yet, for whomever it is; a waiting list counts."""

    def condition(self, value: str) -> Q:
        now = self.parent.now
        opened = Q(registration_opens_at=None) | Q(registration_opens_at__lte=now)
        return Q(cancelled_at=None, closes_at__gt=now) & opened


class OpenToMe(Ticked):
    """Registration is open, and this person is among those who may. Says what `registrations.eligibility` says."""

    def condition(self, value: str) -> Q:
        now, person = self.parent.now, self.parent.person
        assert person is not None  # or there is no such filter
        opened = Q(registration_opens_at=None) | Q(registration_opens_at__lte=now)
        anyone = Q(eligibility=Session.Eligibility.EVERYONE) | Q(
            eligibility=Session.Eligibility.MEMBERS_FIRST, members_first_until__lte=now
        )
        invitations = Session.invitations.rel.related_model._default_manager.filter(written_to(person))
        invited = Q(eligibility=Session.Eligibility.INVITED, pk__in=invitations.values("session_id"))
        may = anyone | invited
        if self.parent.is_of_a_member:
            may |= Q(eligibility__in=Session.OF_MEMBERS)
        return Q(cancelled_at=None, admission=Session.Admission.OPEN, closes_at__gt=now) & opened & may


class Filters(django_filters.FilterSet):
    """The filters, by the parameters of the address: of sessions (what is upcoming) or of activities (what is past).

    `person` is who asks, None for a visitor: only who is signed in can ask for what is open to them.
    """

    filters: dict[str, Condition[Any]]

    @classmethod
    def get_filters(cls) -> dict[str, Condition[Any]]:
        # Not attributes of the class: “from” is a word of Python's.
        filters: dict[str, Condition[Any]] = {
            "format": Format("format__in", label=_("Format")),
            "topic": OfTopic("topics", label=_("Topic")),
            "host": ByHost("host__slug__in", label=_("Host")),
            "language": InLanguage("languages", label=_("Language")),
            "audience": ForAudience("audiences", label=_("For whom")),
            "region": ForRegion("regions", label=_("For members of")),
            "from": FromDay(label=_("From")),
            "until": UntilDay(label=_("Until")),
            "places": PlacesLeft("left", _("Places left"), label=_("Places")),
            "registration": RegistrationOpen("open", _("Open for registration"), label=_("Registration")),
            "mine": OpenToMe("open", _("Open to me"), label=_("Who may register")),
        }
        for position, condition in enumerate(filters.values()):
            condition.bit = 1 << position
        return filters

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[Model],
        *,
        options: Options,
        now: datetime,
        person: User | None = None,
    ):
        super().__init__(data, queryset)
        self.now, self.person = now, person
        if person is None or queryset.model is Activity:
            del self.filters["mine"]
        if queryset.model is Activity:
            del self.filters["places"]
            del self.filters["registration"]
        for filter_ in self.filters.values():
            filter_.values = filter_.names(options)
            if isinstance(filter_, Choice):
                filter_.extra["choices"] = list(filter_.values.items())

    @cached_property
    def is_of_a_member(self) -> bool:
        organization = self.person.organization if self.person else None
        return organization is not None and organization.is_member(self.now)

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What is asked for and understood, by the name of its filter."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def filter_queryset[Rows: QuerySet[Model]](self, queryset: Rows) -> Rows:
        for name, value in self.asked.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def from_its_day(self, to_come: SessionQuerySet) -> SessionQuerySet:
        """Of sessions that have not begun those that one can find from the day asked for on: an index finds its place."""
        day = self.asked.get("from")
        return to_come.filter(listed_at__gte=nearly(day)) if day else to_come

    def notes(self) -> list[str]:
        """What was left out, and why."""
        self.form.is_valid()
        return [note for name in self.filters for note in self.notes_on(name)]

    def notes_on(self, name: str) -> list[str]:
        field = self.form.fields[name]
        if unknown := getattr(field, "unknown", ()):
            return [not_known(value, field.label) for value in unknown]
        if name not in self.form.errors:
            return []
        if self.form.has_error(name, "year"):
            return [
                gettext("“%(value)s” was left out. Write a year from %(first)s to %(last)s.")
                % {"value": quoted(self.data.get(name, "")), "first": FIRST_YEAR, "last": LAST_YEAR}
            ]
        if isinstance(self.filters[name], Day):
            return [
                gettext("“%(value)s” is not a day we can read, so it was left out. Write it like 2027-03-31.")
                % {"value": quoted(self.data.get(name, ""))}
            ]
        return [not_known(self.data.get(name, ""), field.label)]


def not_known(value: str, label: object) -> str:
    return gettext("We do not know “%(value)s” under “%(filter)s”, so it was left out.") % {
        "value": quoted(value),
        "filter": label,
    }


def quoted(value: str) -> str:
    """As much of what somebody typed as a sentence can hold."""
    return value[:50].replace("\x00", "\N{REPLACEMENT CHARACTER}")
