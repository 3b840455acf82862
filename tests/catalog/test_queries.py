"""A page of the catalog asks the same few questions of the database with 20 sessions and with 400, whatever is asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions import refresh_many
from catalog.models import Activity, Session
from tests import cast
from tests.kept import forget_pages

pytestmark = pytest.mark.django_db

# The list, its counts, the topics, the hosts.
PLAIN = 4
# What the words mean.
WORDS = 1
SIGNED_IN = 2  # the session, and the person with whom they act for
MINE = 1  # what of the list they are registered for

ASKED = [
    ("", PLAIN),
    ("page=2", PLAIN),
    ("topic=mobility&format=webinar&language=en&audience=technical&region=africa&host=seoul", PLAIN),
    ("places=left&from=2020-01-01&until=2099-12-31", PLAIN),
    ("q=number", PLAIN + WORDS),
    ("q=numbr&topic=mobility&places=left", PLAIN + WORDS),
    ("when=past", PLAIN - 1),  # nothing is past here, so no list is asked for
    ("q=nothinglikethis&format=webinar", PLAIN + WORDS),  # no list, but the count without the words
]


def make(sessions: int) -> None:
    now = timezone.now()
    host, topic = cast.host("seoul"), cast.topic("Mobility")
    activities = Activity.objects.bulk_create(
        Activity(
            slug=f"number-{number}",
            title=f"Number {number}",
            title_en=f"Number {number}",
            format="webinar",
            host=host,
            languages=["en"],
            published_at=now,
        )
        for number in range(sessions // 2)
    )
    Activity.topics.through.objects.bulk_create(
        Activity.topics.through(activity=activity, topic=topic) for activity in activities
    )
    Session.objects.bulk_create(
        Session(
            activity=activity,
            timezone="Asia/Seoul",
            places=10,
            starts_at=now + timedelta(days=1 + turn, minutes=number),
            ends_at=now + timedelta(days=1 + turn, minutes=number + 90),
        )
        for number, activity in enumerate(activities)
        for turn in (0, 30)
    )
    refresh_many([activity.pk for activity in activities])


@pytest.mark.parametrize("sessions", [20, 400])
def test_the_number_of_queries_is_known_and_never_above_eight(client, django_assert_num_queries, sessions):
    make(sessions)
    for asked, queries in ASKED:
        forget_pages()
        with django_assert_num_queries(queries):
            response = client.get(f"/activities/?{asked}")
        assert response.status_code == 200
    client.force_login(cast.person())
    for asked, queries in [*ASKED, ("mine=open&q=numbr&topic=mobility", PLAIN + WORDS)]:
        own_states = 0 if "when=past" in asked or "nothing" in asked else MINE  # no list, no marks
        assert queries + SIGNED_IN + own_states <= 8
        forget_pages()
        with django_assert_num_queries(queries + SIGNED_IN + own_states):
            client.get(f"/activities/?{asked}")


def test_what_is_kept_is_not_asked_again(client, django_assert_num_queries):
    make(20)
    client.force_login(cast.person())
    client.get("/activities/")
    with django_assert_num_queries(1 + SIGNED_IN + MINE):  # the list
        client.get("/activities/")
