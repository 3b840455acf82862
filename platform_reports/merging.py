"""What becomes of what platforms told of two people who are merged: it tells of the one that stays."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from merging.moving import Moving
from merging.parts import Line, Part, lock_rows
from one_place.pairs import pairs_of

from .models import Alias, Trace


def outlook(kept: User, gone: User) -> list[Line]:
    return [Line(_("names and addresses by which a platform’s report knows them"), gone.aliases.count())]


def move(moving: Moving[User]) -> None:
    known = moving.kept.aliases.exclude(name="").values("name")
    moving.move_rows(moving.gone.aliases.exclude(name__in=known), "person")
    for pair in pairs_of(moving.kept, moving.gone):
        for trace in Trace.objects.filter(registration=pair.goes).order_by("pk"):
            moving.set(trace, "registration", pair.stays)


OF_REPORTS = Part(
    covers=(Alias, Trace),
    outlook=outlook,
    lock=lambda kept, gone: lock_rows(gone.aliases.all()),
    move=move,
)
