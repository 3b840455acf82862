"""What staff say of a trace."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """It is somebody's `registration` (its number), nobody's (`aside`), or to be decided later."""

    registration: int | None = None
    aside: bool = False

    @property
    def stands_as(self) -> str:
        """As `Trace.stands_as` says it."""
        return "aside" if self.aside else str(self.registration or "")


LATER, ASIDE = Decision(), Decision(aside=True)
