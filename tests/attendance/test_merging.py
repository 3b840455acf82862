"""Who was there was there, by whichever of their two accounts; and no certificate is written twice."""

import pytest

from accounts.models import User
from attendance import actions
from attendance.models import Attendance, Correction
from credentials.actions import keep, withdraw
from credentials.errors import OwnCertificate
from credentials.models import Certificate
from merging.actions import merge_people
from merging.undoing import undo_merge
from outbox.models import Letter
from tests import cast

pytestmark = pytest.mark.django_db


def noted(registration, state, source, *, counts=True):
    meeting = registration.session.meetings.get()
    return Attendance.objects.create(
        registration=registration, meeting=meeting, state=state, source=source, counts=counts
    )


@pytest.fixture
def both():
    """Of the one that stays, and of the other."""
    session = cast.session()
    return tuple(cast.register(session, cast.person(name)) for name in ("Amina Diallo", "A. Diallo"))


def merged(both):
    return merge_people(kept=both[0].person, gone=both[1].person, by=cast.secretary())


def counting(registration):
    return list(
        Attendance.objects.filter(registration=registration, counts=True).values_list("state", "source")
    )


def test_a_check_in_by_the_other_account_goes_before_the_absence_noted_for_this_one(both):
    stays, goes = both
    noted(stays, "absent", "staff")
    noted(goes, "present", "check_in")

    merge = merged(both)

    assert counting(stays) == [("present", "check_in")]
    undo_merge(merge=merge, by=merge.merged_by)
    assert (counting(stays), counting(goes)) == ([("absent", "staff")], [("present", "check_in")])


def test_of_two_words_of_one_source_the_better_stays(both):
    stays, goes = both
    noted(stays, "absent", "staff")
    noted(goes, "excused", "staff")

    merge = merged(both)

    assert (counting(stays), counting(goes)) == ([("excused", "staff")], [])
    undo_merge(merge=merge, by=merge.merged_by)
    assert (counting(stays), counting(goes)) == ([("absent", "staff")], [("excused", "staff")])


def test_what_is_known_of_the_other_alone_comes_along(both):
    stays, goes = both
    noted(goes, "present", "staff")
    merged(both)
    assert (counting(stays), counting(goes)) == ([("present", "staff")], [])


FACTS = {
    **dict.fromkeys(("name", "granted", "venue", "country"), ""),
    **{"titles": {}, "hosts": {}, "signatory": {}},
    **{
        "kind": "participation",
        "format": "webinar",
        "zone": "UTC",
        "meetings": 1,
        "minutes": 90,
        "rule": None,
    },
    **{"starts_on": "2026-05-04", "ends_on": "2026-05-04"},
}


def certificate(registration):
    return Certificate.objects.create(
        registration=registration,
        kind="participation",
        facts=FACTS,
        language="en",
    )


def test_a_certificate_of_the_other_account_comes_along_and_keeps_its_code(both):
    stays, goes = both
    of_goes = certificate(goes)
    merge = merged(both)
    of_goes.refresh_from_db()
    assert of_goes.registration == stays
    assert undo_merge(merge=merge, by=merge.merged_by) == []
    of_goes.refresh_from_db()
    assert of_goes.registration == goes


def test_where_both_have_a_certificate_each_stays_valid(both):
    stays, goes = both
    certificates = [certificate(stays), certificate(goes)]
    merged(both)
    for one in certificates:
        one.refresh_from_db()
    assert [one.registration for one in certificates] == [stays, goes]
    assert all(one.is_valid for one in certificates)


def test_who_is_written_to_about_what_stayed_with_the_other_account(both):
    stays, goes = both
    certificates = [certificate(stays), certificate(goes)]
    meeting = goes.session.meetings.get()
    corrections = [
        Correction.objects.create(registration=one, meeting=meeting, words="I was there.") for one in both
    ]
    merged(both)
    by = cast.secretary()
    for one in certificates:
        withdraw(certificate=one, why="Signed by mistake.", by=by)
    for one in corrections:
        actions.answer_correction(correction=one, state="", answer="You were not there.", by=by)

    letters = Letter.objects.filter(kind__in=["certificate_withdrawn", "correction_answered"])
    assert [(letter.person, letter.to) for letter in letters] == [(stays.person, stays.person.email)] * 4


def test_nobody_keeps_a_certificate_of_their_own_other_account(both):
    _stays, goes = both
    of_goes = certificate(goes)
    certificate(_stays)
    merge = merged(both)
    kept = User.objects.get(pk=merge.kept_person_id)
    of_goes.refresh_from_db()
    with pytest.raises(OwnCertificate):
        keep(certificate=of_goes, why="I was there.", by=kept)
