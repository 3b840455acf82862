"""At the session that runs now: who helps there, and who came without being registered."""

from datetime import datetime

from accounts.models import User
from attendance.actions import name_helper, note_guest
from attendance.models import Helper
from catalog.models import Session

from .one_click import HELPER

GUEST = ("Tendai Mukwashi", "tendai.mukwashi@harare.example.org")


def help_at(session: Session, *, by: User, now: datetime) -> None:
    """The helper of the cast notes attendance here; a guest has been asked and has not answered yet."""
    name_helper(session=session, email=HELPER.email, post=Helper.Post.ASSISTANT, by=by, now=now)
    meeting = session.meetings.filter(starts_at__lte=now, ends_at__gt=now).first()
    if meeting:
        name, email = GUEST
        note_guest(meeting=meeting, name=name, email=email, language="en", by=by, now=now)
