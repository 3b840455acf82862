"""Five hundred who look at the questions of a meeting ask every four seconds whether there is something new. What one answer
costs beside the bare view, when there is nothing new and when there is; and what the catalog costs while they ask.
"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from catalog.models import Activity, Meeting, Session
from tools.local.messages import say

from .load import Connection, get, press
from .server import Server, database_seconds, production_server
from .switches import COUNT_QUERIES, KEEP

ASKERS, EVERY = 500, 4  # people, seconds
QUESTIONS = 40
CONNECTIONS = 4
ROUNDS = 3


def compare_questions(seconds: float) -> None:
    say(f"\n{ASKERS} people with the questions of a meeting open ({QUESTIONS} of them):")
    meeting, person = meeting_with_questions()
    path, cookies = f"/meetings/{meeting.pk}/questions/?order=votes&live=", cookies_of(person)
    with production_server() as server:
        first = Connection(server.port).ask(get(path, cookies))
        assert first.status == 200, first
        whole = get(path, cookies)
        unchanged = get(path, cookies | {"If-None-Match": first.headers["etag"]})
        bare = cost_of(server, get("/bench/bare/"), seconds)
        for name, question, status in (("nothing new", unchanged, 304), ("all of it", whole, 200)):
            one = cost_of(server, question, seconds, status=status)
            say(f"  {name}: {one:.2f} ms of CPU an answer, {one / bare:.1f} × the bare view")
        counting = get(path, cookies | {"If-None-Match": first.headers["etag"], COUNT_QUERIES: "1"})
        counted = Connection(server.port).ask(counting)
        assert counted.status == 304, counted
        say(f"  nothing new asks PostgreSQL {counted.headers[COUNT_QUERIES.lower()]} times")
        beside_the_catalog(server, unchanged, seconds * 2)


def cost_of(server: Server, question: bytes, seconds: float, *, status: int = 200) -> float:
    """Milliseconds of CPU, in the web server and PostgreSQL together, for one answer."""
    press(server.port, question, connections=CONNECTIONS, seconds=min(1, seconds), status=status)
    begun = server.web_seconds() + database_seconds()
    load = press(server.port, question, connections=CONNECTIONS, seconds=seconds, status=status)
    return (server.web_seconds() + database_seconds() - begun) * 1000 / len(load.times)


def beside_the_catalog(server: Server, unchanged: bytes, seconds: float) -> None:
    """Both at a pace that the machine bears, so that CPU is spent on what is asked and not on waiting."""
    catalog = get("/activities/", {KEEP: "counts"})
    asking = Paced(server.port, unchanged, ASKERS / EVERY, status=304)
    looking = Paced(server.port, catalog, 10, status=200)
    press(server.port, catalog, connections=CONNECTIONS, seconds=1)  # warm up
    alone, askers, both = 0.0, 0.0, 0.0
    for _round in range(ROUNDS):
        alone += spent(server, seconds, looking)
        askers += spent(server, seconds, asking)
        both += spent(server, seconds, looking, asking)
    pages = looking.rate * seconds * ROUNDS
    say(
        f"  {ASKERS / EVERY:.0f} asked a second: the catalog costs {(both - askers) * 1000 / pages:.1f} ms of CPU a page"
        f" beside them, {alone * 1000 / pages:.1f} ms without ({(both - askers) / alone:.2f} ×)"
    )


class Paced:
    """So many of one question a second."""

    def __init__(self, port: int, question: bytes, rate: float, *, status: int):
        self.port, self.question, self.rate, self.status = port, question, rate, status

    def run(self, until: float) -> None:
        connection = Connection(self.port)
        due = time.perf_counter()
        while due < until:
            time.sleep(max(due - time.perf_counter(), 0))
            assert connection.ask(self.question).status == self.status
            due += 1 / self.rate


def spent(server: Server, seconds: float, *who: Paced) -> float:
    """Seconds of CPU."""
    begun, until = server.web_seconds() + database_seconds(), time.perf_counter() + seconds
    threads = [threading.Thread(target=run_with(one.run, until)) for one in who]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return server.web_seconds() + database_seconds() - begun


def run_with(run: Callable[[float], None], until: float) -> Callable[[], None]:
    return lambda: run(until)


def cookies_of(person: User) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    [cookie] = client.cookies.values()
    return {"Cookie": f"{cookie.key}={cookie.value}"}


def meeting_with_questions() -> tuple[Meeting, User]:
    """One that runs now, and somebody who has a place."""
    from interaction import actions
    from registrations.models import Registration

    now = timezone.now()
    activity = Activity.objects.published().order_by("pk")[0]
    hours = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    session = Session.objects.create(activity=activity, timezone="UTC", **hours)
    meeting = Meeting.objects.create(session=session, **hours)
    people = User.objects.bulk_create(
        User(email=f"asks.{number}@measured.example", name=f"Asks {number}") for number in range(QUESTIONS)
    )
    places = Registration.objects.bulk_create(
        Registration(session=session, person=one, state="confirmed", confirmed_at=now) for one in people
    )
    for place in places:
        words = f"What did it cost in the year {1900 + place.pk % 100}, and who paid for it?"
        question = actions.ask(meeting=meeting, registration=place, words=words, by=place.person)
        actions.move(question=question, to="shown", by=place.person)
    return meeting, people[0]
