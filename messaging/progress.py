"""How far a message has come: what became of its letters."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from outbox.models import Letter

from .actions.withdrawing import letters_of
from .models import Message

State = Letter.State


@dataclass(frozen=True)
class Progress:
    message: Message

    @cached_property
    def of_state(self) -> dict[str, int]:
        """Of its letters, without copies that staff had sent again."""
        rows = letters_of(self.message).filter(copy_of=None).order_by().values_list("state")
        return dict(rows.annotate(how_many=Count("pk")))

    @property
    def counted(self) -> list[tuple[str, int]]:
        """What became of them: what is none is left out, but for those that were sent."""
        shown = [State.SENT, *(state for state in State if state != State.SENT and self.of_state.get(state))]
        return [(str(state.label), self.of_state.get(state, 0)) for state in shown]
