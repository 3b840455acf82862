"""One session's desk on one page: its people and their line, its meetings with their attendance, its letters, what is next.

A fixed number of queries, whatever there is.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from attendance.expected import expected, is_late, noted_from
from attendance.models import Attendance, Closing, Correction, Guest, Helper
from catalog.models import Meeting, Session
from credentials.models import Certificate
from desk.clock import shown
from outbox.about import about_each
from outbox.models import Letter
from platform_reports.attention import reports_to_decide, words_for
from registrations.joining import JOINING_LEAD
from registrations.models import Registration
from registrations.reminders import A_DAY

LINE_SHOWN = 10
State = Attendance.State


@dataclass(frozen=True)
class Number:
    """So many of something, and where they are listed."""

    count: int
    name: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """What is next: when, what, where to do it. `tone` is of a badge, where it waits for somebody."""

    what: str
    when: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class MeetingRow:
    meeting: Meeting
    when: str
    url: str
    state: str
    tone: str
    numbers: dict[str, int]  # by `Attendance.State`
    unknown: int  # of those confirmed: nothing is noted
    guests: int
    screen: str = ""  # where people check in by, while it may be shown


class DeskOfOne:
    def __init__(self, session: Session, *, reader: User, now: datetime):
        self.session, self.now = session, now
        self.reads_people = reader.has_perm("registrations.view_registration")
        self.reads_attendance = reader.has_perm("attendance.view_attendance")
        self.takes_attendance = reader.has_perm("attendance.take_attendance")
        self.reads_reports = reader.has_perm("platform_reports.view_platformreport")
        self.reads_letters = reader.has_perm("outbox.view_letter")
        self.reads_certificates = reader.has_perm("credentials.view_certificate")
        self.of_state: dict[str, int] = dict(
            session.registrations.filter(person__merged_into=None)
            .order_by()
            .values_list("state")
            .annotate(Count("pk"))
        )
        self.meetings = self.meeting_rows() if self.reads_attendance else []
        self.guests = self.guest_rows() if self.reads_attendance else []
        self.helpers = list(Helper.objects.filter(session=session)) if self.reads_attendance else []

    # People

    def people(self) -> list[Number]:
        beyond = self.session.registrations.filter(
            over_places=True, state=Registration.State.CONFIRMED
        ).count()
        numbers = [
            Number(self.of_state.get(state, 0), str(Registration.State(state).label), self.list_of(state))
            for state in Registration.State.values
            if state != Registration.State.HELD or state in self.of_state
        ]
        if beyond:
            numbers.insert(1, Number(beyond, _("of them beyond the places")))
        invited = self.session.invitations.count()
        if invited:
            page = reverse("admin:registrations_invitation_changelist")
            address = f"{page}?{urlencode({'session__id__exact': str(self.session.pk)})}"
            numbers.append(Number(invited, _("invited"), address))
        return numbers

    def list_of(self, state: str) -> str:
        page = reverse("admin:registrations_registration_changelist")
        return f"{page}?{urlencode({'session__id__exact': str(self.session.pk), 'state__exact': state})}"

    def line(self) -> list[Registration]:
        """Who comes next when a place is free."""
        return list(self.session.registrations.waiting().select_related("person__organization")[:LINE_SHOWN])

    @property
    def more_waiting(self) -> int:
        return max(self.of_state.get(Registration.State.WAITING, 0) - LINE_SHOWN, 0)

    # Attendance

    def meeting_rows(self) -> list[MeetingRow]:
        meetings = list(self.session.meetings.order_by("starts_at"))
        closings = {closing.meeting_id: closing for closing in open_closings(self.session)}
        counts: dict[int, dict[str, int]] = {}
        rows = Attendance.objects.counted().filter(meeting__session=self.session).order_by()
        for meeting, state, number in rows.values_list("meeting", "state").annotate(n=Count("pk")):
            counts.setdefault(meeting, {})[state] = number
        not_noted = self.not_noted(meetings)
        guests = dict(
            Guest.objects.filter(meeting__session=self.session, registration=None)
            .order_by()
            .values_list("meeting")
            .annotate(Count("pk"))
        )
        return [
            MeetingRow(
                meeting,
                shown(meeting.starts_at, self.session.zone),
                reverse("attendance:list", args=[meeting.pk]),
                *self.state_of(meeting, closings.get(meeting.pk)),
                {state: counts.get(meeting.pk, {}).get(state, 0) for state in State.values},
                not_noted.get(meeting.pk, 0),
                guests.get(meeting.pk, 0),
                self.screen_of(meeting, closings.get(meeting.pk)),
            )
            for meeting in meetings
        ]

    def screen_of(self, meeting: Meeting, closing: Closing | None) -> str:
        is_shown = noted_from(meeting) <= self.now < meeting.ends_at and not meeting.was_called_off
        if not (is_shown and closing is None and self.takes_attendance):
            return ""
        return reverse("attendance:screen", args=[meeting.pk])

    def not_noted(self, meetings: list[Meeting]) -> dict[int, int]:
        """Of each meeting: who is expected, and of whom nothing is known there."""
        there = expected(F("ends_at"), "session__registrations__")
        counted = self.session.meetings.order_by().annotate(
            expected=Count("session__registrations", filter=there)
        )
        people = dict(counted.values_list("pk", "expected"))
        noted = dict(
            Attendance.objects.counted()
            .filter(expected(F("meeting__ends_at"), "registration__"), meeting__session=self.session)
            .order_by()
            .values_list("meeting")
            .annotate(Count("pk"))
        )
        return {meeting.pk: people[meeting.pk] - noted.get(meeting.pk, 0) for meeting in meetings}

    def state_of(self, meeting: Meeting, closing: Closing | None) -> tuple[str, str]:
        """Its word, and the tone of its badge."""
        if closing:
            return (_("recorded"), "good") if closing.taken else (_("attendance not taken"), "")
        if meeting.was_called_off:
            return _("did not take place"), ""
        if self.now < noted_from(meeting):
            return _("to come"), ""
        if self.now < meeting.ends_at:
            return _("list is open"), "warning"
        if not is_late(meeting, self.now):
            return _("to be closed"), "warning"
        return _("not recorded"), "bad"

    def guest_rows(self) -> list[Guest]:
        guests = Guest.objects.filter(meeting__session=self.session, erased_at=None)
        return list(guests.select_related("meeting", "registration__person"))

    # Letters

    def letters(self) -> list[Number]:
        if not self.reads_letters:
            return []
        counts = Letter.objects.filter(about__in=about_each(self.session.registrations.all())).aggregate(
            sent=Count("pk", filter=Q(state=Letter.State.SENT)),
            waiting=Count("pk", filter=Q(state__in=(Letter.State.WAITING, Letter.State.CLAIMED))),
            failed=Count("pk", filter=Q(state=Letter.State.FAILED)),
        )
        return [
            Number(counts["sent"], _("sent"), self.letters_in(Letter.State.SENT)),
            Number(counts["waiting"], _("waiting to be sent"), self.letters_in(Letter.State.WAITING)),
            Number(counts["failed"], _("given up"), self.letters_in(Letter.State.FAILED)),
        ]

    def letters_in(self, state: str) -> str:
        page = reverse("admin:outbox_letter_changelist")
        return f"{page}?{urlencode({'session': str(self.session.pk), 'state__exact': state})}"

    # Certificates

    def certificates(self) -> list[Number]:
        """Nothing where none is meant and none is there."""
        if not self.reads_certificates:
            return []
        counts = self.certificate_counts
        if not any(counts.values()) and self.session.activity.rule is None:
            return []
        numbers = [Number(counts["current"], _("stand"), self.certificates_page)]
        if counts["doubted"]:
            numbers.append(Number(counts["doubted"], _("of them doubted"), self.certificates_page))
        if counts["withdrawn"]:
            numbers.append(Number(counts["withdrawn"], _("withdrawn"), self.certificates_page))
        return numbers

    @cached_property
    def certificate_counts(self) -> dict[str, int]:
        of_this = Certificate.objects.filter(registration__session=self.session)
        current = Q(withdrawn_at=None, replaced_at=None)
        doubted = Q(doubted_at__isnull=False, kept_at=None, erased_at=None)
        return of_this.aggregate(
            current=Count("pk", filter=current),
            doubted=Count("pk", filter=current & doubted),
            withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
        )

    @property
    def certificates_page(self) -> str:
        return reverse("credentials:session", args=[self.session.pk])

    # What is next

    def next(self) -> list[Line]:
        """First what waits for somebody, then what the clock brings."""
        lines = [
            Line(row.state, row.when, row.url, row.tone)
            for row in self.meetings
            if row.tone in ("warning", "bad")
        ]
        if self.reads_attendance:
            asked = Correction.objects.filter(meeting__session=self.session, answered_at=None).count()
            if asked:
                words = ngettext("%(count)d correction asked for", "%(count)d corrections asked for", asked)
                lines.append(Line(words % {"count": asked}, tone="warning"))
        lines += self.reports_to_decide() if self.reads_reports else []
        if self.reads_certificates and (doubted := self.certificate_counts["doubted"]):
            words = ngettext(
                "%(count)d certificate is doubted", "%(count)d certificates are doubted", doubted
            )
            lines.append(Line(words % {"count": doubted}, url=self.certificates_page, tone="warning"))
        return lines + [Line(what, shown(when, self.session.zone)) for when, what in sorted(self.to_come())]

    def reports_to_decide(self) -> list[Line]:
        return [
            Line(
                _("Platform report: %(people)s") % {"people": words_for(report)},
                shown(report.meeting.starts_at, self.session.zone),
                report.get_absolute_url(),
                "warning",
            )
            for report in reports_to_decide().filter(meeting__session=self.session)
        ]

    def to_come(self) -> list[tuple[datetime, str]]:
        session = self.session
        if session.is_cancelled:
            return []
        moments: list[tuple[datetime | None, str]] = [
            (session.registration_opens_at, _("registration opens")),
            (session.members_first_until, _("registration opens to all")),
            (session.closes_at, _("registration closes")),
            (next_reminder(session, self.now), _("a reminder goes out")),
        ]
        moments += [
            (meeting.starts_at, _("the next meeting begins")) for meeting in self.meetings_to_come()[:1]
        ]
        if self.now < session.ends_at:
            moments.append((session.ends_at, _("it is over")))
        return [(when, what) for when, what in moments if when and when > self.now]

    def meetings_to_come(self) -> list[Meeting]:
        return sorted(
            (meeting for meeting in self.session.meetings.all() if meeting.starts_at > self.now),
            key=lambda meeting: meeting.starts_at,
        )


def open_closings(session: Session) -> list[Closing]:
    return list(Closing.objects.standing().filter(meeting__session=session))


def next_reminder(session: Session, now: datetime) -> datetime | None:
    """As registrations/reminders.py asks it: leads of more than a day are for the first meeting, and where several fall on
    one day, that of a day for the first of these."""
    leads = [*session.reminder_leads, *([JOINING_LEAD] if session.joining_link else [])]
    starts = sorted(meeting.starts_at for meeting in session.meetings.all()) or [session.starts_at]
    moments = []
    for number, start in enumerate(starts):
        first_of_its_day = number == 0 or day_of(starts[number - 1], session) != day_of(start, session)
        moments += [
            start - timedelta(minutes=lead)
            for lead in leads
            if number == 0 or lead < A_DAY or (lead == A_DAY and first_of_its_day)
        ]
    return min((moment for moment in moments if moment > now), default=None)


def day_of(moment: datetime, session: Session) -> date:
    return moment.astimezone(session.zone).date()
