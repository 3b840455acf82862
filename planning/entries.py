"""What stands in the calendar: each meeting on each of its days, and what is learned at one's own pace above.

Staff see all sessions of their hosts, and of other hosts what the public sees.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import clock_words
from accounts.models import User
from accounts.zones import city_of_zone
from catalog.models import Meeting, Session
from catalog.wording import for_whom, in_a_row
from hubs.models import Host
from hubs.scope import in_scope, sees_all_hosts

from .clashes import Clash, Clashes, audiences_of, clashes_among
from .days_off import holiday, is_weekend, is_worked
from .weeks import DAY, Period

type MayMove = Callable[[Session], bool]


@dataclass(frozen=True)
class Wanted:
    """What the filters leave; empty is all."""

    host: str = ""
    format: str = ""
    topic: str = ""

    def fits(self, session: Session) -> bool:
        activity = session.activity
        return (
            (not self.host or (activity.host is not None and activity.host.slug == self.host))
            and (not self.format or activity.format == self.format)
            and (not self.topic or self.topic in {topic.slug for topic in activity.topics.all()})
        )


@dataclass(frozen=True)
class Entry:
    """A meeting on one day of the reader; a session at one's own pace as a whole."""

    session: Session
    starts_at: datetime  # this and the end on the reader's clock
    ends_at: datetime
    is_own: bool
    may_move: bool
    day: date | None = None  # None at one's own pace
    meeting: Meeting | None = None
    number: int = 0  # of the meetings of a series; 0 where there is one alone
    clashes: tuple[Clash, ...] = ()

    @property
    def title(self) -> str:
        label = self.session.label
        return f"{self.session.activity}{f' · {label}' if label else ''}"

    @property
    def address(self) -> str:
        if self.is_own:
            return reverse("admin:catalog_session_overview", args=[self.session.pk])
        return self.session.get_absolute_url()

    @property
    def move_address(self) -> str:
        page = reverse("admin:catalog_session_new_day", args=[self.session.pk])
        return f"{page}?{urlencode({'meeting': self.meeting.pk})}" if self.meeting else page

    @property
    def hours(self) -> str:
        return clock_words.hours(self.starts_at, self.ends_at)

    @property
    def window(self) -> str:
        """At one's own pace: the days on the host's clock, which is that of its promise."""
        return clock_words.days(self.there[0].date(), self.there[1].date())

    @property
    def there(self) -> tuple[datetime, datetime]:
        """On the host's clock."""
        zone = self.session.zone
        return self.starts_at.astimezone(zone), self.ends_at.astimezone(zone)

    @property
    def host_day(self) -> str:
        return self.there[0].date().isoformat()

    @property
    def beside(self) -> str:
        """The hours in the host's city, where its clock shows others."""
        start, end = self.there
        if start.utcoffset() == self.starts_at.utcoffset():
            return ""
        return _("%(hours)s in %(city)s") % {
            "hours": clock_words.span_beside(start, end, shown=self.starts_at.date()),
            "city": self.place,
        }

    @property
    def place(self) -> str:
        """Whose clock it is: the host's city, or that of the zone where the session has another."""
        host, zone = self.session.activity.host, self.session.timezone
        return host.city if host and host.timezone == zone else city_of_zone(self.session.zone)

    @property
    def goes_on(self) -> str:
        """Where midnight lies between: that it began before this day, or ends after it."""
        if self.day is None or self.starts_at.date() == last_day(self.ends_at):
            return ""
        if self.day == self.starts_at.date():
            return _("until %(day)s") % {"day": self.named(self.ends_at)}
        return _("since %(day)s") % {"day": self.named(self.starts_at)}

    def named(self, at: datetime) -> str:
        return clock_words.weekday(at) if self.ends_at - self.starts_at < 6 * DAY else clock_words.day(at)

    @property
    def part(self) -> str:
        if not self.number:
            return ""
        words = {"number": self.number, "count": len(self.session.hours)}
        part = _("meeting %(number)d of %(count)d") % words
        return f"{part}: {self.meeting.title}" if self.meeting and self.meeting.title else part

    @property
    def unseen(self) -> str:
        """The word for what the public does not see."""
        activity = self.session.activity
        if activity.is_public:
            return ""
        return _("withdrawn") if activity.withdrawn_at else _("draft")

    @property
    def against(self) -> list[str]:
        """What speaks against its day where its host is."""
        host = self.session.activity.host
        if not host or self.day is None or self.session.is_cancelled:
            return []
        found, first, country = [], self.there[0].date(), host.country.code
        for day in (first, last_day(self.there[1])) if first != last_day(self.there[1]) else (first,):
            if name := holiday(country, day):
                found.append(
                    _("holiday in %(country)s: %(name)s") % {"country": host.country.name, "name": name}
                )
            elif is_weekend(country, day):
                found.append(_("weekend in %(country)s") % {"country": host.country.name})
        return list(dict.fromkeys(found))

    @property
    def clash_words(self) -> list[str]:
        return [
            _("“%(title)s”, %(host)s, %(hours)s: also about %(topics)s")
            % {
                "title": clash.other.activity,
                "host": clash.other.activity.host_name,
                "hours": clock_words.hours(
                    timezone.localtime(clash.starts_at), timezone.localtime(clash.ends_at)
                ),
                "topics": in_a_row([topic.name for topic in clash.topics]),
            }
            for clash in self.clashes
        ]

    @property
    def topics(self) -> str:
        return ", ".join(topic.name for topic in self.session.activity.topics.all())

    @property
    def for_whom(self) -> str:
        return for_whom(sorted(audiences_of(self.session.activity)))


@dataclass(frozen=True)
class Day:
    date: date
    is_outside: bool  # of the month that was asked for
    is_today: bool
    entries: list[Entry]
    holidays: list[str]
    worked: list[str]

    @property
    def words(self) -> str:
        return clock_words.full_day(self.date)

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.holidays or self.worked)


@dataclass
class Calendar:
    """Of one period, for one reader. In a fixed number of statements."""

    period: Period
    person: User
    now: datetime
    wanted: Wanted
    may_move: MayMove  # whether a session of one's own may still be rescheduled
    hosts: list[Host]
    own_hosts: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.own_hosts = (
            {host.pk for host in self.hosts}
            if sees_all_hosts(self.person)
            else set(Host.objects.run_by(self.person).values_list("pk", flat=True))
        )

    @cached_property
    def sessions(self) -> list[Session]:
        """A day more on both sides: what clashes with a meeting over the last midnight begins after it."""
        start, end = self.period.moments
        return list(
            seen_by(self.person)
            .filter(starts_at__lt=end + DAY, ends_at__gt=start - DAY)
            .select_related("activity__host")
            .defer("activity__search_vector")
            .prefetch_related("meetings", "activity__topics")
            .order_by("starts_at", "pk")
        )

    @cached_property
    def clashes(self) -> Clashes:
        """Also with what the filters leave out."""
        return clashes_among(self.sessions)

    @property
    def sees_own_alone(self) -> bool:
        return not sees_all_hosts(self.person)

    def shown(self) -> Iterator[Session]:
        return (session for session in self.sessions if self.wanted.fits(session))

    def is_own(self, session: Session) -> bool:
        return sees_all_hosts(self.person) or session.activity.host_id in self.own_hosts

    @cached_property
    def own_pace(self) -> list[Entry]:
        start, end = self.period.moments
        return [
            self.entry(session, session.starts_at, session.ends_at)
            for session in self.shown()
            if session.self_paced and session.starts_at < end and session.ends_at > start
        ]

    def entry(self, session: Session, start: datetime, end: datetime) -> Entry:
        is_own = self.is_own(session)
        return Entry(
            session=session,
            starts_at=timezone.localtime(start),
            ends_at=timezone.localtime(end),
            is_own=is_own,
            may_move=is_own and end > self.now and self.may_move(session),
            clashes=tuple(self.clashes.get((session.pk, start), ())),
        )

    @cached_property
    def by_day(self) -> dict[date, list[Entry]]:
        found: dict[date, list[Entry]] = {}
        first, last = self.period.weeks[0][0], self.period.weeks[-1][-1]
        for session in self.shown():
            if session.self_paced:
                continue
            for one in self.meetings_of(session):
                day, until = max(one.starts_at.date(), first), min(last_day(one.ends_at), last)
                while day <= until:
                    found.setdefault(day, []).append(replace(one, day=day))
                    day += DAY
        for entries in found.values():
            entries.sort(key=lambda one: (one.starts_at, one.session.pk))
        return found

    def meetings_of(self, session: Session) -> Iterator[Entry]:
        meetings = list(session.meetings.all())
        if not meetings:
            yield self.entry(session, session.starts_at, session.ends_at)
        for number, meeting in enumerate(meetings, 1):
            one = self.entry(session, meeting.starts_at, meeting.ends_at)
            yield replace(one, meeting=meeting, number=number if len(meetings) > 1 else 0)

    @cached_property
    def weeks(self) -> list[tuple[date, list[Day]]]:
        """Each with its Monday."""
        return [(week[0], [self.day(day) for day in week]) for week in self.period.weeks]

    def day(self, day: date) -> Day:
        return Day(
            date=day,
            is_outside=not self.period.first <= day <= self.period.last,
            is_today=day == timezone.localtime(self.now).date(),
            entries=self.by_day.get(day, []),
            holidays=[
                _("%(holiday)s (%(countries)s)") % {"holiday": name, "countries": in_a_row(countries)}
                for name, countries in self.holidays_on(day).items()
            ],
            worked=[name for code, name in self.countries.items() if is_worked(code, day)],
        )

    @cached_property
    def countries(self) -> dict[str, str]:
        """Of the hosts that are shown, with their names."""
        shown = [host for host in self.hosts if self.wanted.host in ("", host.slug)]
        return {host.country.code: str(host.country.name) for host in shown}

    def holidays_on(self, day: date) -> dict[str, list[str]]:
        """With the countries that call it so."""
        found: dict[str, list[str]] = {}
        for code, country in self.countries.items():
            if name := holiday(code, day):
                found.setdefault(name, []).append(country)
        return found

    @cached_property
    def weekdays(self) -> list[tuple[date, str]]:
        """The first of each weekday, and the countries that rest then. One that works on one such day rests on others."""
        weeks = self.period.weeks
        return [
            (
                weeks[0][number],
                in_a_row(
                    [
                        name
                        for code, name in self.countries.items()
                        if any(is_weekend(code, week[number]) for week in weeks)
                    ]
                ),
            )
            for number in range(7)
        ]

    @property
    def clash_count(self) -> int:
        """Meetings, each once: one that goes past midnight stands on two days."""
        return len(
            {
                (one.session.pk, one.starts_at)
                for entries in self.by_day.values()
                for one in entries
                if one.clashes
            }
        )


def seen_by(person: User) -> QuerySet[Session]:
    if sees_all_hosts(person):
        return Session.objects.all()
    own = in_scope(Session.objects.all(), person, host="activity__host")
    return Session.objects.filter(
        Q(pk__in=own.values("pk")) | Q(pk__in=Session.objects.public().values("pk"))
    )


def last_day(end: datetime) -> date:
    """What ends at midnight ends on the day before."""
    return (end - timedelta(microseconds=1)).date()
