"""The one door through which every change of a session's registrations passes."""

from collections.abc import Collection

from django.db.models import Prefetch

from accounts.models import User
from catalog.models import Activity, Session

# Asked for when the row is locked: what is joined to it would be as old as the question, however long that waited.
ALL_OF_IT = (Prefetch("activity", Activity.objects.select_related("host")), "meetings")


def lock_sessions_of(activity_id: int) -> list[Session]:
    """All of an activity, as `lock_session` locks one; in the order of their numbers, as everywhere."""
    return list(
        Session.objects.select_for_update(of=("self",), no_key=True)
        .prefetch_related(*ALL_OF_IT)
        .filter(activity=activity_id)
        .order_by("pk")
    )


def lock_session(session_id: int) -> Session:
    """The session as it is now, locked until the transaction ends: whoever else wants to change its registrations waits.

    NO KEY: rows that merely point to the session (a meeting, an invitation) may still be written meanwhile.
    """
    return (
        Session.objects.select_for_update(of=("self",), no_key=True)
        .prefetch_related(*ALL_OF_IT)  # every letter tells it
        .get(pk=session_id)
    )


def lock_people(numbers: Collection[int]) -> dict[int, User]:
    """Those of these numbers who were not erased, locked until the transaction ends. A session is locked before them."""
    people = User.objects.select_for_update(of=("self",), no_key=True).select_related("organization")
    # In the order of their numbers, as everywhere. Whoever is erased meanwhile is waited for, and then left out.
    return {one.pk: one for one in people.filter(pk__in=numbers, erased_at=None).order_by("pk")}
