"""What one host teaches: the catalog's own answers, asked for that host."""

from datetime import date, datetime, timedelta
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from catalog.listing.cards import Shown, shown_cards
from catalog.listing.options import Options, named
from catalog.listing.questions import Question
from hubs.delivered import Delivered, counted_hosts, delivered
from hubs.models import Host

from .past_activities import PastActivity, coming_counts, past_activities_of, past_counts

COMING = 12
HELD = 12
# Before the first MITI center taught; so "since ever".
LONG_AGO = date(1985, 1, 1)


class HostActivities:
    """Six queries at most, however much there is."""

    def __init__(self, host: Host, *, now: datetime, person: User | None):
        self.host, self.now = host, now
        data = QueryDict(mutable=True)
        data["host"] = host.slug
        options = Options(topics=[], hosts=[named(host)])
        self.question = Question(data, options=options, now=now, person=person)

    @cached_property
    def coming_count(self) -> int:
        return coming_counts([self.host], now=self.now)[self.host.pk]

    @cached_property
    def past_count(self) -> int:
        """Activities that were held at least once; they may come again."""
        return past_counts([self.host], now=self.now)[self.host.pk]

    @cached_property
    def coming(self) -> list[Shown]:
        return shown_cards(self.question, 0, COMING)

    @cached_property
    def past(self) -> list[PastActivity]:
        """The latest first."""
        return past_activities_of(self.host, now=self.now, most=HELD)

    @property
    def past_in_order(self) -> list[PastActivity]:
        return self.past[::-1]

    @cached_property
    def delivered(self) -> Delivered:
        """Since ever."""
        return delivered_by([self.host], self.now)[self.host.pk]

    @property
    def coming_url(self) -> str:
        return reverse("catalog:activities") + self.question.address()

    @property
    def past_url(self) -> str:
        return reverse("catalog:activities") + self.question.in_the_other_half().address()

    @property
    def calendar_url(self) -> str:
        return reverse("pages:feed_ics") + self.question.address()

    @property
    def atom_url(self) -> str:
        return reverse("pages:feed_atom") + self.question.address()


def delivered_by(hosts: list[Host], now: datetime) -> dict[int, Delivered]:
    """What each host delivered since ever, in one query for all."""
    tomorrow = now.date() + timedelta(
        days=1
    )  # today already, where the clock is ahead of ours; later is not held yet
    rows = counted_hosts(
        Host.objects.filter(pk__in=[host.pk for host in hosts]),
        first=LONG_AGO,
        last=tomorrow,
        now=now,
        zones=frozenset(host.timezone for host in hosts),
    )
    return {row.pk: delivered(row) for row in rows}
