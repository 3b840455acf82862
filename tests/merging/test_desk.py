"""The pages of the desk: which other, what would move, what moved, and its undoing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organization, User
from merging.actions import merge_organizations
from merging.models import Merge, MovedRow
from merging.tasks import look_after
from tests import cast

from .spellings import two_spellings, with_rows

pytestmark = pytest.mark.django_db

ORGANIZATIONS = "/admin/accounts/organization/"


@pytest.fixture
def desk(client: Client, marta: User) -> Client:
    client.force_login(marta)
    return client


def page_of(one: Organization, other: Organization | None = None, stays: str = "") -> str:
    page = f"{ORGANIZATIONS}{one.pk}/merge/"
    asked = [f"with={other.pk}"] if other else []
    return f"{page}?{'&'.join([*asked, *([f'stays={stays}'] if stays else [])])}"


def test_the_other_is_found_by_any_of_its_names(desk: Client) -> None:
    kept, gone = two_spellings()
    assert (
        f'href="{ORGANIZATIONS}{kept.pk}/merge/"'
        in desk.get(f"{ORGANIZATIONS}{kept.pk}/change/").content.decode()
    )
    for asked in ("ville", "ndakaaru", "داكار"):
        found = desk.get(page_of(kept), {"q": asked}).context["found"]
        assert [(one.thing, one.address) for one in found] == [(gone, page_of(kept, gone))]
    assert "Nothing else holds “Dakar”." not in desk.get(page_of(kept), {"q": "dakar"}).content.decode()
    nothing = desk.get(page_of(kept), {"q": "lagos"}).content.decode()
    assert "Nothing else holds “lagos”." in nothing


def test_the_page_says_what_would_move_and_looking_moves_nothing(desk: Client) -> None:
    kept, gone = two_spellings()
    with_rows(gone)
    page = desk.get(page_of(kept, gone))
    moves = {str(line.words): line.count for line in page.context["moves"]}
    assert moves == {
        "names by which it is found": 4,
        "people who act for it": 2,
        "hosts": 1,
        "agreements that it signed": 1,
        "agreements that it is a party to": 1,
        "activities that it proposed": 1,
    }
    facts = {fact.name: (fact.kept, fact.gone) for fact in page.context["facts"]}
    assert facts["Country"] == ("Senegal", "Senegal")
    assert facts["Address"] == ("dakar", "ville-de-dakar")
    assert not Merge.objects.exists()
    assert gone.people.count() == 2


def test_either_may_stay(desk: Client) -> None:
    kept, gone = two_spellings()
    page = desk.get(page_of(kept, gone))
    assert (page.context["kept"], page.context["swap"]) == (kept, page_of(kept, gone, "other"))
    swapped = desk.get(page_of(kept, gone, "other"))
    assert (swapped.context["kept"], swapped.context["swap"]) == (gone, page_of(kept, gone, "this"))
    Organization.objects.filter(pk=kept.pk).update(kind="partner")
    assert desk.get(page_of(kept, gone)).context["kept"] == gone  # the only way that it goes
    refused = desk.get(page_of(kept, gone, "this")).content.decode()
    assert "“Ville de Dakar” is a member and “Dakar” is not" in refused
    assert "Merge them" not in refused


def test_the_button_merges_and_leads_to_what_moved(desk: Client, marta: User) -> None:
    kept, gone = two_spellings()
    with_rows(gone)
    answer = desk.post(page_of(kept, gone), follow=True)
    merge = Merge.objects.get()
    assert answer.redirect_chain == [(f"/admin/merging/merge/{merge.pk}/change/", 302)]
    told = answer.content.decode()
    assert "“Ville de Dakar” was merged into “Dakar”." in told
    assert "People, organization: 2" in told
    assert "can be undone until" in told
    assert (merge.kept, merge.gone, merge.merged_by) == (kept, gone, marta)
    listed = desk.get("/admin/merging/merge/", {"q": "ville"}).content.decode()
    assert "Ville de Dakar" in listed


@pytest.mark.parametrize("way", ["this", "other"])
def test_the_button_pressed_twice_leads_to_what_became_of_it(desk: Client, marta: User, way: str) -> None:
    kept, gone = two_spellings()
    pages = [page_of(kept, gone, way), page_of(gone, kept, way), page_of(kept, gone)]
    desk.post(pages[0])
    merge = Merge.objects.get()
    for page in pages:
        for ask in (desk.get, desk.post):
            answer = ask(page, follow=True)
            assert answer.redirect_chain == [(f"/admin/merging/merge/{merge.pk}/change/", 302)]
            assert f"“{merge.gone}” was merged into “{merge.kept}”." in answer.content.decode()
    assert Merge.objects.count() == 1
    client = Client()
    client.force_login(cast.reader())
    assert client.get(pages[0]).status_code == 403


def test_what_was_looked_at_is_what_is_done_or_refused(desk: Client, marta: User) -> None:
    """The page shows which of the two stays; meanwhile they can be merged the other way alone."""
    kept, gone = two_spellings()
    shown = desk.get(page_of(kept, gone))
    assert (shown.context["kept"], shown.context["do"]) == (kept, page_of(kept, gone, "this"))
    assert f'action="{page_of(kept, gone, "this")}"' in shown.content.decode().replace("&amp;", "&")
    Organization.objects.filter(pk=kept.pk).update(kind="partner")
    for page in (shown.context["do"], page_of(kept, gone)):
        assert desk.post(page).status_code == 422
    assert not Merge.objects.exists()


def test_what_is_refused_meanwhile_is_said_on_the_page(desk: Client, marta: User) -> None:
    kept, gone = two_spellings()
    Organization.objects.filter(pk=kept.pk).update(kind="partner")
    answer = desk.post(page_of(kept, gone, "this"))
    assert (answer.status_code, Merge.objects.count()) == (422, 0)
    assert "“Ville de Dakar” is a member and “Dakar” is not" in answer.content.decode()


def test_the_page_of_the_one_that_went_leads_to_the_other(desk: Client, marta: User) -> None:
    kept, gone = two_spellings()
    merge_organizations(kept=kept, gone=gone, by=marta)
    answer = desk.get(f"{ORGANIZATIONS}{gone.pk}/change/", follow=True)
    assert answer.redirect_chain == [(f"{ORGANIZATIONS}{kept.pk}/change/", 302)]
    assert "“Ville de Dakar” was merged into “Dakar”." in answer.content.decode()
    told = desk.get(f"{ORGANIZATIONS}{gone.pk}/history/").content.decode()
    assert "merged into “Dakar”" in told
    listed = desk.get(ORGANIZATIONS, {"q": "dakar"}).context["cl"].result_list
    assert list(listed) == [kept]
    found = desk.get("/admin/search/", {"q": "Ville de Dakar"}).content.decode()
    assert f"{ORGANIZATIONS}{kept.pk}/change/" in found
    assert f"{ORGANIZATIONS}{gone.pk}/change/" not in found


def test_nobody_makes_it_anew_by_its_old_name(desk: Client, marta: User) -> None:
    kept, gone = two_spellings()
    merge_organizations(kept=kept, gone=gone, by=marta)
    form = {
        **{"name": "Ville de Dakar", "slug": "ville-de-dakar", "kind": "member", "country": "SN"},
        **{"region": "africa", "certainty": "assumed", "timezone": "Africa/Dakar"},
        **{"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0},
    }
    answer = desk.post(f"{ORGANIZATIONS}add/", form)
    assert answer.status_code in (200, 422)
    assert "slug" in answer.context["adminform"].form.errors


def test_an_undo_asks_first_and_lists_what_stayed(desk: Client, marta: User) -> None:
    kept, gone = two_spellings()
    moved_on = with_rows(gone)["accounts.User.organization"][0]
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    User.objects.filter(pk=moved_on.pk).update(organization=None)
    step = f"/admin/merging/merge/undoing/?ids={merge.pk}"
    asked = desk.get(step).content.decode()
    assert "What was moved to “Dakar” goes back to “Ville de Dakar”" in asked
    merge.refresh_from_db()
    assert merge.undone_at is None
    told = desk.post(step, follow=True).content.decode()
    assert "undone. 1 row was changed meanwhile and stays" in told
    assert f"Person “{moved_on}”: another organization meanwhile" in told
    assert "This merge was undone before." in desk.get(step).content.decode()


def test_after_thirty_days_what_was_moved_is_forgotten_but_for_the_counts(desk: Client, marta: User) -> None:
    kept, gone = two_spellings()
    with_rows(gone)
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    look_after()
    assert MovedRow.objects.exists()
    Merge.objects.update(merged_at=timezone.now() - timedelta(days=31))
    look_after()
    assert not MovedRow.objects.exists()
    page = desk.get(f"/admin/merging/merge/{merge.pk}/change/").content.decode()
    assert "People, organization: 2" in page
    assert "Undo the merge" in page
    asked = desk.get(f"/admin/merging/merge/undoing/?ids={merge.pk}").content.decode()
    assert "A merge can be undone for 30 days. This one stands." in asked


def test_a_reader_sees_merges_and_merges_nothing(client: Client, marta: User) -> None:
    kept, gone = two_spellings()
    merge = merge_organizations(kept=kept, gone=gone, by=marta)
    third = cast.organization("Thiès")
    client.force_login(cast.reader())
    assert client.get(f"/admin/merging/merge/{merge.pk}/change/").status_code == 200
    for page in (page_of(kept, third), page_of(kept), f"/admin/merging/merge/undoing/?ids={merge.pk}"):
        assert client.get(page).status_code == 403
        assert client.post(page).status_code == 403
    assert client.get("/admin/merging/merge/doubles/").status_code == 403
