"""The pages around a list, for everybody (WCAG 2.2 AA): on a phone and at a desk; nothing sticks out, in Arabic either."""

from datetime import timedelta

import pytest
from django.utils import timezone

from attendance import actions
from attendance.models import Correction
from tests import cast
from tests.learning_station.walking import Walk, signed_in

from .making import HOUR, meeting_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session():
    """Two meetings: one whose list is closed, one that runs."""
    now = timezone.now()
    starts = (now - timedelta(days=2), now - HOUR)
    session = cast.session(meetings=[(start, start + 2 * HOUR, "") for start in starts])
    for name in ("Amina Diallo", "Bo Chen", "Lucía de la Fuente y Gutiérrez-Mellado"):
        cast.register(session, cast.person(name), now=now - timedelta(days=9))
    return session


@pytest.fixture
def asked(session):
    first, by = meeting_of(session), cast.coordinator()
    one = session.registrations.order_by("pk")[0]
    actions.close(meeting=first, by=by, now=first.ends_at)
    asked = actions.ask_correction(registration=one, meeting=first, words="I was there.", by=one.person)
    actions.note_guest(
        meeting=meeting_of(session, 2), name="Walked In", email="walked@in.example", language="en", by=by
    )
    actions.name_helper(session=session, email="helps@here.example", post="trainer", by=by)
    return asked


def of_staff(asked: Correction) -> list[str]:
    closed, session = asked.meeting, asked.meeting.session
    runs = meeting_of(session, 2)
    return [
        f"/meetings/{runs.pk}/attendance/",
        f"/meetings/{closed.pk}/attendance/",
        f"/meetings/{runs.pk}/attendance/closing/",
        f"/meetings/{closed.pk}/attendance/opening/",
        f"/meetings/{closed.pk}/corrections/{asked.pk}/",
        f"/meetings/{runs.pk}/guests/",
        f"/sessions/{session.pk}/helpers/",
    ]


def test_axe_finds_nothing_on_the_pages_around_a_list(page, live_server, asked):
    signed_in(page, cast.coordinator(asked.meeting.session.activity.host), live_server.url)
    walk = Walk(page)

    def look(address: str) -> None:
        walk.look_everywhere(address)
        walk.look_at_sizes(address, 320)

    walk.through(of_staff(asked), look)
    walk.through([f"/ar{address}" for address in of_staff(asked)], lambda one: walk.look_at_sizes(one, 390))
    walk.done()


def test_axe_finds_nothing_where_a_person_says_that_it_is_wrong(page, live_server, asked):
    other = asked.meeting.session.registrations.order_by("pk")[1]
    signed_in(page, other.person, live_server.url)
    walk = Walk(page)
    where = f"{other.get_absolute_url()}attendance/{asked.meeting_id}/"
    walk.through([other.get_absolute_url(), where], walk.look_everywhere)
    walk.done()
