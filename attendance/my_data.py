"""What a person's download tells of their attendance: by each source, and what they said of it."""

from accounts.forgetting import emails_of
from accounts.models import User

from .models import Attendance, Correction, Guest, Helper


def my_data(person: User) -> dict[str, object]:
    return {
        "attendance": attendance(person),
        "corrections_asked_for": corrections(person),
        "noted_as_guest": guests(person),
        "helps_at_sessions": helping(person),
    }


def attendance(person: User) -> list[dict[str, object]]:
    rows = Attendance.objects.filter(registration__person=person).select_related(
        "registration", "meeting__session__activity"
    )
    return [
        {
            "registration": row.registration.code,
            "activity": row.meeting.session.activity.title,
            "meeting_starts_at": row.meeting.starts_at,
            "state": row.state,
            "minutes": row.minutes,
            "how_it_is_known": row.source,
            "noted_at": row.noted_at,
            "counts": row.counts,
            "struck_at": row.struck_at,
            "remark": row.words,
        }
        for row in rows.order_by("meeting__starts_at", "pk")
    ]


def corrections(person: User) -> list[dict[str, object]]:
    rows = Correction.objects.filter(registration__person=person).select_related("registration", "meeting")
    return [
        {
            "registration": row.registration.code,
            "meeting_starts_at": row.meeting.starts_at,
            "words": row.words,
            "asked_at": row.asked_at,
            "answered_at": row.answered_at,
            "corrected": row.corrected,
            "answer": row.answer,
        }
        for row in rows.order_by("pk")
    ]


def guests(person: User) -> list[dict[str, object]]:
    rows = Guest.objects.filter(email__in=emails_of(person)).select_related("meeting__session__activity")
    return [
        {
            "activity": row.meeting.session.activity.title,
            "meeting_starts_at": row.meeting.starts_at,
            "name": row.name,
            "email": row.email,
            "noted_at": row.noted_at,
        }
        for row in rows.order_by("pk")
    ]


def helping(person: User) -> list[dict[str, object]]:
    rows = Helper.objects.filter(email__in=emails_of(person)).select_related("session__activity")
    return [
        {"activity": row.session.activity.title, "helps_as": row.post, "named_at": row.named_at}
        for row in rows.order_by("pk")
    ]
