"""What hosts of the demonstration wrote to the people of a session, through the actions that staff use."""

from datetime import datetime, timedelta

from accounts.models import User
from catalog.models import Session
from messaging import actions

from .specs import Spec, columns, read


def write_to_people(session: Session, spec: Spec, *, by: User, now: datetime) -> None:
    of_this = (session.activity.slug, spec["state"])
    for written in read("messages.toml")["sessions"]:
        if (written["activity"], written["state"]) == of_this:
            notes = columns("practical_notes", written["notes"])
            for name, text in notes.items():
                setattr(session, name, text)
            session.save(update_fields=list(notes))
            for message in written["messages"]:
                write(session, message, by=by, now=now)


def write(session: Session, spec: Spec, *, by: User, now: datetime) -> None:
    words = {
        code: {"subject": texts["subject"], "text": texts["text"].strip()}
        for code, texts in spec["words"].items()
    }
    at = now - timedelta(hours=spec.get("hours_ago", 1))
    message = actions.draft(session=session, groups=spec["groups"], words=words, by=by, now=at)
    if "hours_ago" in spec:
        actions.send(message=message, by=by, now=at)
        actions.write_all(message=message, now=at)
