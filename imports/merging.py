"""What becomes of rows of imports when two people are merged: what came of each is told of the registration that stays."""

from accounts.models import User
from merging.moving import Moving
from merging.parts import Part
from one_place.pairs import pairs_of

from .models import Entry


def move(moving: Moving[User]) -> None:
    for pair in pairs_of(moving.kept, moving.gone):
        for entry in Entry.objects.filter(registration=pair.goes).order_by("pk"):
            moving.set(entry, "registration", pair.stays)


OF_ENTRIES = Part(covers=(Entry,), move=move)
