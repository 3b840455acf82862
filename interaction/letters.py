"""The letters about reports: to the host's desk, to who reported a question, and to who asked it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.models import User
from attendance.letters import facts, reply_to
from calendars.entries import from_name
from outbox.actions import write_letters
from outbox.links import link_to
from outbox.new_letter import NewLetter
from outbox.reading import reading_as
from registrations.models import Registration

from .models import Report

USEFUL_FOR = timedelta(days=14)


def question_reported(report: Report, *, now: datetime) -> int:
    """To those who run the activities of the host. What was asked, and what is said of it, is read at the desk."""
    host = report.meeting.session.activity.host
    desk = host.coordinators.filter(is_active=True, erased_at=None) if host else User.objects.none()
    return write_letters([to_desk(report, reader, now) for reader in desk])


def to_desk(report: Report, reader: User, now: datetime) -> NewLetter:
    with reading_as(reader):
        page = link_to("interaction:report_decision", report.pk)
        return NewLetter(
            kind="question_reported",
            key=f"question_reported/{report.pk}/{reader.pk}",
            about=report.meeting.session,
            person=reader,
            template="interaction/question_reported",
            context=facts(report.meeting) | {"page": page},
            useless_after=now + USEFUL_FOR,
            now=now,
        )


def report_decided(reports: Sequence[Report], *, now: datetime) -> int:
    """To each who reported the question, and once to who asked it: who reported it nobody is told."""
    letters = [
        letter
        for report in reports
        if (letter := told(report, report.registration, "report_decided", str(report.pk), now))
    ]
    first = reports[0]
    key = f"{first.question_id or 0}/{first.pk}"
    if letter := told(first, first.asker, "question_decided", key, now):
        letters.append(letter)
    return write_letters(letters)


def told(
    report: Report, registration: Registration | None, kind: str, key: str, now: datetime
) -> NewLetter | None:
    person = registration.person.that_stands if registration else None
    if registration is None or person is None or person.erased_at:
        return None
    session = report.meeting.session
    with reading_as(person):
        return NewLetter(
            kind=kind,
            key=f"{kind}/{key}",
            about=registration,
            person=person,
            template=f"interaction/{kind}",
            context=facts(report.meeting)
            | {
                "words": report.words,
                "upheld": report.upheld,
                "page": link_to("interaction:questions", report.meeting_id),
            },
            from_name=from_name(session),
            reply_to=reply_to(session),
            useless_after=now + USEFUL_FOR,
            now=now,
        )
