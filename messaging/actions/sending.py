"""A message is sent once, and its letters are written a part at a time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from hubs.models import Host
from registrations.actions.lock import lock_people

from .. import errors, letters
from ..groups import people_of
from ..models import Message
from .drafting import refuse_cancelled
from .lock import lock_message

# Of so many people at once: the session is locked no longer, and so much is done again should the worker be killed.
AT_ONCE = 200

A_DAY = timedelta(days=1)
MOST_OF_SESSION, MOST_OF_HOST, MOST_OF_PERSON = 5, 30, 20


@transaction.atomic
def send(*, message: Message, by: User, seen: datetime | None = None, now: datetime | None = None) -> Message:
    """From now on its letters are written (`write_part`). Sent before, by whomever, it answers the same and does nothing.

    `seen` is when the draft was written that was looked at. Raises ChangedMeanwhile where it is another by now,
    SessionCancelled, TooLate, NobodyThere, TooManyOfSession, TooManyOfHost, TooManyOfPerson.
    """
    message = lock_message(message)
    now = now or timezone.now()
    if not message.is_draft:
        return message
    if seen and seen != message.written_at:
        raise errors.ChangedMeanwhile
    refuse_cancelled(message.session)
    if message.useless_after and message.useless_after <= now:
        raise errors.TooLate
    refuse_too_many(message, by=by, now=now)
    message.people = people_of(message.session, message.groups).count()
    if not message.people:
        raise errors.NobodyThere
    message.sent_at, message.sent_by = now, by
    message.save(update_fields=["sent_at", "sent_by", "people"])
    return message


def refuse_too_many(message: Message, *, by: User, now: datetime) -> None:
    """Counted with the host and the person locked: of two at once one comes second."""
    of_a_day = Message.objects.sent_since(now - A_DAY)
    host = message.session.activity.host_id
    if of_a_day.filter(session=message.session).count() >= MOST_OF_SESSION:
        raise errors.TooManyOfSession(MOST_OF_SESSION)
    if host is not None:
        Host.objects.select_for_update(no_key=True).get(pk=host)
        if of_a_day.filter(session__activity__host=host).count() >= MOST_OF_HOST:
            raise errors.TooManyOfHost(MOST_OF_HOST)
    lock_people([by.pk])
    if of_a_day.filter(sent_by=by).count() >= MOST_OF_PERSON:
        raise errors.TooManyOfPerson(MOST_OF_PERSON)


@transaction.atomic
def write_part(*, message: Message, now: datetime | None = None) -> bool:
    """Write the letters of the next few people. Answers whether nothing is left to write, be it because it was withdrawn.

    Several may do so at once: each takes the next part. Who cancels meanwhile has either been written to before, or is not.
    """
    message = lock_message(message)
    now = now or timezone.now()
    if not message.is_being_written:
        return True
    of_groups = people_of(message.session, message.groups).filter(pk__gt=message.reached)
    part = list(of_groups.order_by("pk")[:AT_ONCE])
    # Who is being erased is waited for, and then left out.
    people = lock_people({registration.person_id for registration in part})
    there = [registration for registration in part if registration.person_id in people]
    for registration in there:
        registration.session, registration.person = message.session, people[registration.person_id]
    message.letters_written += letters.write(message, there, now=now)
    if len(part) < AT_ONCE:
        message.finished_at = now
        # Who registered meanwhile was written to, too.
        message.people = max(message.people, message.letters_written)
    else:
        message.reached = part[-1].pk
    message.save(update_fields=["letters_written", "reached", "finished_at", "people"])
    return message.finished_at is not None


def write_all(*, message: Message, now: datetime | None = None) -> None:
    while not write_part(message=message, now=now):
        pass
