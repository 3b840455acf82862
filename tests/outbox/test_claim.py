"""Who gets a letter when many reach for it at the same time, with real threads."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from outbox import delivery
from outbox.models import Letter
from tests.outbox.letters import write
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("example_templates")]

WORKERS = 8


@pytest.fixture
def person(transactional_db) -> User:
    return User.objects.create_user("amina@example.org", name="Amina Diallo", timezone="Africa/Dakar")


def test_of_many_workers_one_gets_the_letter(person):
    now = timezone.now()
    for _ in range(10):
        letter = write(person, now=now)
        claims = at_the_same_time(lambda pk=letter.pk: delivery.claim(Letter.objects.filter(pk=pk), now))
        winners = [claim for claim in claims if claim]
        assert len(winners) == 1
        letter.refresh_from_db()
        assert (letter.state, letter.attempts) == ("claimed", 1)
        assert letter.claimed_by == winners[0].claimed_by


def test_many_workers_get_a_letter_each(person):
    now = timezone.now()
    letters = [write(person, now=now) for _ in range(WORKERS)]
    claims = at_the_same_time(lambda: delivery.claim(Letter.objects.all(), now))
    # One may find nothing because the others hold what is left for a moment; nobody gets what another has.
    got = [claim.pk for claim in claims if claim]
    assert len(got) == len(set(got))
    assert set(got) <= {letter.pk for letter in letters}
    assert Letter.objects.filter(state="claimed", attempts=1).count() == len(got)


def test_a_worker_does_not_wait_for_a_letter_that_another_is_taking(person):
    now = timezone.now()
    taken, free = write(person, now=now), write(person, now=now)
    with transaction.atomic():
        Letter.objects.select_for_update().get(pk=taken.pk)
        (claim,) = at_the_same_time(lambda: delivery.claim(Letter.objects.all(), now), workers=1)
    assert claim.pk == free.pk


def test_without_the_condition_two_workers_get_the_same_letter(person):
    """The twin: read, then write. What `claim` is there to prevent does happen."""
    letter = write(person)
    both_have_read = threading.Barrier(2, timeout=PATIENCE)

    def read_then_write() -> bool:
        row = Letter.objects.get(pk=letter.pk)
        if row.state != Letter.State.WAITING:
            return False
        both_have_read.wait()
        row.state, row.claimed_at = Letter.State.CLAIMED, timezone.now()
        row.save()
        return True

    assert at_the_same_time(read_then_write, workers=2) == [True, True]


def at_the_same_time[Result](act: Callable[[], Result], workers: int = WORKERS) -> list[Result]:
    ready = threading.Barrier(workers, timeout=PATIENCE)

    def run() -> Result:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '60s'")  # who would wait for ever fails instead
            ready.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(workers)]]
