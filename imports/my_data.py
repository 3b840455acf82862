"""What a person's download tells of imports: who entered them, when, whose list it was, on what ground, what it said."""

from django.db.models import Q

from accounts.forgetting import emails_of
from accounts.models import User

from .models import Entry


def my_data(person: User) -> dict[str, object]:
    rows = (
        Entry.objects.filter(
            Q(registration__person=person)
            | Q(email__in=emails_of(person))
            | Q(of__kind="people", thing=person.pk)
        )
        .exclude(of__begun_at=None)
        .select_related("of__read_by", "of__session__activity")
        .order_by("pk")
    )
    return {
        "entered_by_staff": [
            {
                "activity": row.of.session.activity.title if row.of.session else "",
                "session_starts_at": row.of.session.starts_at if row.of.session else None,
                "entered_by": str(row.of.read_by or ""),
                "entered_at": row.at or row.of.begun_at,
                "out_of_the_list": row.of.source,
                "on_what_ground": row.of.ground,
                "the_row_said": dict(zip(row.of.headings, row.cells, strict=False)),
                "what_came_of_it": row.outcome,
                "undone_at": row.taken_back_at,
            }
            for row in rows
        ]
    }
