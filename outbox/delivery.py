"""How letters leave.

A letter is claimed by an UPDATE that repeats what must still be true; who did not change the row leaves the letter alone.
Then it is sent, and marked as sent under the same claim. Between the mail server's 250 and the commit of that mark lies the
one moment in which a crash makes a letter go out twice (docs/letters.md); everything else arrives once.
"""

import logging
import os
import smtplib
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError, connection, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from outbox import heartbeat, outages
from outbox.message import message_of
from outbox.models import Letter, LetterQuerySet
from outbox.smtp_answers import CLOSING, DeliveryFailure, failure_of

logger = logging.getLogger(__name__)

# How long a letter is tried again before it is given up: after the first try, and so on; about two days in all.
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
MOST_ATTEMPTS = len(DELAYS) + 1

ROUND_SECONDS = 25  # a round ends before the beat calls for the next


def send_due(*, seconds: float = ROUND_SECONDS) -> int:
    """Send what is due, the urgent first and then oldest first, for so many seconds, over one connection.

    Rounds at the same time share the work. While the mail server is ill, one of them looks whether it is well again, and the
    others end at once. Answers how many letters went out.
    """
    until = time.monotonic() + seconds
    sent = 0
    with mail_connection() as mail:
        while time.monotonic() < until:
            was_ill = not mail.is_open and outages.is_on()  # who is let in already goes on
            if was_ill and not has_recovered(mail):
                return sent
            letter = claim(Letter.objects.all(), timezone.now())
            if letter is None:
                if was_ill:
                    outages.end()  # as far as one can know without a letter
                break
            if send(letter, mail):
                sent += 1
                heartbeat.letters_flow()
            elif letter.held_by_server:
                return sent  # the others would wait out its time-outs for nothing
    heartbeat.letters_flow()
    return sent


def has_recovered(mail: "MailConnection") -> bool:
    """Whether the mail server lets us in again. Asked without a letter, which would be put off for nothing."""
    if not outages.claim_check(timezone.now()):
        return False
    try:
        mail.connect()
    except Exception as error:  # whatever it is, no letter could go
        outages.begin(failure_of(error, connected=False), now=timezone.now())
        return False
    return True


def release_abandoned(*, now: datetime | None = None) -> int:
    """Take the letters back that a dead worker held. Answers how many."""
    now = now or timezone.now()
    abandoned = Letter.objects.abandoned(now)
    freed = {"claimed_at": None, "claimed_by": "", "next_try_at": now}
    reason = "The worker that had claimed it was not heard of again."
    given_up = abandoned.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=unless_stopped(Letter.State.FAILED), last_error=reason, **freed
    )
    waiting = abandoned.update(state=unless_stopped(Letter.State.WAITING), last_error=reason, **freed)
    if given_up or waiting:
        logger.warning("%s letters were taken back from workers not heard of again.", given_up + waiting)
    return given_up + waiting


def mark_too_late(*, now: datetime | None = None) -> int:
    """Mark the waiting letters that are too late for what they say; a code in them is forgotten. Answers how many."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING, useless_after__lte=now or timezone.now())
    secret = waiting.filter(secret=True).update(state=Letter.State.TOO_LATE, **erased_contents())
    late = secret + waiting.update(state=Letter.State.TOO_LATE)
    if late:
        logger.warning("%s letters were not sent in time and are too late now.", late)
    return late


def claim(letters: LetterQuerySet, now: datetime) -> Letter | None:
    """Make the most urgent of the letters, or else the longest due, ours. None when none is left that nobody else takes."""
    with transaction.atomic():
        due = letters.due(now).order_by("-urgent", "next_try_at", "pk")
        letter = due.select_for_update(skip_locked=True, of=("self",)).first()
        if letter is None:
            return None
        name = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid.uuid4().hex}"
        changed = (
            Letter.objects.due(now)
            .filter(pk=letter.pk)
            .update(
                state=Letter.State.CLAIMED,
                claimed_at=now,
                claimed_by=name,
                attempts=letter.attempts + 1,
            )
        )
    if not changed:
        return None
    letter.state, letter.claimed_at, letter.claimed_by = Letter.State.CLAIMED, now, name
    letter.attempts += 1
    return letter


def send(letter: Letter, mail: "MailConnection") -> bool:
    """Send a letter that we claimed, and mark what became of it."""
    try:
        mail.send(letter)
    except Exception as error:  # one bad letter never holds up the others
        connected, now = mail.is_open, timezone.now()
        failure = failure_of(error, connected=connected)
        mail.close()
        if failure.server:
            outages.begin(failure, now=now)
        elif connected:
            outages.end()  # it answers: this was about the letter
        retry_or_give_up(letter, failure, now=now)  # last: who sees the letter wait again sees the outage too
        return False
    mark_sent(letter)
    outages.end()
    return True


class MailConnection:
    """The mail server, over one connection for all letters of a round."""

    def __init__(self) -> None:
        self.mailer: BaseEmailBackend | None = None

    @property
    def is_open(self) -> bool:
        return self.mailer is not None

    def send(self, letter: Letter) -> None:
        message = message_of(letter)
        self.connect()
        assert self.mailer is not None
        self.mailer.send_messages([message])

    def connect(self) -> None:
        """Be connected. Many mail servers end a connection after so many letters; that is no illness, we call again."""
        if self.mailer is not None and not answers(self.mailer):
            self.close()
        if self.mailer is None:
            mailer = mailers.default
            mailer.open()
            self.mailer = mailer

    def close(self) -> None:
        """Hang up. What the mail server says to that is no concern of the letters: it took or refused them before."""
        mailer, self.mailer = self.mailer, None
        if mailer is None:
            return
        try:
            mailer.close()
        except (OSError, smtplib.SMTPException) as error:
            logger.info("The mail server did not say goodbye: %s", error)


def answers(mailer: BaseEmailBackend) -> bool:
    """Whether the mail server is still at the other end. Letters written into files need none."""
    link = getattr(mailer, "connection", None)
    if link is None:
        return True
    try:
        code, _words = link.noop()
    except (OSError, smtplib.SMTPException):
        return False
    return bool(code != CLOSING)


@contextmanager
def mail_connection() -> Iterator[MailConnection]:
    mail = MailConnection()
    try:
        yield mail
    finally:
        mail.close()


def mark_sent(letter: Letter) -> None:
    """The mail server has it. A database that is away for a moment must not make us send it again: ask three times."""
    contents = erased_contents() if letter.secret else {}
    for patience in (1, 3, None):
        try:
            marked = claimed_by_us(letter).update(
                state=Letter.State.SENT,
                sent_at=timezone.now(),
                held_by_server=False,
                last_error="",
                **contents,
            )
            break
        except OperationalError:
            if patience is None:
                raise
            connection.close()
            time.sleep(patience)
    if not marked:
        logger.error("Letter %s was sent, but its claim had been taken back: it may go out twice.", letter.pk)


def erased_contents() -> dict[str, str]:
    """What is written over the contents of a secret letter that has done its work. The demonstration shows them."""
    return {} if settings.DEMO else {"text": "", "html": ""}


def retry_or_give_up(letter: Letter, failure: DeliveryFailure, *, now: datetime) -> None:
    """Back to waiting, each time longer; or given up, when no later try can help or there were enough."""
    letter.held_by_server = failure.server
    logger.warning("Letter %s did not go out (try %s): %s", letter.pk, letter.attempts, failure.reason)
    if failure.permanent or letter.attempts >= MOST_ATTEMPTS:
        claimed_by_us(letter).update(
            state=unless_stopped(Letter.State.FAILED),
            last_error=failure.reason,
            held_by_server=failure.server,
        )
        return
    claimed_by_us(letter).update(
        state=unless_stopped(Letter.State.WAITING),
        next_try_at=now + DELAYS[letter.attempts - 1],
        last_error=failure.reason,
        held_by_server=failure.server,
    )


def unless_stopped(state: Letter.State) -> Case:
    """This state; or stopped, where somebody wished so of many letters while a worker had this one in hand."""
    return Case(When(stopped_at__gte=F("claimed_at"), then=Value(Letter.State.STOPPED)), default=Value(state))


def claimed_by_us(letter: Letter) -> LetterQuerySet:
    """The letter, as long as our claim on it stands."""
    return Letter.objects.filter(pk=letter.pk, state=Letter.State.CLAIMED, claimed_by=letter.claimed_by)
