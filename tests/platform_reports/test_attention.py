"""What of platform reports waits for staff, and who is asked."""

import pytest

from attendance.actions import close
from platform_reports import actions
from platform_reports.attention import people_to_decide
from platform_reports.tasks import forget
from tests import cast
from tests.attendance.making import DAY, meeting_of

from .making import END, joins, noted, webinar

pytestmark = pytest.mark.django_db


def test_people_to_decide_wait_for_staff_of_their_own_hosts_while_the_list_is_open():
    by = cast.secretary()
    sessions = [webinar(of=cast.activity(host=cast.host(slug))) for slug in ("seoul", "cairo")]
    reports = [
        noted(meeting_of(one), joins(("Who", "", 0, 30), ("Early", "", -9, 0)), by=by) for one in sessions
    ]

    def seen(person) -> list[tuple[str, str]]:
        card = people_to_decide(person, END)
        return [(line.address, line.badge) for line in card.lines]

    badge = "1 person to decide"
    assert seen(cast.coordinator(cast.host("seoul"))) == [(reports[0].get_absolute_url(), badge)]
    assert len(seen(by)) == 2
    close(meeting=meeting_of(sessions[0]), by=by, now=END)
    assert seen(by) == [(reports[1].get_absolute_url(), badge)]
    actions.forget_old(now=END + 60 * DAY)
    assert seen(by) == []


def test_the_worker_forgets_every_hour():
    assert forget() == 0
