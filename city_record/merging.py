"""What becomes of belongings when two people are merged who were both registered for one session."""

from accounts.models import User
from merging.moving import Moving
from merging.parts import Part
from one_place.pairs import pairs_of

from .models import Belonging


def move(moving: Moving[User]) -> None:
    """Each goes along with its registration. Where the one that stays has none, it takes that of the other."""
    for pair in pairs_of(moving.kept, moving.gone):
        if not Belonging.objects.filter(registration=pair.stays).exists():
            for belonging in Belonging.objects.filter(registration=pair.goes):
                moving.set(belonging, "registration", pair.stays)


OF_PEOPLE = Part(covers=(Belonging,), move=move)
