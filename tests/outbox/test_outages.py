"""A mail server that is ill: all workers know it after the first failure, one looks again from time to time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from outbox import delivery, outages
from outbox.actions import resend
from outbox.models import Letter, Outage
from outbox.smtp_answers import DeliveryFailure
from tests.outbox.letters import deliver, write
from tests.outbox.smtp_server import DROP, HANG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_templates")]


@pytest.mark.parametrize(
    ("stage", "answer"), [("CONNECT", HANG), ("CONNECT", "554 No mail here"), ("MAIL", "550 Not you")]
)
def test_after_one_failure_nobody_asks_until_the_pause_is_over(person, smtp, stage, answer):
    smtp.always[stage] = answer
    for _ in range(3):
        write(person)
    delivery.send_due()
    assert Outage.objects.get().is_certain
    calls = smtp.connections
    assert [delivery.send_due(), delivery.send_due()] == [0, 0]
    assert smtp.connections == calls
    after_the_pause()
    delivery.send_due()
    assert Outage.objects.exists()
    tries = Letter.objects.values_list("attempts", flat=True)
    assert sum(tries) == (1 if stage == "CONNECT" else 2), (
        "looking costs no letter a try where no letter is needed"
    )
    smtp.behave()
    after_the_pause()
    assert delivery.send_due() == 3, "what it held up does not wait out its delay"
    assert not Outage.objects.exists()


def test_one_letter_broken_off_may_be_the_letter_two_are_not(person, smtp):
    smtp.answers["TEXT"] = [DROP, DROP]
    write(person)
    write(person)
    delivery.send_due()
    assert not Outage.objects.get().is_certain
    after_the_pause()
    delivery.send_due()
    assert Outage.objects.get().is_certain


def test_an_outage_ends_without_a_letter_too(smtp):
    fail()
    delivery.send_due()
    assert Outage.objects.exists()
    after_the_pause()
    delivery.send_due()
    assert not Outage.objects.exists()


def test_a_refused_recipient_shows_that_the_mail_server_is_well(person, smtp):
    fail()
    smtp.answers["RCPT"] = ["550 5.1.1 No such person"]
    deliver(write(person))
    assert not Outage.objects.exists()


def test_staff_who_send_again_have_somebody_look_at_once(person, smtp):
    letter = write(person)
    fail()
    resend(letter=letter, by=None)
    assert delivery.send_due() == 1


@pytest.mark.parametrize("goodbye", ["421 4.7.0 Enough for one connection", DROP])
def test_a_mail_server_that_ends_a_connection_after_some_letters_is_called_again(person, smtp, goodbye):
    smtp.answers["NOOP"] = ["250 ok", goodbye]
    letters = [write(person) for _ in range(4)]
    calls = smtp.connections
    assert delivery.send_due() == 4
    assert smtp.connections - calls == 2
    assert not Outage.objects.exists()
    assert set(
        Letter.objects.filter(pk__in=[each.pk for each in letters]).values_list("attempts", flat=True)
    ) == {1}


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_looks():
    fail()
    after_the_pause()

    def look(_worker: int) -> bool:
        try:
            return outages.claim_check(timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(look, range(6))) == [False] * 5 + [True]


def fail() -> None:
    outages.begin(DeliveryFailure("Connection refused", server=True, certain=True), now=timezone.now())


def after_the_pause() -> None:
    now = timezone.now()
    Outage.objects.update(next_look_at=now)
    Letter.objects.filter(state="waiting").update(next_try_at=now - timedelta(seconds=1))
