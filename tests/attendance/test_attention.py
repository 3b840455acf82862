"""What of attendance waits for staff: lists that nobody closed, and corrections; and for helpers, their lists."""

from datetime import timedelta

import pytest

from attendance import actions
from attendance.attention import late_lists, lists_and_corrections
from attendance.models import Correction, Helper
from attendance.my_pages import lists_at_which_i_help
from registrations import actions as registration_actions
from tests import cast

from .making import DAY, START, meeting_of, program, registered

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_a_list_is_late_a_week_after_its_meeting_and_given_up_after_ninety_days():
    session = program(days=1)
    registered(session)
    meeting = meeting_of(session)
    end = meeting.ends_at

    def late(after) -> bool:
        return meeting in late_lists(end + after)

    assert [late(after) for after in (7 * DAY - SECOND, 7 * DAY, 90 * DAY - SECOND, 90 * DAY)] == [
        False,
        True,
        True,
        False,
    ]
    by = cast.secretary()
    actions.close(meeting=meeting, by=by, now=end)
    assert not late(8 * DAY)
    actions.open_again(meeting=meeting, by=by, why="Two came late.", now=end)
    assert late(8 * DAY)


def test_a_list_of_a_meeting_that_is_over_waits_at_once_and_below_what_is_late():
    late, fresh = program(days=1), program(days=1)
    for session in (late, fresh):
        registered(session)
    meeting = meeting_of(fresh)
    meeting.starts_at, meeting.ends_at = (hour + 9 * DAY for hour in (meeting.starts_at, meeting.ends_at))
    meeting.save()

    def badges(now) -> list[str]:
        return [line.badge for line in lists_and_corrections(cast.secretary(), now).lines]

    assert badges(meeting.ends_at - SECOND) == ["not closed for 8 days"]
    assert badges(meeting.ends_at) == ["not closed for 9 days", "to be closed"]


def test_nobody_waits_for_the_list_of_a_meeting_with_nobody_or_of_a_cancelled_session():
    empty, cancelled = program(days=1), program(days=1)
    registered(cancelled)
    registration_actions.cancel_session(
        session=cancelled, reason="Flood", by=cast.secretary(), now=START - DAY
    )
    assert list(late_lists(START + 10 * DAY)) == [], empty


def test_staff_see_the_lists_and_corrections_of_their_own_hosts():
    sessions = [program(days=1, of=cast.activity(host=cast.host(slug))) for slug in ("seoul", "cairo")]
    for session in sessions:
        [one, *_others] = registered(session)
        Correction.objects.create(registration=one, meeting=meeting_of(session), words="I was there.")
    now = START + 10 * DAY

    def seen(person) -> list[tuple[str, str]]:
        return [(line.address, line.badge) for line in lists_and_corrections(person, now).lines]

    lists = [f"/meetings/{meeting_of(session).pk}/attendance/" for session in sessions]
    asked = Correction.objects.order_by("pk")
    answers = [f"/meetings/{one.meeting_id}/corrections/{one.pk}/" for one in asked]
    wrong, late = "“This is wrong”", "not closed for 9 days"
    assert seen(cast.coordinator(cast.host("seoul"))) == [(answers[0], wrong), (lists[0], late)]
    waits = [(page, wrong) for page in answers] + [(page, late) for page in lists]
    assert sorted(seen(cast.secretary())) == sorted(waits)
    assert {page for page, _badge in seen(cast.reader())} == set(lists), "a reader answers nobody"


def test_a_helper_finds_the_lists_on_my_pages_while_they_may_see_them(client):
    session, trainer = program(days=2), cast.person("Trainer Osei")
    Helper.objects.create(session=session, email=trainer.email.upper())
    other = cast.person("Somebody Else")

    def shown(person, now) -> bool:
        return lists_at_which_i_help(person, now) is not None

    moments = (START - 7 * DAY - SECOND, START - 7 * DAY, session.ends_at + 14 * DAY - SECOND)
    assert [shown(trainer, now) for now in moments] == [False, True, True]
    assert not shown(trainer, session.ends_at + 14 * DAY)
    assert not shown(other, START)


def test_my_pages_lead_a_helper_to_each_list_and_the_desk_leads_staff(client):
    session = cast.session()
    trainer = cast.person("Trainer Osei")
    Helper.objects.create(session=session, email=trainer.email)
    page = f"/meetings/{meeting_of(session).pk}/attendance/"
    client.force_login(trainer)
    session.__class__.objects.filter(pk=session.pk).update(starts_at=session.starts_at - 5 * DAY)
    assert page in client.get("/me/").text
    client.force_login(cast.coordinator(session.activity.host))
    assert page in client.get(f"/admin/catalog/session/{session.pk}/change/").text
