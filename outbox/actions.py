"""Letters are written, written again and stopped here, and nowhere else.

A letter is a row, written in the transaction of the change it tells of: both happen or neither. After the commit it is
handed to a worker; should that fail, the worker's own rounds find it (outbox/delivery.py sends).
"""

import uuid
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from outbox import outages, usefulness
from outbox.errors import Refused
from outbox.handover import call_for_a_round
from outbox.history import as_sent, is_history
from outbox.models import Letter
from outbox.rendering import LONGEST_NAME, fitting, fitting_key, one_line, render
from outbox.unsubscribing import unsubscribe_headers, unsubscribe_url


class NotInTransaction(Exception):
    """A letter was written outside of the transaction of the change that it tells of."""


def write_letter(
    *,
    kind: str,
    key: str,
    person: AbstractBaseUser | None,
    to: str | None = None,
    template: str,
    context: Mapping[str, Any],
    about: str = "",
    from_name: str = "",
    reply_to: str = "",
    calendar: str | bytes = "",
    calendar_method: str = "",
    transactional: bool = True,
    secret: bool = False,
    urgent: bool = False,
    useless_after: datetime | None = None,
    now: datetime | None = None,
) -> Letter | None:
    """Write a letter to `person` (at `to`, or else at their own address). Call it inside `transaction.atomic()`.

    `key` names what, about which row, to whom, which occurrence ("confirmed/registration/12/1"): a letter is written once.
    None is returned when it was written before. `transactional=False` is for letters that a person may refuse (news): they
    carry the one-click way out of RFC 8058. `secret=True` is for letters that open a door (a code to sign in): their text is
    forgotten once they are sent. `urgent=True` is for letters that somebody sits and waits for: they go before the others.
    After `useless_after` it says nothing any more, so it is not sent then; the usual moments are in outbox/usefulness.py.
    Without a person, language and clock are those of the request.
    """
    refuse_outside_of_transaction(key)
    letter = worded(
        kind=kind,
        person=person,
        template=template,
        context=context,
        from_name=from_name,
        reply_to=reply_to,
        transactional=transactional,
        useless_after=useless_after,
        now=now or timezone.now(),
    )
    letter.key, letter.about, letter.secret, letter.urgent = fitting_key(key), about, secret, urgent
    letter.to = one_line(to or str(getattr(person, "email", "")))
    letter.calendar = calendar.decode() if isinstance(calendar, bytes) else calendar
    letter.calendar_method = calendar_method
    return letter if put(letter) else None


def write_letters(letters: Sequence[Letter]) -> int:
    """Write many at once, in a few statements. Answers how many; those written before are left out.

    Word one with `worded` and make each of the others from it with `addressed`. Call it inside `transaction.atomic()`.
    One call for a round has a worker send them all over one connection.
    """
    if not letters:
        return 0
    refuse_outside_of_transaction(letters[0].key)
    keys = [letter.key for letter in letters]
    known = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [letter for letter in letters if letter.key not in known]
    if is_history():
        new = [as_sent(letter) for letter in new]
    Letter.objects.bulk_create(new, batch_size=200, ignore_conflicts=True)
    if new and not is_history():
        transaction.on_commit(call_for_a_round, robust=True)
    return len(new)


def refuse_outside_of_transaction(key: str) -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction(f"The letter “{key}” was written outside of transaction.atomic().")


def worded(
    *,
    kind: str,
    person: AbstractBaseUser | None,
    template: str,
    context: Mapping[str, Any],
    from_name: str = "",
    reply_to: str = "",
    transactional: bool = True,
    useless_after: datetime | None = None,
    now: datetime,
) -> Letter:
    """The letter in the person's language and clock, not yet addressed nor written down.

    Without a moment of its own it is news, and useless when news is.
    """
    language = getattr(person, "language", None) or translation.get_language() or settings.LANGUAGE_CODE
    zone = getattr(person, "zone", None) or timezone.get_current_timezone()
    way_out = "" if transactional else unsubscribe_url(person=person, kind=kind, language=language)
    frame = {"person": person, "from_name": from_name, "reply_to": reply_to, "unsubscribe_url": way_out}
    rendered = render(template, {**frame, **context}, language=language, zone=zone)
    return Letter(
        kind=kind,
        person_id=person.pk if person else None,
        language=language,
        from_name=fitting(one_line(from_name), LONGEST_NAME),
        reply_to=one_line(reply_to),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        headers=unsubscribe_headers(way_out) if way_out else {},
        message_id=new_message_id(),
        written_at=now,
        next_try_at=now,
        useless_after=useless_after or usefulness.of_news(now),
    )


def addressed(
    letter: Letter,
    *,
    key: str,
    about: str,
    person: AbstractBaseUser,
    blanks: Mapping[str, str],
    calendar: str = "",
    calendar_method: str = "",
) -> Letter:
    """A copy of a letter that was worded with blanks, filled for one person. `blanks` holds their words by blank.

    A blank is a text that occurs nowhere else. The subject has none.
    """
    copied = copy(letter)
    for blank, words in blanks.items():
        copied.text = copied.text.replace(blank, words)
        copied.html = copied.html.replace(blank, escape(words))
    copied.key, copied.about, copied.message_id = fitting_key(key), about, new_message_id()
    copied.person_id, copied.to = person.pk, one_line(str(getattr(person, "email", "")))
    copied.calendar, copied.calendar_method = calendar, calendar_method
    return copied


def put(letter: Letter) -> bool:
    """Insert the letter, and have it handed over after the commit. False when one with its key is there already.

    A savepoint, not ON CONFLICT DO NOTHING: we need the new row's number. A twin in another transaction is waited for.
    """
    if is_history():
        as_sent(letter)
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        if Letter.objects.filter(key=letter.key).exists():
            return False
        raise
    if not is_history():
        transaction.on_commit(call_for_a_round, robust=True)
    return True


@transaction.atomic
def resend(*, letter: Letter, by: AbstractBaseUser | None, now: datetime | None = None) -> Letter:
    """Let a letter go (again), now. Raises Refused when it is just being sent, or when its text is forgotten.

    One that never arrived (given up, stopped, too late, waiting) goes as itself. One that was sent stays as it is, and a
    copy goes; asked twice while the copy waits, the answer is the same copy. What is useless already goes all the
    same, since somebody wants it to: it has as long as news. It goes to the address the person has today.
    """
    now = now or timezone.now()
    outages.look_again_at_once()
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state == Letter.State.CLAIMED:
        raise Refused(_("This letter is being sent at this moment. Look again in a minute."))
    if not letter.text:
        raise Refused(_("The text of this letter is no longer kept, so it cannot be sent again."))
    if letter.state == Letter.State.SENT:
        return copy_under_way(letter) or write_copy(letter, by=by, now=now)
    letter.state = Letter.State.WAITING
    letter.to = address_today(letter)
    letter.attempts = 0
    letter.next_try_at = now
    letter.useless_after = usefulness.once_more(letter.useless_after, now)
    letter.resent_at, letter.resent_by_id = now, by.pk if by else None
    letter.save(
        update_fields=["state", "to", "attempts", "next_try_at", "useless_after", "resent_at", "resent_by"]
    )
    transaction.on_commit(call_for_a_round, robust=True)
    return letter


def address_today(letter: Letter) -> str:
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
        to=address_today(letter),
        written_at=now,
        next_try_at=now,
        useless_after=usefulness.once_more(letter.useless_after, now),
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
        raise Refused(
            _("This letter can no longer be stopped: it is on its way, sent, given up or too late.")
        )
    return letter


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
