"""People by a file, without a session: new ones are told, who is here is completed and never overwritten."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import FormerAddress, User
from accounts.my_data import everything_about
from outbox.models import Letter
from tests import cast

from .making import done, looked, outcomes, read, told, undone

pytestmark = pytest.mark.django_db
HEADINGS = (
    "Number",
    "E-mail address",
    "Name",
    "Organization",
    "Post",
    "Profile",
    "Country",
    "Language",
    "Time zone",
)
AWA = (
    "",
    "Awa@dakar.example",
    "Awa Ndiaye",
    "Dakar",
    "Planner",
    "technical",
    "Senegal",
    "French",
    "Africa/Dakar",
)
ABOUT = {"source": "Alumni of 2025", "ground": "named"}


@pytest.fixture
def staff():
    return cast.secretary()


def row(person: User, **said: str) -> tuple[str, ...]:
    facts = {"Number": "", "E-mail address": person.email, **said}
    return tuple(facts.get(heading, "") for heading in HEADINGS)


def test_a_new_person_is_told_who_entered_them_an_hour_later(staff):
    dakar = cast.organization()
    of = read("people", [AWA], HEADINGS, by=staff, **ABOUT)
    assert told(of) == [("new", "")]
    assert not User.objects.filter(email="awa@dakar.example").exists()
    now = timezone.now()
    done(of, now=now)
    awa = User.objects.get(email="awa@dakar.example")
    assert (awa.name, awa.organization, awa.post, awa.profile) == (
        "Awa Ndiaye",
        dakar,
        "Planner",
        "technical",
    )
    assert (awa.country.code, awa.language, awa.timezone, awa.is_staff) == ("SN", "fr", "Africa/Dakar", False)
    letter = Letter.objects.get()
    assert (letter.person, letter.language, letter.next_try_at) == (awa, "fr", now + timedelta(hours=1))
    for words in ("Marta Soler", "Alumni of 2025", "votre organisation vous a désigné"):
        assert words in letter.text
    assert everything_about(awa)["entered_by_staff"][0]["out_of_the_list"] == "Alumni of 2025"


def test_what_the_list_does_not_say_is_said_once_for_all_new_people(staff):
    dakar = cast.organization()
    for_all = {
        "organization": str(dakar.pk),
        "profile": "technical",
        "timezone": "Africa/Dakar",
        "language": "fr",
    }
    rows = [("Awa Ndiaye", "awa@dakar.example", "Planner"), ("Modou", "modou@dakar.example", "")]
    of = done(read("people", rows, ("Name", "E-mail", "Post"), by=staff, for_all=for_all, **ABOUT))
    assert outcomes(of) == [("new", ""), ("refused", "Missing: Post.")]
    assert User.objects.get(email="awa@dakar.example").organization == dakar


def test_who_is_here_is_completed_and_keeps_what_they_said(staff):
    amina = cast.person(post="", timezone="")
    of = read("people", [row(amina, Name="A. Diallo", Post="Mayor")], HEADINGS, by=staff, **ABOUT)
    [one] = looked(of)
    why = "This stays as it is: Name: “Amina Diallo”, not “A. Diallo”."
    assert (one.outcome, one.why, list(one.changes)) == ("changed", why, [("Post", "", "Mayor")])
    done(of)
    amina.refresh_from_db()
    assert (amina.name, amina.post, amina.timezone) == ("Amina Diallo", "Mayor", "")
    assert Letter.objects.count() == 0
    assert told(read("people", [row(amina, Name="A. Diallo")], HEADINGS, by=staff, **ABOUT)) == [
        ("same", why)
    ]
    undone(of)
    amina.refresh_from_db()
    assert (amina.post, of.entries.get().back) == ("", "given")


def test_no_file_touches_staff_or_an_address_or_makes_somebody_twice(staff):
    amina, reader = cast.person(), cast.reader()
    User.objects.filter(pk=reader.pk).update(post="")
    closed = cast.person("Closed", is_active=False, post="")
    rows = [
        row(reader, Post="Chief"),
        row(amina, Number=str(amina.pk), **{"E-mail address": "new@city.example"}),
        row(closed, Post="Chief"),
        AWA,
        (*AWA[:2], "Another Name", *AWA[3:]),
        ("", "nobody", *AWA[2:]),
        ("", "ben@dakar.example", "Ben", "Dakar", "", "technical", "Atlantis", "", ""),
    ]
    of = read("people", rows, HEADINGS, by=staff, **ABOUT)
    before = told(of)
    done(of)
    assert outcomes(of) == before
    assert before == [
        ("refused", "Accounts of staff are changed at the desk, not by a file."),
        ("refused", "An e-mail address is never changed by a file. Correct it on the person’s page."),
        ("refused", "This account is closed."),
        ("new", ""),
        ("refused", "Row 5 says otherwise of the same."),
        ("refused", "“nobody” is no e-mail address."),
        ("refused", "Country: “Atlantis” is not known."),
    ]
    assert not User.objects.filter(email__in=["new@city.example", "ben@dakar.example"]).exists()


def test_undo_drops_the_letters_and_takes_out_who_was_not_written_to_and_did_nothing(staff):
    names = ("awa", "ben", "cy", "dan")
    rows = [("", f"{name}@dakar.example", name.title(), *AWA[3:]) for name in names]
    of = done(read("people", rows, HEADINGS, by=staff, **ABOUT))
    _awa, ben, cy, dan = (User.objects.get(email=f"{name}@dakar.example") for name in names)
    Letter.objects.filter(person=ben).update(state="sent", sent_at=timezone.now())
    cast.register(cast.session(), cy)
    User.objects.filter(pk=dan.pk).update(post="Mayor")
    undone(of)
    assert list(of.entries.values_list("back", flat=True)) == ["untold", "written", "used", "touched"]
    assert set(User.objects.filter(email__endswith="@dakar.example")) == {ben, cy, dan}
    assert not Letter.objects.filter(state="waiting", kind="entered_by_list", person=None).exists()


def test_another_address_of_somebody_is_theirs_and_makes_nobody_new(staff):
    amina = cast.person()
    EmailAddress.objects.create(user=amina, email="amina@home.example", verified=True)
    FormerAddress.objects.create(person=amina, email="amina@before.example")
    rows = [(f"amina@{where}.example", "A. Diallo") for where in ("home", "before")]
    of = done(read("people", rows, ("E-mail", "Name"), by=staff, **ABOUT))
    why = "This stays as it is: Name: “Amina Diallo”, not “A. Diallo”."
    assert outcomes(of)[0] == ("same", why)
    assert {one.thing for one in of.entries.all()} <= {amina.pk, None}
    amina.refresh_from_db()
    assert (amina.name, User.objects.count()) == ("Amina Diallo", 2)
