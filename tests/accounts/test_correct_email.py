"""Staff correct an e-mail address on their word: written down, proven at the next sign-in, and letters follow."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.actions import EmailRefused, correct_email
from accounts.models import User
from outbox.actions import resend
from outbox.models import Letter
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_desk_corrects_an_address_and_writes_down_why():
    official = cast.person("Ada Mensah", email="ada@cty.example", language="fr")
    secretary = cast.secretary()
    client = Client()
    client.force_login(secretary)
    page = f"{reverse('admin:accounts_user_correction')}?ids={official.pk}"
    assert client.post(page, {"email": "ada@city.example", "why": ""}).status_code == 422
    assert client.post(page, {"email": "Ada@City.Example", "why": "She called."}).status_code == 302
    official.refresh_from_db()
    assert official.email == "ada@city.example"
    (address,) = EmailAddress.objects.filter(user=official)
    assert (address.email, address.primary, address.verified) == ("ada@city.example", True, False)
    history = client.get(reverse("admin:accounts_user_history", args=[official.pk])).content.decode()
    for words in ("She called.", "ada@cty.example", "ada@city.example", str(secretary)):
        assert words in history
    former, new = (
        Letter.objects.get(kind="account_note", to=to) for to in ("ada@cty.example", official.email)
    )
    assert (former.language, new.language) == ("fr", "fr")
    assert "ada@city.example" not in former.subject + former.text + former.html


def test_a_letter_refused_as_unknown_goes_to_the_new_address_and_one_with_a_code_does_not():
    official = cast.person(email="ada@cty.example")
    cast.register(cast.session(), official)
    confirmation = Letter.objects.get(kind="confirmation")
    cast.register(cast.session(), official)
    waiting = Letter.objects.exclude(pk=confirmation.pk).get(kind="confirmation")
    Letter.objects.filter(pk=confirmation.pk).update(state="failed", last_error="550 5.1.1 User unknown")
    failed = {"key": "a code", "message_id": "<code@test>", "text": "1234-5678", "state": "failed"}
    code = Letter.objects.create(person=official, to=official.email, secret=True, **failed)
    correct_email(person=official, email="ada@city.example", why="She called.", by=cast.secretary())
    waiting.refresh_from_db()
    assert waiting.to == "ada@city.example"
    assert resend(letter=confirmation, by=None).to == "ada@city.example"
    assert resend(letter=code, by=None).to == "ada@cty.example"
    Letter.objects.filter(pk=waiting.pk).update(
        state="sent", sent_at=waiting.written_at, to="ada@cty.example"
    )
    assert resend(letter=waiting, by=None).to == "ada@city.example", "a copy too"


@pytest.mark.parametrize("case", ["taken", "taken as a second address", "superuser", "own", "erased"])
def test_an_address_is_not_given_where_it_must_not(case):
    official, other, by = cast.person(), cast.person("Lin Chen"), cast.secretary()
    email = "free@city.example"
    match case:
        case "taken":
            email = other.email.upper()
        case "taken as a second address":
            EmailAddress.objects.create(user=other, email=email)
        case "superuser":
            official = cast.superuser()
        case "own":
            official = by
        case "erased":
            User.objects.filter(pk=official.pk).update(erased_at="2026-01-01T00:00Z")
    before = official.email
    with pytest.raises(EmailRefused) as refusal:
        correct_email(person=official, email=email, why="A list.", by=by)
    assert str(refusal.value.sentence)
    official.refresh_from_db()
    assert official.email == before
    assert not LogEntry.objects.filter(additional_data__done="address_corrected").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_get_the_same_address_at_once_one_has_it():
    people, by = [cast.person("Ada Mensah"), cast.person("Lin Chen")], cast.secretary()

    def give(person: User) -> bool:
        try:
            correct_email(person=person, email="one@city.example", why="A call.", by=by)
        except EmailRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(give, people)) == [False, True]
    assert User.objects.filter(email="one@city.example").count() == 1
