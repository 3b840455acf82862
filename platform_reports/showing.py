"""What was understood of a report, ready to show: before it is noted, and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import clock_words
from accounts.zones import city_of_zone
from attendance.actions import Told
from attendance.door_list import STATES, by_registration, minutes, said
from attendance.models import Attendance
from desk.alphabet import plain
from registrations.models import Registration
from texts.numbers import number_in
from texts.rows import listed

from .answers import Answers
from .likeness import Likely
from .matching import Listed, names_of_text
from .models import PlatformReport, Trace
from .put_off import is_of_before
from .reading.facts import DateOrder

# What one page takes: those to decide each ask something, those matched are only read.
TO_DECIDE_SHOWN, MATCHED_SHOWN = 40, 300
HOURS_SHOWN = 3

HOW: dict[str, Promise] = {
    Trace.How.EMAIL: gettext_lazy("by e-mail address"),
    Trace.How.ALIAS: gettext_lazy("known from before"),
    Trace.How.NAME: gettext_lazy("by name"),
    Trace.How.STAFF: gettext_lazy("by staff"),
}


@dataclass(frozen=True)
class Line:
    """One trace. `key` is by what a form speaks of it."""

    key: int
    trace: Trace
    name: str
    email: str
    length: str
    hours: str
    # Whose it is, by what it was matched, what attendance will say or says by the report, and what others say.
    who: str = ""
    origin: str = ""
    how: str = ""
    says: str = ""
    others: str = ""
    differs: bool = False
    # To decide: who it may be, what was chosen or typed, and why that will not do.
    likely: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    typed: str = ""
    error: str = ""


@dataclass
class ReportPage:
    """`told` is what the platform's reports say together, by registration. `anew` is a trace to decide once more."""

    report: PlatformReport
    traces: list[Trace]
    among: Listed
    told: Mapping[int, Told]
    answers: Answers
    anew: int | None = None
    asked: str = ""

    # In words

    @property
    def sentences(self) -> list[str]:
        """“Zoom, each join with its times: 47 lines, 31 people.”"""
        report, people = self.report, len(self.traces)
        lines = ngettext("%(count)d line", "%(count)d lines", report.lines) % {"count": report.lines}
        persons = ngettext("%(count)d person", "%(count)d people", people) % {"count": people}
        found = [
            _("%(platform)s, %(kind)s: %(lines)s, %(people)s.")
            % {
                "platform": capfirst(report.get_platform_display()),
                "kind": report.get_kind_display(),
                "lines": lines,
                "people": persons,
            }
        ]
        if report.has_times:
            city = city_of_zone(report.clock)
            found.append(_("Times are read on the clock of %(city)s.") % {"city": city})
        if report.date_order and report.has_times:
            order = DateOrder(report.date_order).label
            found.append(_("Order of its dates: %(order)s.") % {"order": order})
        return found

    @property
    def threshold(self) -> str:
        least = self.report.present_from
        words = ngettext(
            "Present is who was there for %(count)d minute or more.",
            "Present is who was there for %(count)d minutes or more.",
            least,
        )
        return words % {"count": least}

    # By what became of them

    @cached_property
    def undecided(self) -> list[Trace]:
        return [one for one in self.traces if one.is_undecided and not self.is_past_deciding]

    @property
    def is_past_deciding(self) -> bool:
        return self.is_erased or self.is_of_before

    @property
    def is_of_before(self) -> bool:
        return is_of_before(self.report)

    @property
    def is_erased(self) -> bool:
        return self.report.erased_at is not None

    @cached_property
    def to_decide(self) -> list[Line]:
        """The first of them, and before them the one that is decided anew."""
        anew = [one for one in self.traces if one.pk and one.pk == self.anew and not one.is_outside]
        anew = [] if self.is_past_deciding else anew
        rest = [one for one in self.undecided if one not in anew]
        return [self.question(one) for one in [*anew, *rest][:TO_DECIDE_SHOWN]]

    @property
    def open_lines(self) -> list[Line]:
        """The same for who may not decide, or not now."""
        return [self.line(one) for one in self.undecided[:MATCHED_SHOWN]]

    @property
    def left_out(self) -> int:
        return max(len(self.undecided) - TO_DECIDE_SHOWN, 0)

    @cached_property
    def matched(self) -> list[Line]:
        """What differs from others' word first, then by name."""
        lines = [self.line(one) for one in self.traces if one.registration_id and not one.is_outside]
        lines.sort(key=lambda line: (not line.differs, plain(line.who), line.key))
        return self.found(lines)

    @cached_property
    def guests(self) -> list[Line]:
        return self.found(self.line(one) for one in self.traces if one.how == Trace.How.GUEST)

    @cached_property
    def aside(self) -> list[Line]:
        return self.found(self.line(one) for one in self.traces if one.set_aside_at)

    @cached_property
    def outside(self) -> list[Line]:
        open_ = (one for one in self.traces if one.is_outside and not one.set_aside_at)
        return self.found(self.line(one) for one in open_)

    def found(self, lines: Iterable[Line]) -> list[Line]:
        """Those in whose names stands what was asked for."""
        wanted = plain(self.asked).split()
        return [
            line
            for line in lines
            if all(word in plain(f"{line.name} {line.email} {line.who}") for word in wanted)
        ]

    # Numbers

    @cached_property
    def persons(self) -> int:
        """People on the list who were in the call, by what is matched."""
        return len({one.registration_id for one in self.traces if one.registration_id and not one.is_outside})

    @property
    def not_in_it(self) -> int:
        """Of those on the list."""
        found = {one.registration_id for one in self.traces}
        return sum(one.is_confirmed and pk not in found for pk, one in self.among.registrations.items())

    @property
    def differing(self) -> int:
        return sum(line.differs for line in self.matched)

    @property
    def too_many(self) -> bool:
        return len(self.matched) > MATCHED_SHOWN

    @property
    def matched_shown(self) -> list[Line]:
        return self.matched[:MATCHED_SHOWN]

    # Lines

    def key(self, trace: Trace) -> int:
        return trace.pk or trace.line

    def line(self, trace: Trace, **more: object) -> Line:
        registration = self.among.registrations.get(trace.registration_id or 0)
        told = self.told.get(trace.registration_id or 0)
        others = self.others_of(registration)
        facts: dict[str, object] = {
            "key": self.key(trace),
            "trace": trace,
            "name": names_of_text(trace),
            "email": trace.email,
            "length": minutes(trace.minutes),
            "hours": self.hours_of(trace),
            "who": str(registration.seen) if registration else "",
            "origin": registration.seen.organization_name if registration else "",
            "how": str(HOW.get(trace.how, "")),
            "says": says(told),
            "others": " · ".join(said(word) for word in others),
            "differs": bool(told and others and others[0].state != told.state),
        }
        return Line(**(facts | more))  # type: ignore[arg-type]  # each by its name

    def question(self, trace: Trace) -> Line:
        """With who it may be: the five most alike, and whoever it is now."""
        people = self.likely.people(trace.name, trace.other_names, email=trace.email)
        chosen = self.answers.chosen.get(self.key(trace), trace.stands_as)
        now = [self.among.registrations.get(number_in(pk) or 0) for pk in (trace.stands_as, chosen)]
        offered = {one.pk: one for one in (*now, *people) if one}
        return self.line(
            trace,
            likely=tuple((str(pk), self.label(one)) for pk, one in offered.items()),
            chosen=chosen,
            typed=self.answers.typed.get(self.key(trace), ""),
            error=self.answers.errors.get(self.key(trace), ""),
        )

    @cached_property
    def likely(self) -> Likely:
        return Likely(self.among.registrations.values())

    def label(self, registration: Registration) -> str:
        return self.among.labels[registration.pk]

    def hours_of(self, trace: Trace) -> str:
        """On the host's clock: “10:02–10:30, 10:34–11:00”."""
        zone = self.among.meeting.session.zone
        spans = [
            clock_words.hours(start.astimezone(zone), end.astimezone(zone)) for start, end in trace.hours
        ]
        shown = listed(spans[:HOURS_SHOWN])
        return f"{shown}, …" if len(spans) > HOURS_SHOWN else shown

    def others_of(self, registration: Registration | None) -> list[Attendance]:
        return self.words.get(registration.pk, []) if registration else []

    @cached_property
    def words(self) -> dict[int, list[Attendance]]:
        """What everybody but the platform says of each, the first in rank first."""
        rows = self.among.meeting.attendance.standing().exclude(source=Attendance.Source.REPORT)
        return by_registration(rows)


def says(told: Told | None) -> str:
    if told is None:
        return ""
    return " · ".join(part for part in (str(STATES[told.state]), minutes(told.minutes)) if part)
