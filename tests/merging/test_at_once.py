"""Merging while others merge, undo or choose: real threads on PostgreSQL, and twins without the locks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from accounts.models import Organization, User
from merging import actions, undoing
from merging.errors import IsGone, MergedOn
from merging.models import Merge
from tests import cast
from tests.at_once import at_once, hesitating, trying

from .spellings import two_spellings

pytestmark = pytest.mark.django_db(transaction=True)

A_MOMENT = 0.3


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows.all())


def merging(kept: Organization, gone: Organization, by: User) -> Callable[[], Any]:
    def merge() -> Any:
        ends = {one.pk: one for one in Organization.every.filter(pk__in=[kept.pk, gone.pk])}
        return actions.merge_organizations(kept=ends[kept.pk], gone=ends[gone.pk], by=by)

    return trying(merge)


def several_merge_the_same_pair(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    kept, gone = two_spellings()
    cast.person(organization=gone)
    by = cast.secretary()
    monkeypatch.setattr(actions, "check", hesitating(actions.check, seconds=A_MOMENT))
    return at_once([merging(kept, gone, by) for _i in range(6)])


def test_several_who_merge_the_same_pair_make_one_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(several_merge_the_same_pair(monkeypatch)) == {Merge.objects.get()}
    assert Organization.every.get(slug="dakar").people.count() == 1


def test_of_the_twin_without_the_locks_all_but_one_end_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    answers = several_merge_the_same_pair(monkeypatch)
    assert IntegrityError in {type(answer) for answer in answers}
    assert Merge.objects.count() == 1  # the database takes no second


def each_into_the_other(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    kept, gone = two_spellings()
    by = cast.secretary()
    monkeypatch.setattr(actions, "check", hesitating(actions.check, seconds=A_MOMENT))
    return at_once([merging(kept, gone, by), merging(gone, kept, by)])


def test_of_two_who_merge_a_pair_the_two_ways_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = each_into_the_other(monkeypatch)
    assert sorted(type(answer) for answer in answers if not isinstance(answer, Merge)) == [IsGone]
    assert Organization.every.exclude(merged_into=None).count() == 1


def test_the_twin_without_the_locks_makes_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    each_into_the_other(monkeypatch)
    assert Organization.every.exclude(merged_into=None).count() == 2


def undone_while_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], str]:
    """The merge of one into a second is undone while the second is merged into a third. Where the person of the first is
    then."""
    kept, gone = two_spellings()
    third, by = cast.organization("Dakar Métropole"), cast.secretary()
    here = cast.person(organization=gone)
    first = actions.merge_organizations(kept=kept, gone=gone, by=by)
    monkeypatch.setattr(undoing, "why_not", hesitating(undoing.why_not, seconds=3 * A_MOMENT))

    def going_on() -> Any:
        connection.ensure_connection()
        hesitating(bool, seconds=A_MOMENT)()
        return merging(third, kept, by)()

    undo = trying(lambda: undoing.undo_merge(merge=Merge.objects.get(pk=first.pk), by=by))
    answers = at_once([undo, going_on])
    here.refresh_from_db()
    return answers, str(here.organization)


def test_who_undoes_while_another_merges_on_gives_all_back_or_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (undone, _merged), where = undone_while_it_goes_on(monkeypatch)
    assert (undone, where) == ([], "Ville de Dakar") or (type(undone), where) == (MergedOn, "Dakar Métropole")


def test_the_twin_without_the_locks_undoes_and_gives_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    (undone, _merged), where = undone_while_it_goes_on(monkeypatch)
    assert not isinstance(undone, MergedOn)
    assert where == "Dakar Métropole"


def chosen_a_moment_before(monkeypatch: pytest.MonkeyPatch) -> str:
    """Somebody saves a profile that names the one that goes. Where they are then."""
    kept, gone = two_spellings()
    other, by = cast.person(member=False), cast.secretary()
    monkeypatch.setattr(actions, "check", hesitating(actions.check, seconds=3 * A_MOMENT))

    def choosing() -> None:
        with transaction.atomic():
            chosen = User.objects.get(pk=other.pk)
            chosen.organization = gone
            hesitating(bool, seconds=A_MOMENT)()
            chosen.save()

    at_once([merging(kept, gone, by), choosing])
    other.refresh_from_db()
    return str(other.organization)


def test_who_chose_it_a_moment_before_is_at_the_one_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen_a_moment_before(monkeypatch) == "Dakar"


def test_the_twin_without_the_database_s_help_leaves_them_at_one_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user DISABLE TRIGGER organization_id_follows")
    try:
        assert chosen_a_moment_before(monkeypatch) == "Ville de Dakar"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE accounts_user ENABLE TRIGGER organization_id_follows")


def test_a_form_that_is_older_than_the_merge_does_not_bring_it_back() -> None:
    kept, gone = two_spellings()
    here = cast.person(organization=gone)
    as_it_was = User.objects.get(pk=here.pk)
    actions.merge_organizations(kept=kept, gone=gone, by=cast.secretary())
    as_it_was.save()
    here.refresh_from_db()
    assert here.organization == kept
