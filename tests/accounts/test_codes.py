"""How many codes go to one e-mail address, and how often one may be guessed: also when many try at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import codes
from accounts.models import CodeAsked, CodeTries, User
from accounts.tasks import forget_unproven
from outbox.models import Letter
from tests import cast
from tests.waiting import PATIENCE

from .signing_in import ask_for_code, code_in_letter

CODE = "/accounts/login/code/confirm/"
WRONG = "0000-0001"


def coming_from(ip: str):
    return RequestFactory().post("/", REMOTE_ADDR=ip)


def asks(email: str, ip: str = "192.0.2.7", times: int = 1, *, after: timedelta = timedelta()) -> str:
    """Ask so often, each a little later. Answers why it was refused, or nothing."""
    for number in range(times):
        try:
            codes.count_code(coming_from(ip), email, now=NOW + after + number * timedelta(milliseconds=10))
        except codes.TooManyCodes as too_many:
            return too_many.sentence
    return ""


NOW = timezone.now()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("every", "for_so_long", "at_most"),
    [
        (timedelta(seconds=50), timedelta(hours=1), 6),
        (timedelta(minutes=25), timedelta(days=1), 12),
        (timedelta(minutes=50), timedelta(days=2), 24),
    ],
)
def test_a_mailbox_gets_few_codes_an_hour_and_a_day(every, for_so_long, at_most):
    """As somebody's program would ask who fills a stranger's mailbox."""
    sent, after = 0, timedelta()
    while after < for_so_long:
        sent += not asks("stranger@city.example", after=after)
        after += every
    assert sent == at_most


@pytest.mark.django_db
def test_asking_from_many_networks_does_not_help_and_does_not_shut_the_person_out():
    assert "this address" in asks("rosa@city.example", "198.51.100.3", times=7, after=timedelta())
    for minute in range(6):
        asks("rosa@city.example", "198.51.100.3", after=minute * timedelta(minutes=2))
    assert not asks("Rosa@city.example", "203.0.113.9", after=timedelta(minutes=13))
    for number in range(40):
        asks("rosa@city.example", f"10.0.{number}.1", after=timedelta(minutes=14))
    assert CodeAsked.objects.count() == 12


@pytest.mark.django_db
def test_a_training_room_of_sixty_gets_its_codes():
    for number in range(60):
        assert not asks(f"official.{number}@city.example", times=2)
    for number in range(40):
        refused = asks(f"another.{number}@city.example")
    assert refused == (
        "Very many codes were asked from your network, perhaps by people around you. "
        "You can ask again in 1 minute."
    )
    assert not asks("elsewhere@city.example", "203.0.113.9")


@pytest.mark.django_db
def test_a_line_of_ipv6_is_one_network():
    request = coming_from("2001:db8:7:1:aaaa::1")
    assert codes.network_of(request) == codes.network_of(coming_from("2001:db8:7:1:bbbb::2"))
    assert codes.network_of(request) != codes.network_of(coming_from("2001:db8:7:2::1"))


@pytest.mark.parametrize(
    ("wait", "says"),
    [
        (timedelta(seconds=3), "in 1 minute."),
        (timedelta(seconds=61), "in 2 minutes."),
        (timedelta(minutes=91), "in 2 hours."),
        (timedelta(hours=23, minutes=50), "in 24 hours."),
    ],
)
def test_for_how_long_is_told(wait, says):
    assert codes.wait_sentence(wait).endswith(says)


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/accounts/login/", "a session", "another code"])
def test_the_refusal_is_told_where_one_asked_and_nothing_typed_is_lost(client, where):
    page = f"/sessions/{cast.session().pk}/registration/" if where == "a session" else "/accounts/login/"
    for _i in range(3):
        assert client.post(page, {"email": "kofi@city.example", "agreed": "on"}).status_code == 302
    if where == "another code":
        answer = client.post(CODE, {"another": "1"}, follow=True)
    else:
        answer = client.post(page, {"email": "kofi@city.example", "note": "By wheelchair", "agreed": "on"})
        assert answer.status_code == 429
        assert ("By wheelchair" in answer.text) == (where == "a session")
    assert "Several codes were asked for this address already" in answer.text
    assert "kofi@city.example" in answer.text
    assert Letter.objects.count() == 3


@pytest.mark.django_db
def test_letters_to_a_new_address_of_ones_own_are_counted_too(client):
    client.force_login(cast.person())
    for _i in range(3):
        asks("victim@city.example", "127.0.0.1", after=timezone.now() - NOW)
    answer = client.post("/accounts/email/", {"action_add": "", "email": "victim@city.example"}, follow=True)
    assert "Several codes were asked for this address already" in answer.text
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_an_address_that_nobody_proved_is_no_row_and_its_counts_are_swept(client):
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        ask_for_code(client, "typo@city.example")
        client.post(CODE, {"code": WRONG})
    assert not User.objects.exists()
    assert (CodeAsked.objects.count(), CodeTries.objects.count()) == (1, 1)
    assert "typo" not in repr(list(CodeAsked.objects.values())) + repr(list(CodeTries.objects.values()))
    forget_unproven()
    assert not Letter.objects.exists()
    assert (CodeAsked.objects.count(), CodeTries.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_an_account_made_meanwhile_is_found_and_one_shut_out_stays_out(client):
    asked, other = ask_for_code(client, "new@city.example"), Client()
    code = code_in_letter("new@city.example")
    cast.person(email="new@city.example", is_active=False)
    client.post(asked.url, {"code": code})
    assert client.get("/me/").status_code == 302
    User.objects.update(is_active=True)
    asked = ask_for_code(other, "new@city.example")
    other.post(asked.url, {"code": code_in_letter("new@city.example")})
    assert other.get("/me/").status_code == 200
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_tries_that_the_session_forgot_are_counted(client):
    """Requests that meet read the same session, and the last one to write it counts alone."""
    amina = cast.person()
    ask_for_code(client, amina.email)
    before = client.session["account_login"]
    for _i in range(5):
        client.post(CODE, {"code": WRONG})
        session = client.session
        session["account_login"] = before
        session.save()
    client.post(CODE, {"code": code_in_letter(amina.email)})
    assert client.get("/me/").status_code == 302


@pytest.mark.django_db
def test_a_code_for_a_new_address_is_tried_as_seldom(client):
    amina = cast.person()
    client.force_login(amina)
    asked = client.post("/accounts/email/", {"action_add": "", "email": "amina@new.example"})
    before = client.session["account_email_verification_code"]
    for _i in range(5):
        client.post(asked.url, {"code": WRONG})
        session = client.session
        session["account_email_verification_code"] = before
        session.save()
    client.post(asked.url, {"code": before["code"]})
    amina.refresh_from_db()
    assert amina.email != "amina@new.example"


# At once: real threads, each with its own connection to PostgreSQL


def in_threads(call, how_many: int) -> list:
    def closing(number: int):
        try:
            return call(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(how_many) as pool:
        return list(pool.map(closing, range(how_many)))


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_five_are_looked_at():
    looked = in_threads(lambda _n: codes.may_try("1234-5678", for_whom="a@city.example"), 16)
    assert sum(looked) == 5


@pytest.mark.django_db(transaction=True)
def test_counting_after_reading_would_let_more_through():
    """The twin: what a count without one statement for it does, so that the test above can fail."""
    all_have_read = threading.Barrier(8)
    CodeTries.objects.create(code="x")

    def read_then_write(_number: int) -> bool:
        row = CodeTries.objects.get(code="x")
        all_have_read.wait(timeout=PATIENCE)
        CodeTries.objects.filter(code="x").update(tries=row.tries + 1)
        return row.tries < codes.MOST_TRIES

    assert sum(in_threads(read_then_write, 8)) == 8


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_three_get_a_letter():
    assert in_threads(lambda _n: asks("a@city.example"), 8).count("") == 3


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_more_would(monkeypatch):
    all_are_here = threading.Barrier(8)
    longest_wait = codes.longest_wait

    def read_together(counts, now):
        wait = longest_wait(counts, now)
        all_are_here.wait(timeout=PATIENCE)
        return wait

    monkeypatch.setattr(codes, "wait_for_turn", lambda _address: None)
    monkeypatch.setattr(codes, "longest_wait", read_together)
    assert in_threads(lambda _n: asks("a@city.example"), 8).count("") == 8
