"""Who speaks for an organization: named for a term, named again, ended; and from which moment they do not any more."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.actions import correct_email
from accounts.erasing import erase_person
from accounts.models import Organization, User
from focal_points import actions, errors
from focal_points.models import FocalPoint
from focal_points.standing import is_focal_point, organizations_of, people_of
from membership import actions as membership
from membership.models import Claim
from merging.actions import merge_organizations, merge_people
from merging.undoing import undo_merge
from tests import cast

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
LAST_DAY = date(2028, 2, 28)
MINUTE = timedelta(minutes=1)


def named(person: User | None = None, organization: Organization | None = None, **options) -> FocalPoint:
    options = {"last_day": LAST_DAY, "now": NOON, "by": None} | options
    options["by"] = options["by"] or cast.secretary()
    return actions.name(
        person=person or cast.person(), organization=organization or cast.organization(), **options
    )


def counts(focal_point: FocalPoint, now: datetime = NOON) -> bool:
    """By each of the three questions, which say the same."""
    person, organization = User.objects.get(pk=focal_point.person_id), focal_point.organization
    answers = {
        is_focal_point(person, organization, now),
        organization in organizations_of(person, now),
        person in people_of(organization, now),
    }
    assert len(answers) == 1
    return answers.pop()


def test_who_is_named_is_of_the_organization_thereby():
    amina = cast.person()
    claim = membership.claim(person=amina, now=NOON)
    assert claim
    assert not claim.is_confirmed(NOON)
    focal_point = named(amina)
    claim.refresh_from_db()
    assert (claim.ground, claim.confirmed_by) == (Claim.Ground.STAFF, focal_point.named_by)
    assert counts(focal_point)


def test_whose_confirmation_would_lapse_within_the_term_is_confirmed_anew():
    amina = cast.person()
    membership.put_on_record(people=User.objects.filter(pk=amina.pk), now=NOON)
    assert counts(named(amina), NOON + timedelta(days=363))


def test_who_said_nothing_yet_acts_for_it_from_then_on_and_who_acts_for_another_still_does():
    nobody = cast.person(member=False, organization_other="Ville de Dakar")
    named(nobody)
    nobody.refresh_from_db()
    assert (nobody.organization, nobody.organization_other) == (cast.organization(), "")
    regional, accra = cast.person("Regional Officer"), cast.organization("Accra")
    assert counts(named(regional, accra))
    regional.refresh_from_db()
    assert regional.organization == cast.organization()


def test_several_speak_for_one_and_one_for_several():
    amina, bo = cast.person(), cast.person("Bo")
    dakar, accra = cast.organization(), cast.organization("Accra")
    for person, organization in ((amina, dakar), (bo, dakar), (amina, accra)):
        named(person, organization)
    assert set(people_of(dakar, NOON)) == {amina, bo}
    assert set(organizations_of(amina, NOON)) == {dakar, accra}
    assert not is_focal_point(bo, accra, NOON)


@pytest.mark.parametrize(
    ("zone", "last_moment"),
    [
        ("Asia/Seoul", datetime(2028, 2, 28, 15, tzinfo=UTC)),
        ("Africa/Dakar", datetime(2028, 2, 29, 0, tzinfo=UTC)),
        ("America/Mexico_City", datetime(2028, 2, 29, 6, tzinfo=UTC)),
    ],
)
def test_a_term_lasts_to_the_end_of_its_last_day_on_the_clocks_of_the_city(zone, last_moment):
    focal_point = named(organization=cast.organization("Elsewhere", timezone=zone))
    assert focal_point.until == last_moment
    assert counts(focal_point, last_moment - MINUTE)
    assert not counts(focal_point, last_moment)


def test_named_again_one_row_has_another_term_and_after_it_a_new_one():
    focal_point = named()
    again = named(focal_point.person, last_day=date(2028, 5, 1), now=NOON + timedelta(days=1))
    assert (again.pk, again.since) == (focal_point.pk, NOON)
    assert counts(focal_point, datetime(2028, 4, 30, tzinfo=UTC))
    later = named(focal_point.person, last_day=date(2029, 1, 1), now=datetime(2028, 6, 1, tzinfo=UTC))
    again.refresh_from_db()
    assert (again.end, again.ended_at) == (FocalPoint.End.TERM, again.until)
    assert later.pk != again.pk


def test_whom_nobody_can_name():
    staff, erased, shut = cast.secretary(), cast.person("Gone"), cast.person("Shut", is_active=False)
    erase_person(person=erased, by=staff)
    for person, refusal in (
        (staff, errors.NotYourself),
        (erased, errors.NotHere),
        (shut, errors.NotHere),
    ):
        with pytest.raises(refusal):
            named(person, by=staff)
    amina = cast.person()
    for last_day, too in ((date(2027, 2, 28), errors.TermIsOver), (date(2029, 2, 28), errors.TermTooLong)):
        with pytest.raises(too):
            named(amina, last_day=last_day)
    longest = actions.last_day_at_most(cast.organization(), NOON)
    assert counts(named(amina, last_day=longest), NOON + timedelta(days=729))


def test_who_is_ended_ceases_at_that_moment_and_stays_of_the_organization():
    focal_point, staff = named(), cast.secretary()
    ended = actions.end(focal_point=focal_point, by=staff, now=NOON + MINUTE)
    assert (ended.end, ended.ended_by) == (FocalPoint.End.STAFF, staff)
    assert not counts(focal_point, NOON + MINUTE)
    assert Claim.objects.get(person=focal_point.person).is_confirmed(NOON + MINUTE)
    with pytest.raises(errors.HasEnded):
        actions.end(focal_point=focal_point, by=staff)


def test_who_is_no_longer_confirmed_ceases_too():
    left, moved, shut = (named(cast.person(name)) for name in ("Left", "Moved", "Shut"))
    membership.leave(claim=left.person.claims.get(), by=left.person, now=NOON)
    correct_email(person=moved.person, email="elsewhere@mail.example", why="moved", by=cast.secretary())
    User.objects.filter(pk=shut.person_id).update(is_active=False)
    assert [counts(one) for one in (left, moved, shut)] == [False] * 3
    membership.claim(person=moved.person, now=NOON)
    assert not counts(moved)


def test_with_a_person_it_is_forgotten():
    focal_point = named()
    erase_person(person=focal_point.person, by=cast.secretary())
    assert not FocalPoint.objects.exists()


def test_of_two_people_who_are_one_the_right_waits_until_the_address_is_confirmed():
    gone, kept, staff = named(), cast.person("Amina Diallo"), cast.secretary()
    merge = merge_people(kept=kept, gone=gone.person, by=staff)
    gone.refresh_from_db()
    assert gone.person == kept
    assert not counts(gone)
    for claim in Claim.objects.to_confirm(NOON).filter(person=kept):
        membership.confirm(claim=claim, ground=Claim.Ground.STAFF, by=staff, now=NOON)
    assert counts(gone)
    undo_merge(merge=merge, by=staff)
    gone.refresh_from_db()
    assert gone.person != kept


def test_of_two_organizations_that_are_one_its_focal_points_stay():
    dakar, spelling = cast.organization(), cast.organization("Ville de Dakar", member_since=None)
    both, one = cast.person("Both"), cast.person("One")
    rows = [named(both, dakar), named(both, spelling), named(one, spelling)]
    merge_organizations(kept=dakar, gone=spelling, by=cast.secretary())
    for row in rows:
        row.refresh_from_db()
    assert [row.organization for row in rows] == [dakar, spelling, dakar]
    assert set(people_of(dakar, NOON)) == {both, one}
    assert set(organizations_of(both, NOON)) == {dakar}
    late = FocalPoint.objects.create(
        person=cast.person(), organization=spelling, since=NOON, until=NOON + MINUTE
    )
    late.refresh_from_db()
    assert late.organization == dakar  # chosen a moment before
