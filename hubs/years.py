"""The years there is something to report of."""

from collections.abc import Iterable
from datetime import datetime

from .counting import Asked, Session, of_anybody, of_host
from .models import Agreement, Host


def years_of(host: Host, now: datetime) -> list[int]:
    """The years there is something to report of: from the first agreement or session to this year, the latest first."""
    today = now.astimezone(host.zone).date()
    signed = Agreement.objects.signed().filter(host=host)
    firsts = [day.year for day in signed.order_by("starts_on").values_list("starts_on", flat=True)[:1]]
    return years_since([*firsts, *first_sessions(of_host(host))], today.year)


def years_of_station(now: datetime) -> list[int]:
    return years_since(first_sessions(of_anybody), now.year)


def first_sessions(asked: Asked) -> list[int]:
    ends = Session._default_manager.filter(asked("")).order_by("ends_at").values_list("ends_at", flat=True)
    return [moment.year for moment in ends[:1]]


def years_since(firsts: Iterable[int], this_year: int) -> list[int]:
    return list(range(this_year, min([*firsts, this_year]) - 1, -1))
