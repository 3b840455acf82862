"""The export of registrations tells attendance, where it was taken."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from attendance import actions
from registrations.models import Registration
from tests import cast

from .making import meeting_of, program, registered

pytestmark = pytest.mark.django_db


def rows_of() -> dict[str, dict[str, str]]:
    client = Client()
    client.force_login(cast.secretary())
    page = reverse("admin:registrations_registration_export")
    content = client.post(page, {"format": "0", "resource": "0"}).getvalue()
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return {row["Code"]: row for row in rows}


def told(registration: Registration) -> tuple[str, ...]:
    row = rows_of()[registration.code]
    return tuple(
        row[name]
        for name in ("Meetings with attendance recorded", "Present at", "Excused at", "Minutes measured")
    )


def test_attendance_stands_in_the_export_once_it_was_taken() -> None:
    session, by = program(days=3), cast.superuser()
    came, other = registered(session, *cast.people(2))
    first, second = meeting_of(session, 1), meeting_of(session, 2)
    actions.note(registration=came, meeting=first, state="present", by=by, minutes=50, now=first.starts_at)
    assert told(came) == ("", "", "", "")  # nobody closed the list
    actions.close(meeting=first, by=by, now=first.ends_at)
    assert told(came) == ("1", "1", "0", "50")
    assert told(other) == ("1", "0", "0", "")  # nobody measured, which is not 0
    actions.note(registration=came, meeting=second, state="excused", by=by, now=second.starts_at)
    actions.close(meeting=second, by=by, now=second.ends_at)
    assert told(came) == ("2", "1", "1", "50")


def test_a_meeting_that_was_not_taken_tells_nothing() -> None:
    session = program(days=1)
    [registration] = registered(session, *cast.people(1))
    meeting = meeting_of(session)
    actions.close(meeting=meeting, by=cast.superuser(), taken=False, now=meeting.ends_at)
    assert told(registration) == ("", "", "", "")
