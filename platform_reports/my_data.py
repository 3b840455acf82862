"""What a person's download tells of platform reports: what they say of the person, and under what names and addresses."""

from django.db.models import Q

from accounts.forgetting import emails_of
from accounts.models import User

from .models import Alias, Trace


def my_data(person: User) -> dict[str, object]:
    return {"in_platform_reports": traces(person), "known_in_calls_as": aliases(person)}


def traces(person: User) -> list[dict[str, object]]:
    rows = Trace.objects.filter(
        Q(registration__person=person) | Q(registration=None, email__in=emails_of(person))
    ).select_related("report__meeting__session__activity")
    return [
        {
            "activity": row.report.meeting.session.activity.title,
            "meeting_starts_at": row.report.meeting.starts_at,
            "platform": row.report.get_platform_display(),
            "name": row.name,
            "other_names": row.other_names,
            "email": row.email,
            "hours": row.spans,
            "minutes": row.minutes,
            "how_it_was_matched": row.how,
            "read_at": row.report.read_at,
        }
        for row in rows.order_by("pk")
    ]


def aliases(person: User) -> list[dict[str, object]]:
    rows = Alias.objects.filter(person=person)
    return [
        {"email": row.email, "name": row.name, "learned_at": row.learned_at, "used_at": row.used_at}
        for row in rows.order_by("pk")
    ]
