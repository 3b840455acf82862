"""The letter to who was entered by a list, without a session: who did it, whose list it was, and how to be erased."""

from datetime import datetime

from accounts.models import User
from outbox.actions import write_letter
from outbox.models import Letter
from outbox.new_letter import NewLetter
from outbox.reading import reading_as
from registrations.entering import Entered


def entered(*, person: User, by: User, source: str, ground: str, now: datetime) -> Letter | None:
    with reading_as(person):
        facts = Entered(by=str(by), source=source, ground=ground)
        return write_letter(
            NewLetter(
                kind="entered_by_list",
                key=f"entered/user/{person.pk}",
                about=person,
                is_first=True,
                person=person,
                template="desk_files/entered_by_list",
                context={"entered": facts, "name": person.name},
                now=now,
            )
        )
