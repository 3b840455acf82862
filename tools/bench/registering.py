"""The whole registration, as a browser does it: open the form, press the button, see the registration."""

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from accounts.models import Organization, User
from catalog.models import Activity, Session
from registrations.models import Registration

from .load import Connection, Load, get

PEOPLE = 200
PLACES = 100
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Outcome:
    load: Load
    presses: Load
    confirmed: int
    waiting: int


def register_everybody(port: int, *, clients: int) -> Outcome:
    """200 people on one session of 100 places, `clients` of them at a time."""
    session = hot_session()
    people = iter(signed_in_people())
    hand_out = threading.Lock()
    whole: list[float] = []
    presses: list[float] = []

    def one_after_the_other() -> None:
        connection = Connection(port)
        while cookies := take(people, hand_out):
            begun = time.perf_counter()
            pressed = walk_through(connection, f"/sessions/{session.pk}/registration/", cookies)
            whole.append((time.perf_counter() - begun) * 1000)
            presses.append(pressed)

    threads = [threading.Thread(target=one_after_the_other) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    rows = Registration.objects.filter(session=session)
    return Outcome(
        Load(whole, seconds), Load(presses, seconds), rows.confirmed().count(), rows.waiting().count()
    )


def take(people: Iterator[str], hand_out: threading.Lock) -> str | None:
    with hand_out:
        return next(people, None)


def walk_through(connection: Connection, path: str, session_cookie: str) -> float:
    """Returns the milliseconds between the button and its answer. Raises AssertionError when it did not work."""
    form = connection.ask(get(path, {"Cookie": f"sessionid={session_cookie}", "Accept-Encoding": "identity"}))
    token = TOKEN.search(form.body)
    assert form.status == 200, form
    assert token, form
    csrf_cookie = SimpleCookie(form.headers["set-cookie"])["csrftoken"].value
    cookies = f"sessionid={session_cookie}; csrftoken={csrf_cookie}"
    begun = time.perf_counter()
    done = connection.ask(post(path, {"csrfmiddlewaretoken": token.group(1).decode()}, cookies))
    pressed = (time.perf_counter() - begun) * 1000
    assert done.status == 302, done
    shown = connection.ask(get(done.headers["location"], {"Cookie": cookies}))
    assert shown.status == 200, shown
    return pressed


def post(path: str, values: dict[str, str], cookies: str) -> bytes:
    body = urlencode(values)
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nReferer: https://localhost{path}\r\n"
        f"Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def hot_session() -> Session:
    activity = Activity.objects.published().filter(sessions__isnull=False).first()
    assert activity is not None
    assert activity.host is not None
    starts_at = timezone.now() + timedelta(days=30)
    return Session.objects.create(
        activity=activity,
        timezone=activity.host.timezone,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        places=PLACES,
    )


def signed_in_people() -> list[str]:
    """The session cookies of so many people who have never registered before."""
    member = Organization.objects.members()[0]
    first = User.objects.count()
    cookies = []
    for number in range(first, first + PEOPLE):
        person = User.objects.create(
            email=f"bench-{number}@sample.example.org",
            name=f"Bench {number}",
            organization=member,
            post="Planner",
            profile=User.Profile.TECHNICAL,
            country=member.country,
            timezone=member.timezone,
            password="!",  # noqa: S106 - nobody can sign in with it
        )
        client = Client()
        client.force_login(person)
        cookies.append(client.cookies["sessionid"].value)
    return cookies
