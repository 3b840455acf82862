"""What becomes of contacts when two people are merged."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from merging.moving import Moving
from merging.parts import Line, Part, lock_rows

from .models import Contact, Host


def contacts(kept: User, gone: User) -> QuerySet[Contact]:
    """Not of agreements that have the one that stays as a contact already."""
    known = Contact.objects.filter(person=kept).values("agreement")
    return Contact.objects.filter(person=gone).exclude(agreement__in=known)


def move(moving: Moving[User]) -> None:
    moving.move_rows(contacts(moving.kept, moving.gone), "person")


OF_CONTACTS = Part(
    covers=(Contact, Host),
    outlook=lambda kept, gone: [
        Line(_("agreements of which they are a contact"), contacts(kept, gone).count())
    ],
    lock=lambda kept, gone: lock_rows(contacts(kept, gone)),
    move=move,
)
