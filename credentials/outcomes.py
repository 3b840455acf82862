"""What the rule says of each person of a session, and what they have: what a round does, and what its preview counts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from attendance.models import Attendance
from attendance.own_attendance import standing
from attendance.progress import Progress, counted
from catalog.certificate_rule import Certificate as Kind
from catalog.models import Meeting, Session
from registrations.models import Registration

from . import errors
from .models import Certificate
from .models.signatory import Signatory, signing


class What(models.TextChoices):
    """What becomes of one registration when a round is made."""

    ISSUE = "issue", _("is issued now")
    HAS = "has", _("has it already")
    WITHDRAWN = "withdrawn", _("was withdrawn: only granting gives it again")
    DOUBT = "doubt", _("has it, and does not meet the rule any more")
    NOT_MET = "not_met", _("does not meet the rule")
    NO_NAME = "no_name", _("meets the rule, but has said no name or has not agreed yet")
    OPEN = "open", _("not decided: a list is open")


@dataclass(frozen=True)
class Outcome:
    registration: Registration
    progress: Progress
    certificate: Certificate | None  # the current one, else the last

    @property
    def what(self) -> What:
        certificate = self.certificate
        if certificate and not certificate.is_current:
            return What.WITHDRAWN
        if not self.progress.is_final:
            return What.HAS if certificate else What.OPEN
        if certificate:
            holds = self.progress.met or certificate.is_granted
            return What.HAS if holds else What.DOUBT
        if not self.progress.met:
            return What.NOT_MET
        return What.ISSUE if name_of(self.registration) else What.NO_NAME


def name_of(registration: Registration) -> str:
    """As it is written on a certificate; "" while there is none, or the host may not know yet who it is."""
    return registration.person.name if registration.discloses else ""


def outcomes(session: Session, *, after: int = 0, at_most: int | None = None) -> list[Outcome]:
    """Of everybody with a place whose number is above `after`, by their numbers: in five queries.

    Raises NoRule where the activity has none, or one learns at one's own pace.
    """
    rule = session.activity.rule
    meetings = list(session.meetings.all())
    if rule is None or not meetings:
        raise errors.NoRule
    prefetch_related_objects(meetings, "closings")
    people = session.registrations.confirmed().filter(pk__gt=after, person__erased_at=None)
    registrations = list(people.select_related("person__organization").order_by("pk")[:at_most])
    numbers = [registration.pk for registration in registrations]
    rows: dict[int, dict[int, Attendance]] = defaultdict(dict)
    for row in Attendance.objects.counted().filter(registration__in=numbers, meeting__in=meetings):
        rows[row.registration_id][row.meeting_id] = row
    have = {one.registration_id: one for one in latest(numbers, rule.certificate)}
    found = []
    for registration in registrations:
        registration.session = session
        progress = counted(rule, meetings, rows[registration.pk])
        found.append(Outcome(registration, progress, have.get(registration.pk)))
    return found


def latest(registrations: list[int], kind: Kind) -> Iterator[Certificate]:
    """The last edition of each, which alone can be current."""
    editions = Certificate.objects.filter(registration__in=registrations, kind=kind)
    return editions.order_by("registration_id", "-edition").distinct("registration_id").iterator()


def open_lists(session: Session) -> list[Meeting]:
    """Meetings whose list nobody closed yet; one where attendance was not taken is closed, too."""
    meetings = list(session.meetings.all())
    prefetch_related_objects(meetings, "closings")
    return [meeting for meeting in meetings if standing(meeting) is None]


def all_lists_closed(session: Session) -> bool:
    """Of every meeting. Where nothing meets there is no list to close."""
    return bool(session.meetings.all()) and not open_lists(session)


def signs_for(session: Session, now: datetime) -> Signatory:
    """Who signs what is issued now: on the day it is on the host's clock. Their row is locked until the transaction ends, so
    that the picture they sign with is not forgotten meanwhile. Raises NoHost, NoSignatory."""
    host = session.activity.host
    if host is None:
        raise errors.NoHost
    on = now.astimezone(host.zone).date()
    # Asked for when the row is locked: what is joined to it would be as old as the question.
    signatory = signing(host, on).select_for_update(no_key=True).first()
    if signatory is None:
        raise errors.NoSignatory(host.name)
    return signatory
