"""What a person's download tells of what they said around meetings."""

from accounts.models import User

from .models import Question, Report, Vote


def my_data(person: User) -> dict[str, object]:
    return {
        "questions_asked": questions(person),
        "voted_for": votes(person),
        "questions_reported": reports(person),
    }


def questions(person: User) -> list[dict[str, object]]:
    rows = Question.objects.filter(registration__person=person)
    return [
        {
            "activity": row.meeting.session.activity.title,
            "meeting_starts_at": row.meeting.starts_at,
            "question": row.words,
            "language": row.language,
            "without_the_name": row.unnamed,
            "may_stand_on_the_public_page": row.may_be_public,
            "asked_at": row.asked_at,
            "state": row.state,
            "answer": row.answer,
        }
        for row in rows.select_related("meeting__session__activity").order_by("pk")
    ]


def votes(person: User) -> list[dict[str, object]]:
    rows = Vote.objects.filter(registration__person=person, counts=True)
    return [
        {"meeting_starts_at": row.question.meeting.starts_at, "question": row.question.words}
        for row in rows.exclude(question__registration__person=person)
        .select_related("question__meeting")
        .order_by("pk")
    ]


def reports(person: User) -> list[dict[str, object]]:
    rows = Report.objects.filter(registration__person=person).select_related("meeting")
    return [
        {
            "meeting_starts_at": row.meeting.starts_at,
            "question": row.words,
            "reason": row.reason,
            "reported_at": row.reported_at,
            "decided_at": row.decided_at,
            "stays_hidden": row.upheld,
        }
        for row in rows.order_by("pk")
    ]
