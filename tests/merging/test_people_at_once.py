"""People are merged while they register, cancel, are let in, are erased or sign in: real threads, and twins."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.actions import find_or_create_person
from accounts.erasing import WasMerged, erase_person
from accounts.models import User
from merging import actions
from merging.errors import ErasedAccount, IsGone
from merging.models import Merge
from outbox.models import Letter
from registrations.actions import cancel, change_places, register, registering
from registrations.models import Registration
from tests import cast
from tests.accounts.signing_in import ask_for_code, code_in_letter
from tests.at_once import at_once, hesitating, trying

pytestmark = pytest.mark.django_db(transaction=True)

A_MOMENT = 0.3
LONG = 60  # of what comes for sure


def merging(kept: User, gone: User, by: User) -> Callable[[], Any]:
    def merge() -> Any:
        fresh = User.objects.in_bulk([kept.pk, gone.pk])
        return actions.merge_people(kept=fresh[kept.pk], gone=fresh[gone.pk], by=by)

    return trying(merge)


def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between what the merge locks first and what it writes there is a moment."""
    monkeypatch.setattr(actions, "check", hesitating(actions.check, seconds=A_MOMENT))


def two() -> tuple[User, User]:
    return cast.person("Amina Diallo"), cast.person("A. Diallo")


def what_stands(*people: User) -> list[tuple[int, str]]:
    rows = Registration.objects.filter(person__in=people).standing().order_by("pk")
    return list(rows.values_list("person", "state"))


def several_merge_the_same_two(monkeypatch: pytest.MonkeyPatch) -> tuple[User, User, list[Any]]:
    slowly(monkeypatch)
    (kept, gone), by, session = two(), cast.secretary(), cast.session(places=2)
    for one in (kept, gone, cast.person("Next")):
        cast.register(session, one)
    return kept, gone, at_once([merging(kept, gone, by) for _i in range(4)])


def test_several_who_merge_the_same_two_make_one_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone, answers = several_merge_the_same_two(monkeypatch)
    assert set(answers) == {Merge.objects.get()}
    assert what_stands(kept, gone) == [(kept.pk, "confirmed")]
    assert Letter.objects.filter(kind="accounts_merged").count() == 2
    assert Letter.objects.filter(kind="promotion").count() == 1


def test_of_the_twin_without_the_locks_all_but_one_end_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows.all())
    _kept, _gone, answers = several_merge_the_same_two(monkeypatch)
    assert {type(answer) for answer in answers} - {Merge}
    assert Merge.objects.count() == 1


def test_of_two_merges_the_two_ways_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    (one, other), by = two(), cast.secretary()
    answers = at_once([merging(one, other, by), merging(other, one, by)])
    assert sorted(type(answer).__name__ for answer in answers) == ["IsGone", "Merge"]
    assert IsGone in {type(answer) for answer in answers}


def registering_meanwhile(monkeypatch: pytest.MonkeyPatch) -> tuple[User, User, list[Any]]:
    """The one that goes registers for what the other is registered for, too: it has looked, and writes once the other is
    merged. Where the lock has the merge wait for it, it writes after a moment."""
    (kept, gone), by, session = two(), cast.secretary(), cast.session(places=5)
    cast.register(session, kept)
    has_looked, is_merged = Event(), Event()
    look = registering.occupancy_of

    def looking(*asked: Any) -> Any:
        found = look(*asked)
        has_looked.set()
        is_merged.wait(A_MOMENT)
        return found

    def merge() -> Any:
        has_looked.wait(LONG)
        answer = merging(kept, gone, by)()
        is_merged.set()
        return answer

    monkeypatch.setattr(registering, "occupancy_of", looking)
    answers = at_once(
        [merge, trying(lambda: register(session=session, person=User.objects.get(pk=gone.pk), by=gone))]
    )
    return kept, gone, answers


def test_who_registers_meanwhile_has_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone, answers = registering_meanwhile(monkeypatch)
    assert [type(answer) for answer in answers] == [Merge, Registration]
    assert what_stands(kept, gone) == [(kept.pk, "confirmed")]


def test_the_twin_without_the_locks_leaves_a_place_with_an_account_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(f"{__name__}.A_MOMENT", LONG)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows.all())
    kept, gone, answers = registering_meanwhile(monkeypatch)
    assert [type(answer) for answer in answers] == [Merge, Registration]
    assert what_stands(kept, gone) == [(kept.pk, "confirmed"), (gone.pk, "confirmed")]


def test_a_place_given_back_meanwhile_and_one_that_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    (kept, gone), by, session = two(), cast.secretary(), cast.session(places=1)
    seat = cast.register(session, gone)
    cast.register(session, kept)
    cast.register(session, cast.person("Next"))
    at_once(
        [
            merging(kept, gone, by),
            trying(lambda: cancel(registration=seat, by=gone)),
            trying(lambda: change_places(session=session, places=1, by=by)),
        ]
    )
    # Whoever comes first: one of the two has the seat, or it went to whoever was next in line.
    assert session.registrations.confirmed().count() == 1
    assert what_stands(gone) == []


def test_erased_meanwhile_is_merged_or_erased_never_both(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    (kept, gone), by = two(), cast.secretary()
    cast.register(cast.session(), gone)
    answers = at_once([merging(kept, gone, by), trying(lambda: erase_person(person=gone, by=by))])
    told = {type(answer) for answer in answers}
    assert told in ({Merge, WasMerged}, {ErasedAccount, type(None)})


def test_who_signs_in_meanwhile_is_in_the_account_that_stays_or_out(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    (kept, gone), by = two(), cast.secretary()
    browser = Client()
    asked = ask_for_code(browser, gone.email)
    code = code_in_letter(gone.email)
    at_once([merging(kept, gone, by), trying(lambda: browser.post(asked.url, {"code": code}))])

    answer = browser.get("/me/")
    assert answer.status_code == 302 or answer.wsgi_request.user == kept


def test_an_account_looked_for_meanwhile_is_no_third_one(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    (kept, gone), by = two(), cast.secretary()
    email = gone.email
    at_once(
        [merging(kept, gone, by)]
        + [trying(lambda: find_or_create_person(email=email, language="en")) for _time in range(4)]
    )
    assert User.objects.filter(email=email).count() == 0
    assert find_or_create_person(email=email, language="en") == kept
