"""What of merges a person's download tells, and what goes with them."""

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.erasing import erase_person
from accounts.models import User
from accounts.my_data import everything_about
from merging.actions import merge_people
from merging.history import GIVEN_BACK, MERGED_FROM
from merging.models import LikelyDouble, Merge, MovedRow, NotTheSame
from merging.undoing import undo_merge
from outbox.actions import ERASED
from tests import cast

pytestmark = pytest.mark.django_db


def test_what_was_merged_or_told_apart_is_told_and_forgotten() -> None:
    one, other, third = (cast.person(name) for name in ("Amina Diallo", "Amina D.", "Amina Diop"))
    by, now = cast.superuser(), timezone.now()
    merge = Merge.objects.create(
        kept_person=one, gone_person=other, merged_at=now, merged_by=by, counts={"x": 1}
    )
    MovedRow.objects.create(
        merge=merge,
        content_type=ContentType.objects.get_for_model(User),
        object_pk=str(one.pk),
        field="name",
        before="Amina D.",
        after="Amina Diallo",
    )
    NotTheSame.objects.create(first_person=one, second_person=third, said_at=now, said_by=by)
    LikelyDouble.objects.create(first_person=other, second_person=third, why="name")
    told = everything_about(one)
    assert told["accounts_merged"] == [{"merged_at": now, "undone_at": None, "counts": {"x": 1}}]
    assert told["told_apart_from_another_at"] == [now]

    erase_person(person=one, by=by)
    erase_person(person=third, by=by)
    for rows in (Merge, MovedRow, NotTheSame, LikelyDouble):
        assert not rows.objects.exists()


@pytest.mark.parametrize("name", ["Zebulon Quirk", 'أمينة "ز" ديالو', "Merge Undone", ""])
def test_who_was_parted_again_is_forgotten_in_the_history_of_the_other(name: str) -> None:
    by = cast.secretary()
    kept, gone = cast.person("Amina Diallo"), cast.person(name, email="zebulon@city.example")
    undo_merge(merge=merge_people(kept=kept, gone=gone, by=by), by=by)

    erase_person(person=User.objects.get(pk=gone.pk), by=by)

    told = [entry.additional_data for entry in LogEntry.objects.get_for_object(kept) if entry.additional_data]
    assert [each["done"] for each in told] == [GIVEN_BACK, MERGED_FROM]
    assert {each["other"] for each in told} == {ERASED}
