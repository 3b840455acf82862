"""The one door through which every change of a session's registrations passes."""

from catalog.models import Session


def lock_session(session_id: int) -> Session:
    """The session as it is now, locked until the transaction ends: whoever else wants to change its registrations waits.

    NO KEY: rows that merely point to the session (a meeting, an invitation) may still be written meanwhile.
    """
    return (
        Session.objects.select_for_update(of=("self",), no_key=True)
        .select_related("activity__host")
        .prefetch_related("meetings")  # every letter tells them
        .get(pk=session_id)
    )
