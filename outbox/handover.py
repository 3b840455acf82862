"""From the page to the worker: a hint that a letter is there.

Only a hint. The letter itself is in the database, and the worker's rounds (outbox/tasks.py) find it without the hint. So
nothing that is wrong with the broker may fail the page, nor hold it up for more than about a second, however many letters it
wrote.
"""

import logging
import time

import kombu.pools
from celery import Task, current_app
from kombu.connection import Connection

logger = logging.getLogger(__name__)

QUIET_SECONDS = 10  # after a failure no page tries again for so long
# The worker's connections wait for work and so wait longer; a page waits for a second, once.
IN_A_HURRY = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}

_quiet_until = 0.0


def hand_over(letter_id: int) -> bool:
    """Tell a worker of the letter. False when the broker does not answer, or did not a few seconds ago."""
    from outbox.tasks import deliver  # tasks call delivery, which writes letters' states: not at import

    return publish(deliver, letter_id)


def call_for_a_round() -> bool:
    """Tell a worker that there are many. One round takes them over one connection, and leaves the other workers free for
    the letter of somebody who waits for a code."""
    from outbox.tasks import send_many

    return publish(send_many)


def publish(task: Task, *arguments: int) -> bool:
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        with kombu.pools.producers[broker()].acquire(block=True, timeout=1) as producer:
            task.apply_async(arguments, producer=producer, retry=False)
    except Exception as error:  # whatever it is, it must not reach the page: the letters are safe
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("%s%s was not handed over; the next round does it: %s", task.name, arguments, error)
        return False
    return True


def broker() -> Connection:
    options = {**current_app.conf.broker_transport_options, **IN_A_HURRY}
    return current_app.connection_for_write(transport_options=options)
