"""Two accounts of one person were both registered for one session."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from merging.actions import merge_people
from merging.undoing import undo_merge
from outbox.models import Letter
from registrations.actions import cancel, register
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return cast.secretary()


@pytest.fixture
def two():
    return cast.person("Amina Diallo"), cast.person("A. Diallo")


def state(registration: Registration) -> tuple[str, str]:
    registration.refresh_from_db()
    return registration.state, registration.cancelled_for


def test_a_registration_of_the_one_that_goes_is_the_other_s_from_now_on(two, by):
    kept, gone = two
    mine = cast.register(cast.session(), gone)

    merge_people(kept=kept, gone=gone, by=by)

    mine.refresh_from_db()
    assert (mine.person, mine.state) == (kept, "confirmed")


def test_the_seat_of_the_one_that_goes_stays_and_the_other_ends_without_a_letter(two, by):
    kept, gone = two
    session = cast.session(places=1)
    seat, waiting = cast.register(session, gone), cast.register(session, kept)
    Letter.objects.all().delete()

    merge_people(kept=kept, gone=gone, by=by)

    assert state(waiting) == ("confirmed", "")
    assert state(seat) == ("cancelled", "merged")
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (1, 0)
    assert set(Letter.objects.values_list("kind", flat=True)) == {"accounts_merged"}
    assert waiting.sequence == 1  # a calendar follows


def test_who_came_earlier_in_the_line_stays(two, by):
    kept, gone = two
    session = cast.session(places=0)
    first, between, second = (cast.register(session, one) for one in (gone, cast.person("Between"), kept))

    merge_people(kept=kept, gone=gone, by=by)

    assert state(first) == ("cancelled", "merged")
    assert list(session.registrations.waiting()) == [second, between]


def test_two_seats_are_one_and_the_next_in_line_moves_up(two, by):
    kept, gone = two
    session = cast.session(places=2)
    stays, goes, next_one = (cast.register(session, one) for one in (kept, gone, cast.person("Next")))

    merge_people(kept=kept, gone=gone, by=by)

    assert (state(stays), state(goes), state(next_one)) == (
        ("confirmed", ""),
        ("cancelled", "merged"),
        ("confirmed", ""),
    )
    assert Letter.objects.filter(kind="promotion", person=next_one.person).exists()


def test_the_desk_s_page_of_the_registration_that_ended_leads_to_the_one_that_stays(two, by, client):
    kept, gone = two
    session = cast.session()
    goes, stays = cast.register(session, gone), cast.register(session, kept)
    merge_people(kept=kept, gone=gone, by=by)
    page = "/admin/registrations/registration/{}/change/"

    client.force_login(cast.coordinator(session.activity.host))
    answer = client.get(page.format(goes.pk), follow=True)
    assert answer.redirect_chain == [(page.format(stays.pk), 302)]
    assert "Two accounts of one person were made one" in answer.content.decode()
    client.force_login(cast.coordinator(cast.host("cairo"), name="Elsewhere"))
    assert client.get(page.format(goes.pk)).status_code == 404


def test_the_code_of_the_registration_that_ended_leads_to_the_one_that_stays(two, by, client):
    kept, gone = two
    session = cast.session()
    goes, stays = cast.register(session, gone), cast.register(session, kept)
    merge_people(kept=kept, gone=gone, by=by)

    answer = client.get(goes.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, stays.get_absolute_url())
    client.force_login(kept)
    assert client.get(f"/registrations/{goes.code}/calendar.ics").status_code == 200


def test_undone_both_have_their_places_again(two, by):
    kept, gone = two
    session = cast.session(places=1)
    seat, waiting = cast.register(session, gone), cast.register(session, kept)
    merge = merge_people(kept=kept, gone=gone, by=by)

    assert undo_merge(merge=merge, by=by) == []

    assert (state(seat), state(waiting)) == (("confirmed", ""), ("waiting", ""))
    session.refresh_from_db()
    assert (session.places_taken, session.waiting_count) == (1, 1)


def test_undone_a_seat_that_somebody_else_has_by_now_is_not_given_back(two, by):
    kept, gone = two
    session = cast.session(places=2)
    stays, goes, _next = (cast.register(session, one) for one in (kept, gone, cast.person("Next")))
    merge = merge_people(kept=kept, gone=gone, by=by)

    left = undo_merge(merge=merge, by=by)

    assert {row.object_pk for row in left} == {str(goes.pk)}
    assert (state(stays), state(goes)) == (("confirmed", ""), ("cancelled", "merged"))
    assert session.registrations.confirmed().count() == 2


def test_undone_a_place_that_was_cancelled_since_stays_cancelled(two, by):
    kept, gone = two
    session = cast.session()
    goes, stays = cast.register(session, gone), cast.register(session, kept)
    merge = merge_people(kept=kept, gone=gone, by=by)
    stays.refresh_from_db()
    cancel(registration=stays, by=kept)

    undo_merge(merge=merge, by=by)

    assert state(stays)[0] == "cancelled"
    assert state(goes) == ("confirmed", "")


def test_it_asks_as_often_for_three_registrations_as_for_one(by):
    asked = []
    for how_many in (1, 1, 3):  # the first fills what is kept in memory
        kept, gone = cast.person("Amina Diallo"), cast.person("A. Diallo")
        for _number in range(how_many):
            cast.register(cast.session(), gone)
        with CaptureQueriesContext(connection) as queries:
            merge_people(kept=kept, gone=gone, by=by)
        asked.append(len(queries))
    assert asked[1] == asked[2]


def test_letters_of_the_place_that_ended_are_not_sent_any_more(two, by):
    kept, gone = two
    session = cast.session()
    stays, goes = (cast.register(session, one) for one in (kept, gone))
    Letter.objects.about(stays).update(state="sent", sent_at=timezone.now())

    merge_people(kept=kept, gone=gone, by=by)

    assert set(Letter.objects.about(goes).values_list("state", flat=True)) == {"stopped"}


def test_the_host_learns_a_name_only_where_both_agreed(two, by):
    kept, gone = two
    session = cast.session()
    stays, goes = (cast.register(session, one) for one in (kept, gone))
    Registration.objects.filter(pk=goes.pk).update(discloses=False)
    merge_people(kept=kept, gone=gone, by=by)
    stays.refresh_from_db()
    assert not stays.discloses


def test_an_invitation_to_the_former_address_lets_in_the_one_that_stays(two, by):
    kept, gone = two
    session = cast.session(eligibility="invited")
    cast.invitation(session, gone.email)
    merge_people(kept=kept, gone=gone, by=by)
    assert register(session=session, person=kept, by=kept).is_confirmed


@pytest.mark.parametrize("lapsed_goes", [True, False])
def test_a_place_is_held_once_for_one_person_of_two_accounts(two, by, lapsed_goes):
    kept, gone = two
    session, now = cast.session(eligibility="members_only"), timezone.now()
    others = [cast.register(session, cast.person("Other")) for _i in range(2)]
    rows = {who: cast.register(session, who) for who in two}
    lapsed, ended = rows[gone if lapsed_goes else kept], now - timedelta(hours=1)
    Registration.objects.filter(pk=lapsed.pk).update(hold_until=ended)

    merge_people(kept=kept, gone=gone, by=by)
    for other in others:
        cancel(registration=other, by=other.person)

    rows[kept].refresh_from_db()
    assert (rows[kept].state, rows[kept].hold_until) == ("waiting", ended)
