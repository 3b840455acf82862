"""Every change of a message locks its session first, then the message: so a part meets nobody who registers or cancels."""

from registrations.actions.lock import lock_session

from ..models import Message


def lock_message(message: Message) -> Message:
    """As it is now, with its session. Raises Message.DoesNotExist where it was discarded meanwhile."""
    session = lock_session(message.session_id)
    locked = Message.objects.select_for_update(of=("self",), no_key=True).get(pk=message.pk)
    locked.session = session
    return locked
