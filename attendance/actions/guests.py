"""Walk-ins: typed at the door, asked by letter, then registered; or forgotten, all but that somebody was there."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.whose import owner_of
from catalog.models import Meeting, Session
from desk.audit import note as write_down
from registrations import actions as registrations
from registrations.models import Registration

from .. import errors, letters
from ..models import Attendance, Guest
from .doors import Door, lock_list_to_note, lock_meeting
from .noting import write
from .settling import settle

# Who has not confirmed by then loses name and e-mail.
CONFIRM_WITHIN = timedelta(days=14)
# Typed at one meeting: more is a mistake, or somebody who means us ill.
GUESTS_AT_MOST = 200


@transaction.atomic
def note_guest(
    *,
    meeting: Meeting,
    name: str,
    email: str,
    language: str,
    by: User,
    beyond_places: bool = False,
    now: datetime | None = None,
) -> Guest | Attendance:
    """Somebody came who is not on the list: a guest is counted, and asked by letter to confirm. Who turns out to have a
    place is noted as present instead. Typed twice, it is the same guest and no second letter.

    Raises ListIsClosed, MeetingDidNotHappen, TooEarly, TooManyGuests.
    """
    door = lock_list_to_note(meeting, now)
    registration = registration_of(door.session, email)
    if registration and registration.is_confirmed:
        return write(
            door, registration, state=Attendance.State.PRESENT, by=by, source=Attendance.Source.STAFF
        )
    known = door.meeting.guests.filter(email__iexact=email).first()
    if known:
        return known
    if door.meeting.guests.count() >= GUESTS_AT_MOST:
        raise errors.TooManyGuests(door.meeting)
    guest = Guest.objects.create(
        meeting=door.meeting,
        name=name,
        email=email.lower(),
        language=language,
        beyond_places=beyond_places,
        noted_at=door.now,
        noted_by=by,
    )
    letters.guest_asked(guest, until=door.now + CONFIRM_WITHIN, now=door.now)
    return guest


@transaction.atomic
def confirm_guest(*, guest: Guest, person: User, now: datetime | None = None) -> Registration:
    """The guest says “yes, that was me”: a registration from now on, present at the meeting where they were noted, also when
    its list is closed by now. Confirmed twice it is the same one.

    Raises GuestIsGone when it was forgotten meanwhile, NotYourLetter for another person's letter; ProfileIncomplete, and the
    other refusals of `registrations`, with which the guest stays one: a session by application, for members only or by
    invitation takes nobody in without staff, and no place may be left.
    """
    door = lock_meeting(guest.meeting, now)
    guest = Guest.objects.select_for_update().filter(pk=guest.pk).first() or guest
    guest.meeting = door.meeting
    if guest.erased_at:
        raise errors.GuestIsGone(door.meeting)
    if guest.registration:
        return guest.registration
    if not is_own_address(person, guest.email):
        raise errors.NotYourLetter(door.meeting)
    registration = registrations.register(
        session=door.session,
        person=person,
        by=person,
        over_places=guest.beyond_places,
        let_in=f"came as a guest, noted by {guest.noted_by.name if guest.noted_by else '?'}",
        now=door.now,
    )
    if not registration.is_confirmed:
        raise errors.NoPlaceForGuest(door.meeting)
    guest.registration, guest.confirmed_at = registration, door.now
    guest.name = guest.email = ""  # the registration knows who it is
    guest.save(update_fields=["registration", "confirmed_at", "name", "email"])
    present_as_noted(door, guest, registration)
    return registration


def present_as_noted(door: Door, guest: Guest, registration: Registration) -> None:
    Attendance.objects.get_or_create(
        registration=registration,
        meeting=door.meeting,
        source=Attendance.Source.STAFF,
        defaults={
            "state": Attendance.State.PRESENT,
            "noted_at": guest.noted_at,
            "noted_by": guest.noted_by,
        },
    )
    settle(door.meeting, [registration])


@transaction.atomic
def forget_guest(*, guest: Guest, now: datetime | None = None) -> None:
    """“That was not me”, or nobody answered: name and e-mail go, and that somebody was there stays."""
    now = now or timezone.now()
    guest = Guest.objects.select_for_update().get(pk=guest.pk)
    if guest.registration_id or guest.erased_at:
        return
    guest.name = guest.email = ""
    guest.erased_at = now
    guest.save(update_fields=["name", "email", "erased_at"])
    write_down(guest, done="forgotten")


def forget_unconfirmed(*, now: datetime | None = None) -> int:
    """Answers of how many guests the name and the e-mail went."""
    now = now or timezone.now()
    old = Guest.objects.filter(registration=None, erased_at=None, noted_at__lt=now - CONFIRM_WITHIN)
    return old.update(name="", email="", erased_at=now)


def registration_of(session: Session, email: str) -> Registration | None:
    """By any address that the person has proven here."""
    person = owner_of(email)
    return session.registrations.filter(person=person).first() if person else None


def is_own_address(person: User, email: str) -> bool:
    return bool(EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists())
