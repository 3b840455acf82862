"""A station of any size, for measuring: the invented activities again and again, in bulk.

Rows are written in batches and counted afterwards in one statement each, because the actions, one by one, would take hours.
No letters are written.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched

from django.db import connection
from django.utils import timezone

from accounts.models import Organization, User
from catalog.actions import refresh_many
from catalog.models import Activity, Meeting, Session, Topic
from hubs.models import Host
from membership.actions import put_on_record
from page_cache import new_edition
from registrations.models import Registration

from .progress import progress
from .specs import EXAMPLE_DOMAIN, Spec, activity_specs, columns

SAMPLE_PREFIX = "sample-"
BATCH = 2_000
SESSIONS_PER_ACTIVITY = 2
HALF_A_YEAR = timedelta(days=182)
PEOPLE_PER_HUNDRED_REGISTRATIONS = 10


def make_volume(*, sessions: int, registrations: int, now: datetime | None = None) -> None:
    """Add so many upcoming sessions, and so many registrations spread over them."""
    now = now or timezone.now()
    chance = random.Random(f"{sessions} {registrations}")
    made = make_activities(sessions, now, chance)
    if registrations:
        make_registrations(made, make_sample_people(registrations, chance), registrations, now, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    new_edition()


def make_activities(count: int, now: datetime, chance: random.Random) -> list[Session]:
    hosts = {host.slug: host for host in Host.objects.all()}
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    serial = Activity.objects.filter(slug__startswith=SAMPLE_PREFIX).count()
    made: list[Session] = []
    batches = list(batched(range(count), BATCH * SESSIONS_PER_ACTIVITY))
    for numbers in progress("sessions, thousands at a time", batches, len(batches)):
        specs = [chance.choice(activity_specs()) for _ in numbers[::SESSIONS_PER_ACTIVITY]]
        activities = Activity.objects.bulk_create(
            sample_activity(spec, serial + place, hosts, now) for place, spec in enumerate(specs, start=1)
        )
        serial += len(activities)
        Activity.topics.through.objects.bulk_create(
            Activity.topics.through(activity=activity, topic=topics[slug])
            for activity, spec in zip(activities, specs, strict=True)
            for slug in spec["topics"]
        )
        sessions = Session.objects.bulk_create(
            sample_session(activities[place // SESSIONS_PER_ACTIVITY], now, chance)
            for place in range(len(numbers))
        )
        Meeting.objects.bulk_create(
            Meeting(session=session, starts_at=session.starts_at, ends_at=session.ends_at)
            for session in sessions
        )
        refresh_many([activity.pk for activity in activities])
        made += sessions
    return made


def sample_activity(spec: Spec, number: int, hosts: dict[str, Host], now: datetime) -> Activity:
    titles = {language: f"{title} ({number})" for language, title in spec["title"].items()}
    return Activity(
        slug=f"{SAMPLE_PREFIX}{number}",
        format=spec["format"],
        host=hosts[spec["host"]],
        audiences=spec["audiences"],
        languages=spec["languages"],
        interpretation=spec["interpretation"],
        regions=spec["regions"],
        published_at=now,
        **columns("title", titles),
        **columns("summary", spec["summary"]),
        **columns("description", spec["description"]),
    )


def sample_session(activity: Activity, now: datetime, chance: random.Random) -> Session:
    zone = activity.host.timezone if activity.host else "UTC"
    hours = chance.randint(24, HALF_A_YEAR // timedelta(hours=1))
    starts_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
    return Session(
        activity=activity,
        timezone=zone,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        places=chance.choice((15, 30, 60, 100, 200, None)),
        registration_opens_at=now - timedelta(days=30),
    )


def make_sample_people(registrations: int, chance: random.Random) -> list[int]:
    """Enough people for so many registrations. Returns their keys."""
    wanted = max(200, registrations * PEOPLE_PER_HUNDRED_REGISTRATIONS // 100)
    members = list(Organization.objects.members())
    there = User.objects.filter(email__endswith=f"@sample.{EXAMPLE_DOMAIN}").count()
    batches = list(batched(range(there, max(wanted, there)), BATCH))
    for numbers in progress("people, thousands at a time", batches, len(batches)):
        User.objects.bulk_create(sample_person(number, chance.choice(members)) for number in numbers)
    people = User.objects.filter(email__endswith=f"@sample.{EXAMPLE_DOMAIN}")
    put_on_record(people=people, now=timezone.now())
    return list(people.values_list("pk", flat=True))


def sample_person(number: int, member: Organization) -> User:
    return User(
        email=f"person-{number}@sample.{EXAMPLE_DOMAIN}",
        name=f"Sample person {number}",
        organization=member,
        post="Planner",
        profile=User.Profile.TECHNICAL,
        country=member.country,
        timezone=member.timezone,
        password="!",  # noqa: S106 - nobody can sign in with it
    )


def make_registrations(
    sessions: list[Session], people: list[int], count: int, now: datetime, chance: random.Random
) -> None:
    rows = sample_registrations(sessions, people, count, now, chance)
    batches = -(-count // BATCH)
    for batch in progress("registrations, thousands", batched(rows, BATCH), batches):
        Registration.objects.bulk_create(batch)
    count_places([session.pk for session in sessions])


def sample_registrations(
    sessions: list[Session], people: list[int], count: int, now: datetime, chance: random.Random
) -> Iterator[Registration]:
    """First come, first served, as the action would have decided."""
    share, rest = divmod(count, len(sessions))
    for place, session in enumerate(sessions):
        wanted = min(share + (place < rest), len(people))
        for arrival, person in enumerate(chance.sample(people, wanted)):
            moment = now - timedelta(days=20) + timedelta(minutes=arrival)
            has_place = session.places is None or arrival < session.places
            yield Registration(
                session=session,
                person_id=person,
                state=Registration.State.CONFIRMED if has_place else Registration.State.WAITING,
                registered_at=moment,
                queued_at=moment,
                confirmed_at=moment if has_place else None,
            )


def count_places(sessions: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE catalog_session SET places_taken = counted.taken, waiting_count = counted.waiting
            FROM (
                SELECT session_id,
                       count(*) FILTER (WHERE state = 'confirmed') AS taken,
                       count(*) FILTER (WHERE state = 'waiting') AS waiting
                FROM registrations_registration WHERE session_id = ANY(%s) GROUP BY session_id
            ) AS counted
            WHERE catalog_session.id = counted.session_id
            """,
            [sessions],
        )
