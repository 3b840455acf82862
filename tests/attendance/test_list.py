"""The list at the door: who sees it, what stands on it, and what is pressed there without scripts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from attendance import actions
from catalog.models import Session
from registrations.models import Registration
from tests import cast

from .making import HOUR, meeting_of

pytestmark = pytest.mark.django_db


def running(**fields) -> Session:
    """It began half an hour ago, and meets again tomorrow; registration stays open while it runs."""
    start = timezone.now() - HOUR / 2
    day = timedelta(days=1)
    meetings = [(start, start + 2 * HOUR, "First day"), (start + day, start + day + 2 * HOUR, "Second day")]
    return cast.session(meetings=meetings, late_registration=True, **fields)


def listed(*names: str, **fields) -> tuple[Session, list[Registration]]:
    session = running(**fields)
    before = session.starts_at - HOUR
    return session, [cast.register(session, cast.person(name), now=before) for name in names]


def page_of(session: Session, day: int = 1) -> str:
    return reverse("attendance:list", args=[meeting_of(session, day).pk])


def names_on(html: str) -> list[str]:
    return re.findall(r'<bdi class="door-name">(.+?)</bdi>', html)


def test_the_list_has_who_is_expected_by_name_and_what_is_known_of_each(client):
    session, [zoe, amina, _ana] = listed("Zoë Ort", "amina Diallo", "Ána López", places=3)
    waiting = cast.register(session, cast.person("Waits For It"), now=session.starts_at - HOUR)
    meeting, by = meeting_of(session), cast.secretary()
    actions.note(registration=zoe, meeting=meeting, state="excused", by=by)
    actions.note(registration=amina, meeting=meeting, state="present", by=by)
    actions.note(registration=amina, meeting=meeting, state="absent", source="report", minutes=12, by=by)
    client.force_login(by)
    html = client.get(page_of(session)).text
    assert names_on(html) == ["amina Diallo", "Ána López", "Zoë Ort"], waiting
    assert "<strong>Present</strong> Marta Soler · " in html
    assert "Sources differ. report of the meeting platform: Absent, 12 minutes" in html
