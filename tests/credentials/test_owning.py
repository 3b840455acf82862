"""What the owner does with a certificate: correct the name, hide it, give the address to others."""

from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from credentials import actions
from credentials.models import Certificate
from outbox.models import Letter
from tests import cast

from .making import DAY
from .test_checking import page_of, seen, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(owner):
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def issued(amina):
    """It is the day on which it was issued."""
    with time_machine.travel(amina.issued_at, tick=False) as traveller:
        yield traveller.move_to


def test_the_owner_sees_what_can_be_done_and_nobody_else_does(amina, mine, issued):
    text = seen(amina, mine)
    for part in (
        "It is your certificate",
        f"http://localhost:8000/certificates/{amina.code}/",
        "Hide my name",
        "Until 7 January 2027 you can correct it yourself.",
    ):
        assert part in text
    assert "It is your certificate" not in seen(amina)
    stranger = Client()
    stranger.force_login(cast.person("A Stranger"))
    assert "It is your certificate" not in seen(amina, stranger)
    assert "Sign in to download it" in seen(amina)


def test_a_corrected_name_makes_a_new_edition_and_leads_there(amina, mine, issued):
    asked = mine.get(f"{page_of(amina)}name/")
    assert asked.context["form"].initial == {"name": "Amina Diallo"}
    done = mine.post(f"{page_of(amina)}name/", {"name": "  Aminata  Diallo "})
    new = Certificate.objects.get(edition=2)
    assert done.url == page_of(new)
    assert new.said.name == "Aminata Diallo"
    assert "The name is corrected." in words(mine.get(done.url).text)
    assert Letter.objects.filter(kind="certificate_replaced").count() == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Amina Diallo", "This is the name that stands on the certificate already."),
        ("", "Write the name as it should be."),
        ("7-7", "Write the name with letters, in any script."),
    ],
)
def test_what_is_no_correction_is_told_at_the_field(amina, mine, issued, name, sentence):
    answer = mine.post(f"{page_of(amina)}name/", {"name": name})
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert Certificate.objects.count() == 1


def test_after_thirty_days_the_page_says_whom_to_write_to_and_nothing_is_corrected(
    amina, mine, owner, issued
):
    host = amina.registration.session.activity.host
    host.email = "seoul@miti.example"
    host.save()
    issued(amina.issued_at + 29 * DAY)
    second = actions.correct_name(certificate=amina, name="Aminata Diallo", by=owner)
    issued(amina.issued_at + 31 * DAY)
    mine.force_login(owner)
    for page in (page_of(second), f"{page_of(second)}name/"):
        text = words(mine.get(page).text)
        assert "You could correct it yourself until 7 January 2027." in text, (
            "a new edition gives no new time"
        )
        assert "seoul@miti.example" in text
        assert "Make the new edition" not in text
    answer = mine.post(f"{page_of(second)}name/", {"name": "Amy"})
    assert answer.status_code == 422
    assert not Certificate.objects.filter(edition=3).exists()


@pytest.mark.parametrize("clock", ["Pacific/Pago_Pago", "Europe/Paris", "Pacific/Kiritimati"])
def test_on_the_whole_of_the_last_day_that_is_told_the_name_is_corrected(amina, mine, owner, issued, clock):
    owner.timezone = clock
    owner.save()
    until = (amina.issued_at + 30 * DAY).astimezone(ZoneInfo(clock))
    evening = until.replace(hour=23, minute=59)
    issued(evening)
    mine.force_login(owner)
    assert f"Until {until.day} " in words(mine.get(page_of(amina)).text)
    assert mine.post(f"{page_of(amina)}name/", {"name": "Aminata Diallo"}).status_code == 302
    assert Certificate.objects.filter(edition=2, facts__name="Aminata Diallo").exists()


def test_the_name_is_hidden_and_shown_again(amina, mine):
    answer = mine.post(f"{page_of(amina)}visibility/", {"shown": "0"}, follow=True)
    assert "Your name is hidden." in words(answer.text)
    assert "Amina Diallo" in words(answer.text), "the owner reads it"
    assert "Amina" not in seen(amina)
    answer = mine.post(f"{page_of(amina)}visibility/", {"shown": "1"}, follow=True)
    assert "Whoever has the code reads your name again." in words(answer.text)
    assert "Amina" in seen(amina)
    assert mine.get(f"{page_of(amina)}visibility/").url == page_of(amina)


def test_withdrawn_the_owner_alone_reads_why_and_still_hides_the_name(amina, mine, by):
    actions.withdraw(certificate=amina, why="It was issued to another Amina.", by=by)
    assert "It was issued to another Amina." in seen(amina, mine)
    assert "It was issued to another Amina." not in seen(amina)
    assert "Sign in to read why: it is told to you alone." in seen(amina)
    mine.post(f"{page_of(amina)}visibility/", {"shown": "0"})
    assert "Amina Diallo" not in seen(amina)
    text = words(mine.get(f"{page_of(amina)}name/").text)
    assert "This certificate was withdrawn or replaced, so its name stays as it is." in text
    assert mine.post(f"{page_of(amina)}name/", {"name": "Amy"}).status_code == 422


def test_replaced_it_is_neither_hidden_nor_corrected_and_leads_on(amina, mine, owner, issued):
    new = actions.correct_name(certificate=amina, name="Aminata Diallo", by=owner)
    text = mine.get(page_of(amina)).text
    assert page_of(new) in text
    assert "Hide my name" not in text
    answer = mine.post(f"{page_of(amina)}visibility/", {"shown": "0"}, follow=True)
    assert "This certificate was withdrawn or replaced meanwhile." in words(answer.text)
    assert page_of(new) in mine.get(f"{page_of(amina)}name/").text


@pytest.mark.parametrize("what", ["name", "visibility"])
def test_nobody_else_may(amina, what):
    address = f"{page_of(amina)}{what}/"
    host = amina.registration.session.activity.host
    client = Client()
    assert client.post(address).url.startswith("/accounts/login/")
    for person in (cast.person("A Stranger"), cast.coordinator(host), cast.secretary()):
        client.force_login(person)
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Mallory", "shown": "0"}).status_code == 404
    amina.refresh_from_db()
    assert not amina.name_hidden
    assert Certificate.objects.count() == 1
