"""Letters are written, written again and stopped here, and nowhere else.

A letter is a row, written in the transaction of the change it tells of: both happen or neither. After the commit it is
handed to a worker; should that fail, the worker's own rounds find it (outbox/delivery.py sends).
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, connection, transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox import expiry, outages
from outbox.about import about
from outbox.backdating import as_sent, is_backdating
from outbox.errors import Refused
from outbox.holding import held_until, release
from outbox.kinds import waits_for_morning
from outbox.models import Letter
from outbox.new_letter import NewLetter, worded
from outbox.quiet_hours import when_it_may_come
from outbox.rendering import LONGEST_NAME, fitting, fitting_key, one_line
from outbox.unsubscribing import unsubscribe_headers
from outbox.wakeup import wake_worker


class NotInTransaction(Exception):
    """A letter was written outside of the transaction of the change that it tells of."""


def write_letter(letter: NewLetter) -> Letter | None:
    """Write a letter. None is returned when one with its key was written before.

    Call it inside `transaction.atomic()`, with the change that it tells of; raises NotInTransaction outside of one.
    """
    refuse_outside_of_transaction(letter.key)
    row = row_of(letter)
    if not letter.is_first:
        release([row.about])
    return row if put(row) else None


def write_letters(letters: Sequence[NewLetter]) -> int:
    """Write many at once, in a few statements. Answers how many; those written before are left out.

    Call it inside `transaction.atomic()`; raises NotInTransaction outside of one. One call for a round has a worker send
    them all over one connection.
    """
    if not letters:
        return 0
    refuse_outside_of_transaction(letters[0].key)
    keys = [fitting_key(letter.key) for letter in letters]
    known = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [row_of(letter) for key, letter in zip(keys, letters, strict=True) if key not in known]
    if is_backdating():
        new = [as_sent(row) for row in new]
    release({row.about for row in new})
    Letter.objects.bulk_create(new, batch_size=200, ignore_conflicts=True)
    if new and not is_backdating() and held_until() is None:
        transaction.on_commit(wake_worker, robust=True)
    return len(new)


def refuse_outside_of_transaction(key: str) -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction(f"The letter “{key}” was written outside of transaction.atomic().")


def row_of(letter: NewLetter) -> Letter:
    """The letter as a row that is not written down yet, with its words."""
    now = letter.now or timezone.now()
    words = letter.words or worded(letter)
    useless_after = letter.useless_after or expiry.for_news(now)
    waits = waits_for_morning(letter.kind) and not (letter.urgent or letter.at_any_hour)
    may_come = when_it_may_come(letter.person, letter.zone, now, useless_after) if waits else now
    return Letter(
        key=fitting_key(letter.key),
        kind=letter.kind,
        about=about(letter.about) if letter.about else "",
        person_id=letter.person.pk if letter.person else None,
        to=one_line(letter.to or str(getattr(letter.person, "email", ""))),
        language=letter.language,
        from_name=fitting(one_line(letter.from_name), LONGEST_NAME),
        reply_to=one_line(letter.reply_to),
        subject=words.subject,
        text=words.text,
        html=words.html,
        calendar=letter.calendar,
        calendar_method=letter.calendar_method,
        headers=unsubscribe_headers(letter.way_out) if letter.way_out else {},
        secret=letter.secret,
        urgent=letter.urgent,
        message_id=new_message_id(),
        written_at=now,
        next_try_at=max(may_come, held_until() or may_come),
        useless_after=useless_after,
    )


def put(letter: Letter) -> bool:
    """Insert the letter, and have it handed over after the commit. False when one with its key is there already.

    A savepoint, not ON CONFLICT DO NOTHING: we need the new row's number. A twin in another transaction is waited for.
    """
    if is_backdating():
        as_sent(letter)
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        if Letter.objects.filter(key=letter.key).exists():
            return False
        raise
    if not is_backdating() and held_until() is None:
        transaction.on_commit(wake_worker, robust=True)
    return True


@transaction.atomic
def resend(*, letter: Letter, by: AbstractBaseUser | None, now: datetime | None = None) -> Letter:
    """Let a letter go (again), now. Raises Refused when it is just being sent, or when its text is forgotten.

    One that never arrived (given up, stopped, too late, waiting) goes as itself. One that was sent stays as it is, and a
    copy goes; asked twice while the copy waits, the answer is the same copy. What is useless already goes all the
    same, since somebody wants it to: it has as long as news. It goes to the address the person has today.
    """
    now = now or timezone.now()
    outages.check_at_once()
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if refusal := refusal_to_resend(letter):
        raise refusal
    if letter.state == Letter.State.SENT:
        return copy_under_way(letter) or write_copy(letter, by=by, now=now)
    letter.state = Letter.State.WAITING
    letter.to = current_email(letter)
    letter.attempts = 0
    letter.next_try_at = now
    letter.useless_after = expiry.when_resent(letter.useless_after, now)
    letter.resent_at, letter.resent_by_id = now, by.pk if by else None
    letter.save(
        update_fields=["state", "to", "attempts", "next_try_at", "useless_after", "resent_at", "resent_by"]
    )
    transaction.on_commit(wake_worker, robust=True)
    return letter


def refusal_to_resend(letter: Letter) -> Refused | None:
    """Why the letter cannot be sent again now; None where it can."""
    if letter.state == Letter.State.CLAIMED:
        return Refused(_("This letter is being sent at this moment. Look again in a minute."))
    if not letter.text:
        return Refused(_("The text of this letter is no longer kept, so it cannot be sent again."))
    return None


def current_email(letter: Letter) -> str:
    """Where the letter goes when it is sent again: to the person's address as it is now, or where it went to nobody we know.

    A letter that opens a door goes where it was meant to go, and nowhere else.
    """
    person = letter.person
    if letter.secret or person is None or not person.is_active or not person.email:
        return letter.to
    return one_line(person.email)


def readdress(*, person: AbstractBaseUser, former: str, to: str) -> int:
    """The person has another address: what still waits for the former one goes there. Answers how many."""
    waiting = Letter.objects.filter(person_id=person.pk, state=Letter.State.WAITING, secret=False)
    return waiting.filter(to__iexact=former).update(to=one_line(to))


def copy_under_way(letter: Letter) -> Letter | None:
    return letter.copies.unsent().first()


def write_copy(letter: Letter, *, by: AbstractBaseUser | None, now: datetime) -> Letter:
    """The same letter as a new row: who reads the list sees both, and when each went."""
    number = letter.copies.count() + 1
    copy = Letter(
        key=fitting_key(f"{letter.key}/resend/{number}"),
        message_id=new_message_id(),
        copy_of=letter,
        to=current_email(letter),
        written_at=now,
        next_try_at=now,
        useless_after=expiry.when_resent(letter.useless_after, now),
        resent_at=now,
        resent_by_id=by.pk if by else None,
        **{name: getattr(letter, name) for name in COPIED},
    )
    if not put(copy):
        raise Refused(_("This letter was sent again just now."))
    return copy


COPIED = (
    "kind",
    "about",
    "person",
    "language",
    "from_name",
    "reply_to",
    "subject",
    "text",
    "html",
    "calendar",
    "calendar_method",
    "headers",
    "secret",
    "urgent",
)


def stop(*, letter: Letter, by: AbstractBaseUser | None, now: datetime | None = None) -> Letter:
    """Keep a waiting letter from going. Raises Refused when it is on its way or gone; stopped twice is stopped."""
    now = now or timezone.now()
    waiting = Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING)
    stopped = waiting.update(state=Letter.State.STOPPED, stopped_at=now, stopped_by_id=by.pk if by else None)
    letter.refresh_from_db()
    if not stopped and letter.state != Letter.State.STOPPED:
        raise Refused(CANNOT_BE_STOPPED)
    return letter


def stop_all(*, letters: QuerySet[Letter], by: AbstractBaseUser | None, now: datetime | None = None) -> int:
    """Keep those of the letters that wait from going. Answers how many; the others are on their way, or gone.

    One that a worker has in hand may still leave; where this try fails it is not tried again (`delivery.unless_stopped`).
    """
    now = now or timezone.now()
    letters.filter(state__in=[Letter.State.WAITING, Letter.State.CLAIMED]).update(
        state=Case(When(state=Letter.State.WAITING, then=Value(Letter.State.STOPPED)), default=F("state")),
        stopped_at=now,
        stopped_by_id=by.pk if by else None,
    )
    return letters.filter(state=Letter.State.STOPPED, stopped_at=now).count()


CANNOT_BE_STOPPED = _("This letter can no longer be stopped: it is on its way, sent, given up or too late.")


def forget_text(letters: QuerySet[Letter]) -> None:
    """What these letters say goes, because they quote a person who is erased. To whom they went, and when, stays.

    One that has not left never will.
    """
    letters.filter(state__in=[Letter.State.WAITING, Letter.State.FAILED, Letter.State.STOPPED]).delete()
    letters.update(
        subject=ERASED, text="", html="", calendar="", headers={}, from_name="", reply_to="", last_error=""
    )


ERASED = "(erased)"


def new_message_id() -> str:
    """Fixed when the letter is written: should it ever arrive twice, mail programs can tell that it is one letter."""
    domain = parseaddr(settings.LETTERS_FROM)[1].rpartition("@")[2]
    return f"<{uuid.uuid4()}@{domain}>"
