"""Copying while others copy, save or delete: real threads on PostgreSQL, and twins without the locks."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet

from catalog.models import Activity, Session
from copying import actions
from copying.moving import YEAR
from files.store import private_storage
from tests.at_once import at_once, hesitating, trying
from tests.hubs.files import private_root  # noqa: F401 - a fixture
from tests.waiting import PATIENCE

from .held_before import held_before, series, with_materials
from .test_copying import NOW

pytestmark = pytest.mark.django_db(transaction=True)

A_MOMENT = 0.3


def copying(activity: Activity) -> Callable[[], Activity]:
    sessions = list(activity.sessions.values_list("pk", flat=True))
    return lambda: actions.copy_activity(activity=activity, sessions=sessions, span=YEAR, by=None, now=NOW)


# Two copies at once


def two_of_the_same_name() -> list[Activity]:
    """Their copies want the same address."""
    activities = [held_before(slug=slug) for slug in ("water-2026", "water")]
    for activity in activities:
        series(activity)
    return activities


def test_people_who_copy_at_once_have_a_draft_each() -> None:
    first, second = two_of_the_same_name()
    drafts = at_once([copying(activity) for activity in (first, second, first, second, first, second)])
    assert sorted(draft.slug for draft in drafts) == sorted(
        ["water-2027", *(f"water-2027-{number}" for number in range(2, 7))]
    )
    assert sorted(draft.earlier_id for draft in drafts) == sorted([first.pk, second.pk] * 3)
    for draft in drafts:
        assert (draft.sessions.get().meetings.count(), draft.speakers.count()) == (3, 2)


def test_the_twin_that_takes_an_address_that_was_free_a_moment_ago_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def taken_as_seen(draft: Activity, stem: str, year: int) -> None:
        draft.slug = next(
            slug for slug in actions.addresses(stem, year) if not Activity.objects.filter(slug=slug).exists()
        )
        hesitating(bool)()
        draft.save(force_insert=True)

    monkeypatch.setattr(actions, "save_under_a_new_address", taken_as_seen)
    answers = at_once([trying(copying(activity)) for activity in two_of_the_same_name()])
    assert sum(isinstance(answer, Activity) for answer in answers) == 1


# While the source is saved, or its material deleted


def meanwhile(
    monkeypatch: pytest.MonkeyPatch,
    activity: Activity,
    *,
    after: str,
    other: Callable[[], Any],
    patience: float,
) -> Activity:
    """The copy of `activity`. As soon as it has done `after`, `other` begins; it goes on when that is done, or after
    `patience` where a lock holds it up."""
    begins, done = threading.Event(), threading.Event()
    step = getattr(actions, after)

    def letting_the_other_begin(*args: Any, **kwargs: Any) -> Any:
        answer = step(*args, **kwargs)
        begins.set()
        done.wait(patience)
        return answer

    def once_it_is_time() -> None:
        assert begins.wait(PATIENCE)
        other()
        done.set()

    monkeypatch.setattr(actions, after, letting_the_other_begin)
    draft, _other = at_once([copying(activity), once_it_is_time])
    assert done.is_set()
    return draft


def saving(activity: Activity) -> Callable[[], None]:
    """As the form at the desk does."""

    def save() -> None:
        with transaction.atomic():
            admin.site._registry[Activity].lock_for_saving(activity)
            Activity.objects.filter(pk=activity.pk).update(title_en="Said anew")
            Session.objects.filter(activity=activity).update(label_en="Said anew")
            activity.speakers.update(role_en="Said Anew")

    return save


def words_of(draft: Activity) -> set[bool]:
    """Which of its words are the new ones: all, or none."""
    draft.refresh_from_db()
    texts = [draft.title_en, draft.sessions.get().label_en, *draft.speakers.values_list("role_en", flat=True)]
    return {(text or "").lower() == "said anew" for text in texts}


def test_who_saves_the_source_waits_so_the_copy_is_of_one_state(monkeypatch: pytest.MonkeyPatch) -> None:
    activity = held_before()
    series(activity)
    draft = meanwhile(
        monkeypatch, activity, after="write_activity", other=saving(activity), patience=A_MOMENT
    )
    assert words_of(draft) == {False}
    assert words_of(activity) == {True}


def test_the_twin_without_the_lock_copies_two_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    activity = held_before()
    series(activity)
    monkeypatch.setattr(actions, "lock_whole", lambda activity: Activity.objects.get(pk=activity.pk))
    draft = meanwhile(
        monkeypatch, activity, after="write_activity", other=saving(activity), patience=PATIENCE
    )
    assert words_of(draft) == {False, True}


def deleting_the_handbook(activity: Activity) -> Callable[[], Any]:
    return lambda: activity.materials.get(title_en="Handbook").delete()


def named_and_there(draft: Activity) -> list[bool]:
    return [private_storage().exists(material.file.name) for material in draft.materials.exclude(file="")]


def test_a_document_is_there_when_its_material_is_deleted_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    activity = held_before()
    with_materials(activity, series(activity))
    other = deleting_the_handbook(activity)
    draft = meanwhile(monkeypatch, activity, after="write_rest", other=other, patience=A_MOMENT)
    assert named_and_there(draft) == [True]


def test_the_twin_without_the_lock_names_a_document_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    activity = held_before()
    with_materials(activity, series(activity))
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows.all())
    other = deleting_the_handbook(activity)
    draft = meanwhile(monkeypatch, activity, after="write_rest", other=other, patience=PATIENCE)
    assert named_and_there(draft) == [False]


# Each named the edition of the other


def each_leads_to_the_other() -> list[object]:
    one, other = held_before(slug="one"), held_before(slug="other")
    pairs = [(one, other), (other, one)]
    at_once(
        lambda later=later, earlier=earlier: actions.set_earlier(activity=later, earlier=earlier, by=None)
        for later, earlier in pairs
    )
    return list(Activity.objects.exclude(earlier=None))


def test_two_are_never_editions_of_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "leads_to", hesitating(actions.leads_to))
    assert len(each_leads_to_the_other()) == 1


def test_the_twin_without_the_locks_makes_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "leads_to", hesitating(actions.leads_to, seconds=1))
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows.all())
    assert len(each_leads_to_the_other()) == 2
