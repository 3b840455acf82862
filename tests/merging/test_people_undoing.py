"""Two people are parted again after more has happened: nobody loses a way in, a place or a letter to the other."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.actions import correct_email, unmake_person
from accounts.models import User
from catalog.models import Session
from merging.actions import merge_people
from merging.errors import MetAnother
from merging.models import Merge
from merging.undoing import can_undo, undo_merge
from outbox.actions import write_letter
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as
from registrations.actions import cancel
from registrations.models import Registration
from tests import cast
from tests.accounts.signing_in import sign_in
from tests.proposals import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return cast.secretary()


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def proves_it_alone(kept: User, email: str, by: User) -> None:
    EmailAddress.objects.get(user=kept, email=email).set_as_primary()
    EmailAddress.objects.filter(user=kept).exclude(email=email).delete()


def is_corrected_to_it(kept: User, email: str, by: User) -> None:
    correct_email(person=kept, email=email, why="by telephone", by=by)


@pytest.mark.parametrize("how", [proves_it_alone, is_corrected_to_it])
def test_an_address_that_the_one_that_stays_has_for_its_own_by_now_stays_a_way_in(
    by: User, client: Client, how: Callable[[User, str, User], None]
) -> None:
    kept, gone = cast.person("Amina Diallo"), cast.person("A. Diallo")
    merge = merge_people(kept=kept, gone=gone, by=by)
    how(fresh(kept), gone.email, by)

    left = undo_merge(merge=merge, by=by)

    assert "email" in {row.field for row in left}
    sign_in(client, gone.email)
    assert client.session["_auth_user_id"] == str(kept.pk)
    assert not Letter.objects.filter(kind="accounts_parted", person=gone).exists()


def of(person: User, session: Session) -> list[str]:
    return list(Registration.objects.filter(person=person, session=session).values_list("state", flat=True))


def test_of_two_who_met_in_one_session_the_later_goes_back_first(by: User) -> None:
    kept, first, second = (cast.person(name) for name in ("Amina Diallo", "A. Diallo", "Amina D."))
    session = cast.session(places=1)
    seat, waiting = cast.register(session, second), cast.register(session, first)
    earlier = merge_people(kept=kept, gone=first, by=by)
    later = merge_people(kept=fresh(kept), gone=second, by=by)
    assert of(kept, session) == ["confirmed"]

    assert not can_undo(earlier, now=timezone.now())
    with pytest.raises(MetAnother):
        undo_merge(merge=earlier, by=by)
    assert undo_merge(merge=later, by=by) == []
    assert undo_merge(merge=Merge.objects.get(pk=earlier.pk), by=by) == []
    assert [(row.person, row.state) for row in session.registrations.order_by("pk")] == [
        (second, "confirmed"),
        (first, "waiting"),
    ]
    assert (seat.person, waiting.person) == (second, first)


@pytest.mark.parametrize("stands", [True, False])
def test_so_where_both_had_seats(by: User, stands: bool) -> None:
    """The row that the earlier brought along is not changed by the later, or is a place that had been given back."""
    kept, first, second = (cast.person(name) for name in ("Amina Diallo", "A. Diallo", "Amina D."))
    session = cast.session()
    cast.register(session, first)
    other = cast.register(session, second)
    if not stands:
        cancel(registration=other, by=second)
    earlier = merge_people(kept=kept, gone=first, by=by)
    later = merge_people(kept=fresh(kept), gone=second, by=by)
    with pytest.raises(MetAnother):
        undo_merge(merge=earlier, by=by)
    undo_merge(merge=later, by=by)
    assert undo_merge(merge=earlier, by=by) == []
    assert of(first, session) == ["confirmed"]
    assert of(second, session) == ["confirmed" if stands else "cancelled"]


def test_of_two_who_met_nowhere_either_goes_back(by: User) -> None:
    kept, first, second = (cast.person(name) for name in ("Amina Diallo", "A. Diallo", "Amina D."))
    mine = cast.register(cast.session(), first)
    earlier = merge_people(kept=kept, gone=first, by=by)
    merge_people(kept=fresh(kept), gone=second, by=by)
    assert undo_merge(merge=earlier, by=by) == []
    mine.refresh_from_db()
    assert mine.person == first


@pytest.mark.parametrize("what", ["a registration", "a proposal"])
def test_a_letter_that_waits_about_what_goes_back_goes_with_it(by: User, what: str) -> None:
    kept, gone = cast.person("Amina Diallo"), cast.person("A. Diallo")
    row = cast.register(cast.session(), gone) if what == "a registration" else making.sent(gone)
    own = cast.register(cast.session(), kept)
    merge = merge_people(kept=kept, gone=gone, by=by)
    with transaction.atomic(), reading_as(kept):
        for about in (row, own):
            write_letter(
                NewLetter(
                    kind="practical",
                    key=f"practical/{about.pk}/{about._meta.model_name}",
                    about=about,
                    person=kept,
                    template="account_note",
                    context={"note_subject": "Bring a map", "paragraphs": ["Bring a map."]},
                )
            )

    assert undo_merge(merge=merge, by=by) == []

    to = {letter.about: (letter.person, letter.to) for letter in Letter.objects.filter(kind="practical")}
    assert sorted(to.values(), key=str) == sorted([(gone, gone.email), (kept, kept.email)], key=str)
    assert to[f"registration {own.pk}"] == (kept, kept.email)


def test_an_account_that_was_merged_is_not_unmade_with_the_import_that_made_it(by: User) -> None:
    kept, gone = cast.person("Amina Diallo"), User.objects.create_user("a.d@city.example", name="A. Diallo")
    never_used = User.objects.create_user("n@city.example", name="Never Used")
    merge = merge_people(kept=kept, gone=gone, by=by)
    assert not unmake_person(person=fresh(gone))
    assert unmake_person(person=never_used)
    assert undo_merge(merge=merge, by=by) == []
    assert fresh(gone).email == "a.d@city.example"
