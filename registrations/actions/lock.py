"""The one door through which every change of a session's registrations passes."""

from django.db.models import Prefetch

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
