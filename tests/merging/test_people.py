"""Two accounts of one person are made one: addresses, sign-ins, profile, wishes, letters, and who may."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.actions import find_or_create_person, open_calendar_feed
from accounts.erasing import WasMerged, erase_person
from accounts.models import Consent, User
from accounts.my_data import everything_about
from accounts.roles import Role, give_role
from accounts.whose import owner_of
from merging import errors
from merging.actions import merge_people
from merging.models import Merge
from merging.undoing import undo_merge
from outbox.models import Letter
from tests import cast
from tests.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return cast.secretary()


@pytest.fixture
def two() -> tuple[User, User]:
    return (
        cast.person("Amina Diallo", email="amina@dakar.example"),
        cast.person("A. Diallo", email="a.diallo@dakar.example"),
    )


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def test_the_former_address_is_one_more_way_in(two: tuple[User, User], by: User) -> None:
    kept, gone = two
    merge_people(kept=kept, gone=gone, by=by)

    assert owner_of("A.Diallo@dakar.example") == kept
    assert EmailAddress.objects.filter(user=kept, verified=True).count() == 2
    assert fresh(gone).merged_into == kept
    assert fresh(gone).email == f"merged-{gone.pk}@merged.invalid"
    assert not fresh(gone).is_active
    assert find_or_create_person(email="a.diallo@dakar.example", language="fr") == kept


def test_a_code_sent_to_the_former_address_signs_in_to_the_account_that_stays(
    two: tuple[User, User], by: User, client: Client
) -> None:
    kept, gone = two
    merge_people(kept=kept, gone=gone, by=by)
    sign_in(client, "a.diallo@dakar.example")
    assert client.session["_auth_user_id"] == str(kept.pk)


def test_an_address_that_nobody_proved_says_who_is_meant_and_lets_nobody_in(
    two: tuple[User, User], by: User
) -> None:
    kept, gone = two
    EmailAddress.objects.filter(user=gone).update(verified=False)
    merge_people(kept=kept, gone=gone, by=by)

    assert owner_of("a.diallo@dakar.example") is None
    assert owner_of("a.diallo@dakar.example", formerly=True) == kept
    letters = dict(Letter.objects.filter(kind="accounts_merged").values_list("to", "text"))
    assert "amina@dakar.example" not in letters["a.diallo@dakar.example"]


@pytest.mark.parametrize("unproven", ["kept", "gone", "both"])
def test_an_address_that_nobody_proved_learns_of_no_other(
    two: tuple[User, User], by: User, unproven: str
) -> None:
    kept, gone = two
    people = {"kept": [kept], "gone": [gone], "both": [kept, gone]}[unproven]
    EmailAddress.objects.filter(user__in=people).update(verified=False)
    merge_people(kept=kept, gone=gone, by=by)

    letters = dict(Letter.objects.filter(kind="accounts_merged").values_list("to", "text"))
    assert set(letters) == {kept.email, gone.email}
    for one, other in ((kept, gone), (gone, kept)):
        assert (other.email in letters[one.email]) == (one not in people)
        assert "Are these not both yours?" in letters[one.email]


def test_the_page_says_when_letters_would_go_where_nobody_proved(
    two: tuple[User, User], by: User, client: Client
) -> None:
    kept, gone = two
    EmailAddress.objects.filter(user=kept).update(verified=False)
    client.force_login(by)
    for stays, said in (("this", True), ("other", False)):
        page = client.get(f"/admin/accounts/user/{kept.pk}/merge/?with={gone.pk}&stays={stays}")
        assert ("nobody has proven that address" in page.content.decode()) is said


def test_all_ways_in_of_the_one_that_goes_end(two: tuple[User, User], by: User) -> None:
    kept, gone = two
    browser = Client()
    browser.force_login(gone)
    Authenticator.objects.create(user=gone, type=Authenticator.Type.TOTP, data={})
    secret = open_calendar_feed(person=gone, by=gone)

    merge_people(kept=kept, gone=gone, by=by)

    assert "/login/" in browser.get("/me/")["Location"]
    assert not Authenticator.objects.filter(user__in=two).exists()
    assert Client().get(f"/me/calendar/{secret}.ics").status_code == 404


def test_what_the_one_that_stays_does_not_say_is_filled_in_and_nothing_overwritten(by: User) -> None:
    kept = cast.person("", profile=False, timezone="")
    gone = cast.person("Amina Diallo", reminders=False, quiet_hours=True, post="Engineer")
    User.objects.filter(pk=kept.pk).update(post="Head of Water")
    merge = merge_people(kept=kept, gone=gone, by=by)

    now = fresh(kept)
    assert (now.name, now.post, now.organization, now.timezone) == (
        "Amina Diallo",
        "Head of Water",
        gone.organization,
        "Africa/Dakar",
    )
    assert (now.reminders, now.quiet_hours) == (False, True)

    undo_merge(merge=merge, by=by)
    now = fresh(kept)
    assert (now.name, now.post, now.organization, now.reminders) == ("", "Head of Water", None, True)


def test_consents_and_letters_come_along_as_they_were(two: tuple[User, User], by: User) -> None:
    kept, gone = two
    mine = cast.register(cast.session(), gone, by=gone)
    letter = Letter.objects.get(kind="confirmation")
    consent = Consent.objects.get(person=gone)

    merge_people(kept=kept, gone=gone, by=by)

    letter.refresh_from_db()
    assert (letter.person, letter.to) == (kept, "amina@dakar.example")
    consent.refresh_from_db()
    assert (consent.person, consent.about) == (kept, f"session {mine.session_id}")


def test_both_addresses_are_written_to_once_in_the_language_of_the_one_that_stays(by: User) -> None:
    kept, gone = cast.person("Amina", language="fr"), cast.person("A.", language="es")
    merge = merge_people(kept=kept, gone=gone, by=by)
    assert merge_people(kept=fresh(kept), gone=fresh(gone), by=by) == merge

    letters = Letter.objects.filter(kind="accounts_merged")
    assert {letter.to for letter in letters} == {kept.email, gone.email}
    assert {letter.language for letter in letters} == {"fr"}
    undo_merge(merge=merge, by=by)
    parted = Letter.objects.filter(kind="accounts_parted")
    assert {(letter.to, letter.language) for letter in parted} == {(kept.email, "fr"), (gone.email, "es")}


def test_undone_the_person_signs_in_to_their_own_account_again(
    two: tuple[User, User], by: User, client: Client
) -> None:
    kept, gone = two
    merge = merge_people(kept=kept, gone=gone, by=by)
    assert undo_merge(merge=merge, by=by) == []

    assert (fresh(gone).email, fresh(gone).is_active, fresh(gone).merged_into) == (gone.email, True, None)
    sign_in(client, gone.email)
    assert client.session["_auth_user_id"] == str(gone.pk)
    assert not fresh(kept).former_addresses.exists()


def test_three_accounts_are_one_and_erased_together(by: User) -> None:
    one, two, three = (cast.person(f"Amina {number}") for number in range(3))
    session = cast.session()
    mine = cast.register(session, one)
    merge_people(kept=two, gone=one, by=by)
    merge_people(kept=three, gone=fresh(two), by=by)

    mine.refresh_from_db()
    assert mine.person == three
    assert owner_of(one.email) == owner_of(two.email) == three
    assert fresh(one).that_stands == three
    told = everything_about(fresh(three))
    assert [each["merged_accounts"][0]["profile"]["name"] for each in told["merged_accounts"]] == ["Amina 0"]

    with pytest.raises(WasMerged):
        erase_person(person=fresh(two), by=by)
    erase_person(person=fresh(three), by=by)
    assert not User.objects.filter(name__startswith="Amina").exists()
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("which", "refusal"),
    [
        ("erased", errors.ErasedAccount),
        ("of staff", errors.OfStaff),
        ("closed", errors.ClosedAccount),
        ("oneself", errors.NotOneself),
        ("of a superuser", errors.OnlySuperuser),
    ],
)
def test_refusals(two: tuple[User, User], by: User, which: str, refusal: type[Exception]) -> None:
    kept, gone = two
    if which == "erased":
        erase_person(person=gone, by=by)
    elif which == "of staff":
        give_role(person=gone, role=Role.REVIEWER, by=by)
    elif which == "closed":
        User.objects.filter(pk=kept.pk).update(is_active=False)
    elif which == "oneself":
        gone = by
    else:
        kept = cast.superuser()
    with pytest.raises(refusal):
        merge_people(kept=kept, gone=fresh(gone), by=by)
    assert not Merge.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "reader", "person"])
def test_nobody_but_the_secretariat_merges_people(two: tuple[User, User], role: str) -> None:
    kept, gone = two
    with pytest.raises(PermissionDenied):
        merge_people(kept=kept, gone=gone, by=getattr(cast, role)())


def test_nobody_undoes_a_merge_of_their_own(two: tuple[User, User], by: User) -> None:
    kept, gone = two
    merge = merge_people(kept=kept, gone=gone, by=by)
    give_role(person=kept, role=Role.SECRETARIAT, by=by)
    with pytest.raises(errors.NotOneself):
        undo_merge(merge=merge, by=fresh(kept))


def test_a_letter_that_waits_goes_to_the_address_of_whose_it_is(two: tuple[User, User], by: User) -> None:
    kept, gone = two
    cast.register(cast.session(), gone)
    waiting = Letter.objects.get(kind="confirmation")
    merge = merge_people(kept=kept, gone=gone, by=by)
    waiting.refresh_from_db()
    assert (waiting.person, waiting.to) == (kept, "amina@dakar.example")
    undo_merge(merge=merge, by=by)
    waiting.refresh_from_db()
    assert (waiting.person, waiting.to) == (gone, "a.diallo@dakar.example")


def test_the_desk_finds_the_one_that_stays_by_the_former_address_and_lists_no_other(
    two: tuple[User, User], by: User, client: Client
) -> None:
    kept, gone = two
    merge_people(kept=kept, gone=gone, by=by)
    client.force_login(by)
    page = client.get("/admin/accounts/user/", {"q": "a.diallo@dakar.example"})
    assert list(page.context["cl"].result_list) == [kept]
    assert gone not in client.get("/admin/accounts/user/").context["cl"].result_list
    history = client.get(f"/admin/accounts/user/{kept.pk}/history/").content.decode()
    assert "merged into “Amina Diallo”" in history
    merges = client.get("/admin/merging/merge/", {"q": "a.diallo@dakar.example"})
    assert list(merges.context["cl"].result_list) == [Merge.objects.get()]


def test_an_account_without_a_name_is_called_by_the_address_it_had(
    two: tuple[User, User], by: User, client: Client
) -> None:
    kept, gone = two[0], User.objects.create_user("nameless@city.example")
    client.force_login(by)
    page = f"/admin/accounts/user/{kept.pk}/merge/?with={gone.pk}&stays=this"
    pages = [
        client.post(page, follow=True),
        client.get(page, follow=True),
        client.get("/admin/merging/merge/"),
        client.get(f"/admin/merging/merge/undoing/?ids={Merge.objects.get().pk}"),
        client.get(f"/admin/accounts/user/{gone.pk}/change/", follow=True),
    ]
    for answer in pages:
        told = answer.content.decode()
        assert "nameless@city.example" in told
        assert "merged.invalid" not in told
