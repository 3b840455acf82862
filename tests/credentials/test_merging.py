"""Two accounts of one person who have certificates of one kind for one session, or meet the rule together alone."""

from datetime import date, datetime

import pytest

from attendance import actions as attendance_actions
from credentials import actions, tasks
from credentials.due import due
from credentials.errors import TooLateToCorrect
from credentials.models import Certificate
from credentials.record import record_of
from hubs.delivered import delivered_together
from merging.actions import merge_people
from merging.undoing import undo_merge
from outbox.models import Letter
from registrations.models import Registration
from tests import cast
from tests.attendance.making import HOUR, counted

from .making import (
    DAY,
    close_all,
    finished,
    meeting_of,
    program,
    registered,
    rule,
    signatory,
    there,
    with_rule,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def both_have_one(by) -> tuple[Registration, Registration, datetime]:
    """The registration of the account that stays, and that of the one that went."""
    session = finished(2)
    now = session.ends_at + DAY
    tasks.issue_due(now=now)
    stays, goes = session.registrations.order_by("pk")
    merge_people(kept=stays.person, gone=goes.person, by=by, now=now)
    stays.refresh_from_db()
    goes.refresh_from_db()
    return stays, goes, now


def test_both_certificates_stand_on_my_pages_and_with_one_session_in_the_record(both_have_one, client):
    stays, goes, _now = both_have_one
    own, other = stays.certificates.get(), goes.certificates.get()
    client.force_login(stays.person)
    page = client.get("/me/").content.decode()
    assert own.get_absolute_url() in page
    assert other.get_absolute_url() in page
    assert page.count("From your other account") == 1

    record = record_of(stays.person)
    assert [one.certificates for one in record.learned] == [[own, other]]


def test_letters_about_the_other_go_to_the_account_that_stays(both_have_one, by):
    stays, goes, now = both_have_one
    other = goes.certificates.get()
    second = actions.correct_name(certificate=other, name="Aminata Diallo", by=stays.person, now=now)
    actions.withdraw(certificate=second, why="There are two.", by=by, now=now)
    for kind in ("replaced", "withdrawn"):
        letter = Letter.objects.get(kind=f"certificate_{kind}")
        assert (letter.person, letter.to) == (stays.person, stays.person.email)


def test_the_time_in_which_a_name_is_corrected_ends_for_the_other_too(both_have_one):
    stays, goes, now = both_have_one
    with pytest.raises(TooLateToCorrect):
        actions.correct_name(
            certificate=goes.certificates.get(), name="Aminata", by=stays.person, now=now + 40 * DAY
        )


def test_figures_count_the_person_and_the_certificate_once(both_have_one):
    _stays, _goes, now = both_have_one
    counted = delivered_together(first=date(2026, 1, 1), last=date(2027, 12, 31), now=now)
    assert (counted.attended, counted.certificates, counted.registered) == (1, 1, 0)
    assert Certificate.objects.current().count() == 2


def test_staff_see_the_other_with_the_person_who_stays(both_have_one, client, by):
    stays, goes, _now = both_have_one
    client.force_login(by)
    page = client.get(f"/sessions/{stays.session_id}/certificates/").content.decode()
    assert stays.certificates.get().code in page
    assert goes.certificates.get().code in page


def test_a_correction_of_the_account_that_went_is_answered_to_the_one_that_stays(both_have_one, by):
    stays, goes, now = both_have_one
    asked = goes.corrections.create(meeting=meeting_of(goes.session), words="I was there.", asked_at=now)
    attendance_actions.answer_correction(correction=asked, state="absent", answer="", by=by, now=now)
    assert counted(asked.meeting) == {stays.pk: ("absent", "staff")}
    letter = Letter.objects.get(kind="correction_answered")
    assert (letter.person, letter.to) == (stays.person, stays.person.email)


def test_what_meets_the_rule_together_alone_is_found_by_the_worker(by):
    session = with_rule(program(2, places=None), rule(100))
    kept, gone = cast.people(2)
    stays, goes = registered(session, kept, gone)
    there(session, stays, 1, by=by)
    second = meeting_of(session, 2)
    attendance_actions.note(registration=goes, meeting=second, state="present", by=by, now=second.starts_at)
    close_all(session, by=by)
    signatory(session.activity.host)
    now = session.ends_at + HOUR
    tasks.issue_due(now=now)
    assert not Certificate.objects.exists()
    assert list(due(now + DAY)) == []

    merge = merge_people(kept=kept, gone=gone, by=by, now=now + DAY)
    tasks.issue_due(now=now + 2 * DAY)
    assert Certificate.objects.get().registration == stays
    assert list(due(now + 3 * DAY)) == []

    undo_merge(merge=merge, by=by, now=now + 4 * DAY)
    tasks.issue_due(now=now + 5 * DAY)
    assert Certificate.objects.get().is_doubted
