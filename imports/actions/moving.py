from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Session
from outbox.reading import reading_as
from registrations import clocks
from registrations.actions import cancel, register
from registrations.actions.lock import lock_session
from registrations.letters.writing import reason_for
from registrations.models import Registration

from .. import errors


@transaction.atomic
def move(
    *,
    registration: Registration,
    to: Session,
    by: User,
    reason: Mapping[str, str],
    now: datetime | None = None,
) -> Registration:
    """Take somebody over to another session, or to another edition, with their place in line: who came first here is first
    there. The hours of registration there are passed; `reason` has texts by language. Answers the new registration.

    The letter that cancels the old one says where they are moved, that of the new one what awaits them there. Raises
    NotStanding, SameSession, TooLateToCancel, and what refuses a registration.
    """
    if to.pk == registration.session_id:
        raise errors.SameSession
    for number in sorted((to.pk, registration.session_id)):  # in the order of their numbers, as everywhere
        session = lock_session(number)
        if number == registration.session_id:
            left = session
        else:
            to = session
    now = now or timezone.now()
    registration = left.registrations.select_related("person").get(pk=registration.pk)
    if not registration.is_standing:
        raise errors.NotStanding
    same_host = left.activity.host_id == to.activity.host_id
    moved = register(
        session=to,
        person=registration.person,
        by=by,
        note=registration.note if same_host else "",
        ground=registration.ground,
        # Another host sees no more than the address until the person agrees.
        discloses=registration.discloses and same_host,
        why=next(iter(reason.values()), ""),
        came_at=registration.queued_at,
        now=now,
    )
    cancel(registration=registration, by=by, reason=with_place(reason, registration.person, to), now=now)
    return moved


def with_place(reason: Mapping[str, str], person: User, to: Session) -> dict[str, str]:
    """The reason as the person reads it: first where they are moved."""
    with reading_as(person):
        place = _("You are moved to “%(title)s”, %(when)s; a letter of its own tells more.") % {
            "title": to.activity.title,
            "when": clocks.moment(to.starts_at, to),
        }
    return {person.language: f"{place} {reason_for(person, reason)}".strip()}
