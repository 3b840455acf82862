"""What of imports needs a person: one that stands still. And the way to them from the desk's first page."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from desk.attention import Card, Line, Waiting, needs_a_person
from desk.clock import shown

from .access import visible
from .kinds import ADD, kind_of
from .models import Import
from .models.people_import import STANDS_STILL_AFTER


def ask_for_attention() -> None:
    needs_a_person("imports", standing_still, permission=ADD)


def standing_still(person: User, now: datetime) -> Card:
    imports = visible(person).silent(now - STANDS_STILL_AFTER).order_by("moved_at", "pk")
    return Card(
        _("Many at once"),
        _("No import stands still."),
        [Waiting(imports, line_of)],
        reverse("imports:new"),
        _("Register many people"),
    )


def line_of(one: Import) -> Line:
    return Line(
        one.get_absolute_url(),
        str(one.session.activity if one.session else kind_of(one).title),
        shown(one.session.starts_at, one.session.zone) if one.session else one.source or one.file_name,
        badge=_("an import stands still"),
        tone="bad",
    )
