"""/health/: is every part of the station well? For monitors and load balancers: 200 when it is, 503 when one part is ill.

After a standstill the beat may not have called yet, and letters that waited through it have not begun to leave: these two
are then “starting”, which is no illness. It ends when the first call or the first letter was seen, and after three minutes
in any case: a web server that starts again and again does not begin them anew.

The parts are asked in threads of their own, with connections of their own, and waited for two seconds: a database that hangs
makes an ill answer, not none. The answer holds words and numbers, never an address, a version or the text of an error.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning_station.celery import app
from outbox.heartbeat import LETTERS
from outbox.heartbeat import beat as beat_of
from outbox.models import Heartbeat, Letter, Outage, not_yet

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds, for all parts together
STARTED = timezone.now()  # with the web server, which loads the station once for all its processes
STARTS_FOR = timedelta(minutes=3)
BEAT_IS_LATE = timedelta(minutes=3)
LETTER_IS_LATE = timedelta(minutes=15)
WEB_STARTED = "web started"
LETTERS_STAND_STILL = timedelta(minutes=3)

Answer = dict[str, object]


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    parts = ask()
    statuses = {part["status"] for part in parts.values()}
    status = next(candidate for candidate in ("ill", "starting", "well") if candidate in statuses)
    return JsonResponse({"status": status, **parts}, status=503 if status == "ill" else 200)


class HealthMiddleware:
    """Answers /health/ before the parts of the station that may themselves be ill: the cache of kept pages, the sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return health(request) if request.path == "/health/" else self.get_response(request)


def status_of(well: bool) -> str:
    return "well" if well else "ill"


def status_after_start(well: bool, last_seen: datetime | None) -> str:
    """For what other processes must do first: `last_seen` is when they last did."""
    if well:
        return "well"
    since = standstill_ended_at()
    seen = last_seen is not None and last_seen >= since
    return "ill" if seen or timezone.now() - since >= STARTS_FOR else "starting"


def standstill_ended_at() -> datetime:
    """When the web server first started after the beat's last call. Kept in the database: starting again moves nothing."""
    known = moments()
    last_call, began = known.get("beat"), known.get(WEB_STARTED)
    if began is None or (last_call is not None and began < last_call < STARTED):
        began = STARTED
        beat_of(WEB_STARTED, began)
    return began


def moments() -> dict[str, datetime]:
    return dict(Heartbeat.objects.values_list("name", "at"))


def database() -> Answer:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return {"status": status_of(cursor.fetchone() == (1,))}


def beat() -> Answer:
    """When a worker last did a round that the beat had called for: proof of both, and of the broker between them."""
    last = moments().get("beat")
    age = timezone.now() - last if last else None
    well = age is not None and age <= BEAT_IS_LATE
    return {
        "status": status_after_start(well, last),
        "last_tick_seconds": None if age is None else seconds(age),
    }


def letters() -> Answer:
    """Ill when the mail server fails, told at its first certain failure; or when a letter is late (due and not gone, or held
    up by the mail server) and no others leave either. While they leave, a crowd that waits is only a crowd.

    A letter that one recipient's server puts off (greylisting) waits out its own growing delays, and makes nobody ill. Nor
    does one that waits for the morning.
    """
    now = timezone.now()
    unsent = Q(state__in=[Letter.State.WAITING, Letter.State.CLAIMED])
    asked_for = Coalesce("resent_at", "written_at")
    counts = Letter.objects.filter(state__in=Letter.UNSETTLED).aggregate(
        waiting=Count("pk", filter=unsent),
        failed=Count("pk", filter=Q(state=Letter.State.FAILED)),
        oldest=Min(asked_for, filter=unsent & ~not_yet(now)),
        due=Min("next_try_at", filter=unsent & Q(next_try_at__lte=now)),
        postponed=Min(asked_for, filter=unsent & Q(held_by_server=True)),
    )
    late = age_of([counts["due"], counts["postponed"]], now)
    flowed_at = moments().get(LETTERS)
    flow = flowed_at is not None and now - flowed_at <= LETTERS_STAND_STILL
    outage = Outage.objects.filter(is_certain=True).first()
    status = "ill" if outage else status_after_start(late <= LETTER_IS_LATE or flow, flowed_at)
    return {
        "status": status,
        "mail_server_fails_since_seconds": seconds(now - outage.since) if outage else None,
        "oldest_unsent_seconds": seconds(age_of([counts["oldest"]], now)),
        "overdue_seconds": seconds(late),
        "waiting": counts["waiting"],
        "failed": counts["failed"],
    }


def cache() -> Answer:
    with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
        client.set("station:health", 1, ex=60)
        return {"status": status_of(client.exists("station:health") == 1)}


def broker() -> Answer:
    in_time = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}
    with app.connection_for_read(transport_options=in_time) as link:
        link.default_channel.client.ping()
    return {"status": "well"}


# What is asked together shares a thread and a connection.
GROUPS: tuple[tuple[Callable[[], Answer], ...], ...] = ((database, beat, letters), (cache,), (broker,))

_asking: dict[str, threading.Thread] = {}


def ask() -> dict[str, Answer]:
    """Each part's answer; ill for those that gave none in time."""
    answers: dict[str, Answer] = {part.__name__: {"status": "ill"} for group in GROUPS for part in group}
    threads = [thread for group in GROUPS if (thread := start(group, answers))]
    deadline = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0, deadline - time.monotonic()))
    return dict(answers)


def start(group: tuple[Callable[[], Answer], ...], answers: dict[str, Answer]) -> threading.Thread | None:
    """Ask a group in a thread; not when the one before still hangs there, or they would pile up with each question."""
    name = group[0].__name__
    if name in _asking and _asking[name].is_alive():
        return None
    _asking[name] = threading.Thread(target=fill, args=(group, answers), name=f"health {name}", daemon=True)
    _asking[name].start()
    return _asking[name]


def fill(group: tuple[Callable[[], Answer], ...], answers: dict[str, Answer]) -> None:
    try:
        for part in group:
            answers[part.__name__] = part()
    except Exception as error:  # whatever it is, the part is ill, and the log says why
        logger.warning("Health: %s: %s", part.__name__, error)
    finally:
        connection.close()


def age_of(moments: list[datetime | None], now: datetime) -> timedelta:
    """How long ago the earliest was; nothing when there is none."""
    known = [moment for moment in moments if moment]
    return now - min(known) if known else timedelta()


def seconds(span: timedelta) -> int:
    return round(span.total_seconds())
