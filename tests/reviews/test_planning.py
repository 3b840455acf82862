"""Which first meeting the page offers."""

import re

import pytest
import time_machine

from tests import cast
from tests.proposals import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return cast.secretary()


@pytest.mark.parametrize(
    ("today", "months", "offered"),
    [
        ("2026-12-02", ["2026-12"], None),  # its last Tuesday that is four weeks away lies in January
        ("2026-12-02", ["2026-12", "2027-01"], "2027-01-05T10:00"),
        ("2026-11-02", ["2026-12"], "2026-12-01T10:00"),
        ("2026-11-06", ["2026-12"], "2026-12-08T10:00"),  # the first Tuesday would be in less than four weeks
        ("2026-11-06", ["2027-02", "2026-11"], "2027-02-02T10:00"),
        ("2026-11-06", [], None),
    ],
)
def test_the_start_offered_leaves_time_to_announce_it(client, secretary, today, months, offered):
    with time_machine.travel(f"{today}T09:00Z", tick=False):
        proposal = making.sent(months=months)
        client.force_login(secretary)
        page = client.get(f"/proposals/desk/{proposal.code}/").text
    field = re.search(r'<input[^>]*name="decision-starts_at"[^>]*>', page)[0]
    assert re.findall(r'value="([^"]*)"', field) == ([offered] if offered else [])
