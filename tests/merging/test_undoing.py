"""A merge is undone for thirty days: what still stands as it was moved goes back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Organization, OrganizationName, User
from merging.actions import merge_organizations
from merging.errors import MergedOn, StandsOtherwise, TooLate, UndoneBefore
from merging.models import UNDO_FOR
from merging.undoing import can_undo, undo_merge
from tests import cast

from .spellings import two_spellings, whose, with_rows

pytestmark = pytest.mark.django_db

NAMES = [("Dakar-Ville", "short"), ("Ndakaaru", "alias"), ("داكار", "short")]


def names_of(organization: Organization) -> list[tuple[str, str]]:
    return sorted(organization.names.values_list("name", "kind"))


def test_all_goes_back(marta: User) -> None:
    kept, gone = two_spellings()
    rows, own = with_rows(gone), cast.person("Binta Fall", organization=kept)
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    assert undo_merge(merge=merge, by=marta) == []
    assert whose(rows) == {"Ville de Dakar"}
    own.refresh_from_db()
    gone.refresh_from_db()
    merge.refresh_from_db()
    assert (own.organization, gone.merged_into, merge.undone_by) == (kept, None, marta)
    assert (names_of(kept), names_of(gone)) == ([("Dakar", "short")], NAMES)
    assert gone in Organization.objects.all()


def test_what_somebody_changed_meanwhile_is_left_and_told(marta: User) -> None:
    kept, gone = two_spellings()
    rows = with_rows(gone)
    moved_on, stays = rows["accounts.User.organization"]
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    User.objects.filter(pk=moved_on.pk).update(organization=cast.organization("Thiès"))
    rows["hubs.Party.organization"][0].delete()
    OrganizationName.objects.filter(name="Ville de Dakar").update(kind="former")
    left = undo_merge(merge=merge, by=marta)
    assert sorted((row.content_type.model, row.field) for row in left) == [
        ("organizationname", ""),
        ("party", "organization"),
        ("user", "organization"),
    ]
    assert merge.moved.filter(was_left=True).count() == 3
    moved_on.refresh_from_db()
    stays.refresh_from_db()
    assert (str(moved_on.organization), stays.organization) == ("Thiès", gone)
    assert names_of(kept) == [("Dakar", "short"), ("Ville de Dakar", "former")]


def test_what_a_rule_refuses_is_left_and_the_rest_goes_back(marta: User) -> None:
    kept, gone = two_spellings()
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    OrganizationName.objects.create(organization=gone, name="Ndakaaru", language="wo")
    left = undo_merge(merge=merge, by=marta)
    assert [(row.content_type.model, row.field) for row in left] == [("organizationname", "organization")]
    assert names_of(gone) == [("Dakar-Ville", "short"), ("Ndakaaru", "short"), ("داكار", "short")]
    assert ("Ndakaaru", "alias") in names_of(kept)


def test_a_second_undo_is_refused_and_they_may_be_merged_again(marta: User) -> None:
    kept, gone = two_spellings()
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    undo_merge(merge=merge, by=marta)
    with pytest.raises(UndoneBefore):
        undo_merge(merge=merge, by=marta)
    again = merge_organizations(kept=gone, gone=kept, by=marta)
    assert again != merge
    assert Organization.objects.standing_one(kept.pk) == gone
    with pytest.raises(UndoneBefore):
        undo_merge(merge=merge, by=marta)


def test_after_thirty_days_it_stands(marta: User) -> None:
    kept, gone = two_spellings()
    now = timezone.now()
    merge = merge_organizations(kept=kept, gone=gone, by=marta, now=now)
    with pytest.raises(TooLate):
        undo_merge(merge=merge, by=marta, now=now + UNDO_FOR + timedelta(seconds=1))
    undo_merge(merge=merge, by=marta, now=now + UNDO_FOR)


def test_of_a_chain_the_latest_is_undone_first(marta: User) -> None:
    kept, gone = two_spellings()
    rows, last = with_rows(gone), cast.organization("Dakar Métropole")
    first = merge_organizations(kept=kept, gone=gone, by=marta)
    second = merge_organizations(kept=last, gone=kept, by=marta)
    with pytest.raises(MergedOn) as refusal:
        undo_merge(merge=first, by=marta)
    assert refusal.value.sentence == (
        "“Dakar” itself was merged into “Dakar Métropole” later. Undo that merge first."
    )
    first.refresh_from_db()
    assert not can_undo(first, now=timezone.now())
    assert undo_merge(merge=second, by=marta) == []
    assert whose(rows) == {"Dakar"}
    assert undo_merge(merge=first, by=marta) == []
    assert whose(rows) == {"Ville de Dakar"}
    assert (names_of(kept), names_of(gone)) == ([("Dakar", "short")], NAMES)


def test_of_two_merged_into_one_either_may_be_undone(marta: User) -> None:
    kept, gone = two_spellings()
    rows, other = with_rows(gone), cast.organization("Mairie de Dakar")
    here = cast.person("Ibou Diop", organization=other)
    first = merge_organizations(kept=kept, gone=gone, by=marta)
    merge_organizations(kept=kept, gone=other, by=marta)
    assert undo_merge(merge=first, by=marta) == []
    assert whose(rows) == {"Ville de Dakar"}
    here.refresh_from_db()
    assert here.organization == kept


def test_one_that_leads_elsewhere_by_now_is_not_undone(marta: User) -> None:
    kept, gone = two_spellings()
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    Organization.every.filter(pk=gone.pk).update(merged_into=None)
    with pytest.raises(StandsOtherwise):
        undo_merge(merge=merge, by=marta)


def test_only_who_merges_undoes(marta: User) -> None:
    kept, gone = two_spellings()
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    with pytest.raises(PermissionDenied):
        undo_merge(merge=merge, by=cast.reader())
