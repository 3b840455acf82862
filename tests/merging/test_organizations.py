"""Two organizations become one: what moves, what stays, and what is refused."""

from datetime import date
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from accounts.models import Organization, OrganizationName, User
from catalog.listing.indexing import reindex
from desk.audit import history_of
from desk.history import tell
from imports.facts import Organizations
from merging.actions import check, merge_organizations, not_the_same
from merging.errors import IsGone, LosesMembership, TheSame
from merging.kinds import ORGANIZATIONS
from merging.models import Merge, NotTheSame
from merging.undoing import undo_merge
from tests import cast

from .spellings import two_spellings, whose, with_rows

pytestmark = pytest.mark.django_db


def names_of(organization: Organization) -> set[tuple[str, str, str]]:
    return set(organization.names.values_list("name", "language", "kind"))


def test_all_that_points_to_the_one_points_to_the_other(marta: User) -> None:
    kept, gone = two_spellings()
    rows = with_rows(gone)
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    assert whose(rows) == {"Dakar"}
    gone.refresh_from_db()
    assert (gone.merged_into, merge.kept, merge.gone, merge.merged_by) == (kept, kept, gone, marta)
    moved = {column: len(those) for column, those in rows.items()}
    assert moved.items() <= merge.counts.items()
    assert merge.moved.count() == sum(merge.counts.values()) + 2  # the name that is new, and where it leads


def test_whoever_types_a_name_of_the_one_that_goes_finds_the_one_that_stays(marta: User) -> None:
    kept, gone = two_spellings()
    merge_organizations(kept=kept, gone=gone, by=marta)
    assert names_of(kept) == {
        ("Dakar", "fr", "short"),
        ("Dakar-Ville", "fr", "alias"),  # one name is shown in a language
        ("داكار", "ar", "short"),
        ("Ndakaaru", "wo", "alias"),
        ("Ville de Dakar", "", "alias"),
    }
    for typed in ("ville de dakar", "NDAKAARU", "Dakar-Ville"):
        assert Organizations([typed]).named(typed, "SN") == kept
    assert list(Organization.objects.filter(names__name="Ville de Dakar")) == [kept]


def test_a_name_that_both_have_stays_where_it_is(marta: User) -> None:
    kept, gone = two_spellings()
    OrganizationName.objects.create(organization=kept, name="Ndakaaru", language="wo")
    OrganizationName.objects.create(organization=kept, name="VILLE DE DAKAR", language="fr", kind="official")
    merge_organizations(kept=kept, gone=gone, by=marta)
    assert names_of(gone) == {("Ndakaaru", "wo", "alias")}
    assert not kept.names.filter(name="Ville de Dakar").exists()


def test_what_is_said_of_one_alone_is_said_of_the_one_that_stays(marta: User) -> None:
    kept, gone = two_spellings()
    Organization.objects.filter(pk=gone.pk).update(member_since=date(1999, 1, 1), latitude=1, longitude=2)
    Organization.objects.filter(pk=kept.pk).update(member_since=None)
    merge_organizations(kept=kept, gone=gone, by=marta)
    kept.refresh_from_db()
    assert (kept.member_since, kept.latitude, kept.longitude) == (date(1999, 1, 1), 14.69, -17.45)


def test_the_one_that_went_is_in_no_list_and_its_row_stays(marta: User) -> None:
    kept, gone = two_spellings()
    merge_organizations(kept=kept, gone=gone, by=marta)
    assert gone not in Organization.objects.all()
    assert gone not in Organization.objects.members()
    assert gone in Organization.every.all()
    assert Organization.objects.standing_one(gone.pk) == kept
    assert Organization.objects.standing_one(None) is None


def test_asked_for_twice_it_is_one_merge_and_the_other_way_round_is_refused(marta: User) -> None:
    kept, gone = two_spellings()
    first = merge_organizations(kept=kept, gone=gone, by=marta)
    assert merge_organizations(kept=kept, gone=gone, by=marta) == first
    with pytest.raises(IsGone) as refusal:
        merge_organizations(kept=gone, gone=kept, by=marta)
    assert refusal.value.sentence == ("“Ville de Dakar” was merged into “Dakar” meanwhile. Look at that one.")
    third = cast.organization("Dakar Plateau")
    for pair in ({"kept": third, "gone": gone}, {"kept": gone, "gone": third}):
        with pytest.raises(IsGone):
            merge_organizations(**pair, by=marta)
    assert Merge.objects.get() == first


def test_nothing_is_merged_with_itself(marta: User) -> None:
    kept, _gone = two_spellings()
    with pytest.raises(TheSame):
        merge_organizations(kept=kept, gone=kept, by=marta)
    with pytest.raises(TheSame):
        check(ORGANIZATIONS, kept=kept, gone=kept)
    with pytest.raises(TheSame):
        not_the_same(ORGANIZATIONS, kept, kept, by=marta)


@pytest.mark.parametrize(
    "loses", [{"kind": "partner"}, {"member_until": date(2020, 1, 1)}], ids=["a partner", "has left"]
)
def test_people_do_not_lose_their_membership(marta: User, loses: dict[str, Any]) -> None:
    kept, gone = two_spellings()
    Organization.objects.filter(pk=kept.pk).update(**loses)
    kept.refresh_from_db()
    with pytest.raises(LosesMembership):
        merge_organizations(kept=kept, gone=gone, by=marta)
    merge_organizations(kept=gone, gone=kept, by=marta)


def test_a_chain_leads_to_its_end(marta: User) -> None:
    kept, gone = two_spellings()
    rows = with_rows(gone)
    last = cast.organization("Dakar Métropole")
    merge_organizations(kept=kept, gone=gone, by=marta)
    merge_organizations(kept=last, gone=kept, by=marta)
    assert whose(rows) == {"Dakar Métropole"}
    assert Organization.objects.standing_one(gone.pk) == last
    assert {"Dakar", "Ville de Dakar"} <= set(last.names.values_list("name", flat=True))


@pytest.mark.parametrize("who", [cast.coordinator, cast.reader, cast.person])
def test_only_the_secretariat_merges(marta: User, who: Any) -> None:
    kept, gone = two_spellings()
    other = User.objects.get(pk=who().pk)
    with pytest.raises(PermissionDenied):
        merge_organizations(kept=kept, gone=gone, by=other)
    with pytest.raises(PermissionDenied):
        not_the_same(ORGANIZATIONS, kept, gone, by=other)
    merge_organizations(kept=kept, gone=gone, by=cast.superuser())


def test_the_history_of_both_and_of_what_moved_tells_it(marta: User) -> None:
    kept, gone = two_spellings()
    rows = with_rows(gone)
    merge_organizations(kept=kept, gone=gone, by=marta)

    def told(thing: Any) -> list[str]:
        return [entry.deed for entry in tell(history_of(thing, {}))]

    assert "Organization “Dakar”: “Ville de Dakar” was merged into it" in told(kept)
    assert "Organization “Ville de Dakar”: merged into “Dakar”" in told(gone)
    entry = LogEntry.objects.get_for_object(rows["accounts.User.organization"][0]).latest()
    assert entry.changes == {"organization": [str(gone.pk), str(kept.pk)]}


def test_hosts_are_found_by_the_names_of_the_city_as_before(marta: User, client: Client) -> None:
    kept, gone = two_spellings()
    host = with_rows(gone)["hubs.Host.organization"][0]
    session = cast.session(cast.activity(title="Water for all", host=host))
    reindex([session.activity_id])
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    for city, finds in ((kept, True), (gone, False)):
        assert city.hosts.exists() is finds
    assert b"Water for all" in client.get("/activities/", {"q": "ndakaaru"}).content
    undo_merge(merge=merge, by=marta)
    assert b"Water for all" in client.get("/activities/", {"q": "ndakaaru"}).content


def test_that_two_are_not_the_same_is_remembered_once(marta: User) -> None:
    kept, gone = two_spellings()
    for pair in ((kept, gone), (gone, kept)):
        not_the_same(ORGANIZATIONS, *pair, by=marta)
    said = NotTheSame.objects.get()
    assert (said.first_organization, said.second_organization, said.said_by) == (kept, gone, marta)


def test_its_page_leads_to_that_of_the_one_that_stays(marta: User, client: Client) -> None:
    kept, gone = two_spellings()
    last = cast.organization("Dakar Métropole")
    merge_organizations(kept=kept, gone=gone, by=marta)
    merge_organizations(kept=last, gone=kept, by=marta)
    for slug in ("ville-de-dakar", "dakar"):
        moved = client.get(f"/members/{slug}/")
        assert (moved.status_code, moved["Location"]) == (302, "/members/dakar-metropole/")
    assert client.get("/members/elsewhere/").status_code == 404
    listed = client.get("/members/").content.decode()
    assert "dakar-metropole" in listed
    assert "ville-de-dakar" not in listed


# Where somebody else says who it is; a person's own deeds need a sign-in, which a merge ends.
PEOPLE_CHOSEN = {
    ("hubs_contact", "person_id"),
    ("proposals_proposal", "person_id"),
    ("proposals_coproposer", "person_id"),
}


def test_the_database_follows_merges_at_each_column_that_points_to_an_organization() -> None:
    """But for what merges write themselves, and for names, which go with their organization."""
    own = {"accounts_organization", "accounts_organizationname"}
    columns = {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label != "merging" and model._meta.db_table not in own
        for field in model._meta.concrete_fields
        if field.related_model is Organization
    }
    with connection.cursor() as cursor:
        cursor.execute(
            r"SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%\_follows'"
        )
        triggers = {(table, name.removesuffix("_follows")) for table, name in cursor.fetchall()}
    assert triggers == columns | PEOPLE_CHOSEN
