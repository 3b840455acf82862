"""Where staff go on from a session, in groups: it is too much for a row of buttons."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Session
from desk.ways import Link, LinkGroups
from messaging.access import LOOK, SEND

from .steps import can_change


def links_from(session: Session, *, steps: list[Link], may: Callable[[str], bool]) -> LinkGroups:
    def page(name: str) -> str:
        return reverse(name, args=[session.pk])

    def with_it(name: str) -> str:
        return f"{reverse(name)}?{urlencode({'session': session.pk})}"

    standing = not session.is_cancelled
    # Who came without being registered is added when it is over, too.
    adds = standing and may("registrations.add_registration")
    invites = can_change(session) and may("registrations.add_invitation")
    activity = f"{reverse('admin:catalog_activity_change', args=[session.activity_id])}#sessions-group"
    groups: dict[str, list[tuple[bool, str, str]]] = {
        _("The session"): [
            *((True, address, label) for address, label in steps),
            (may("catalog.change_activity"), activity, _("Edit on the activity’s page")),
        ],
        _("People"): [
            (adds, with_it("admin:registrations_registration_add"), _("Add a person")),
            (adds and may("imports.add_import"), with_it("imports:new"), _("Register many people")),
            (invites, with_it("admin:registrations_invitation_add"), _("Invite addresses")),
            (may("attendance.view_helper"), page("attendance:helpers"), _("Helpers")),
        ],
        _("In writing"): [
            (standing and may(SEND), page("messaging:new"), _("Write to people")),
            (may(LOOK), page("messaging:session"), _("Messages")),
            (may("outbox.view_letter"), with_it("admin:outbox_letter_changelist"), _("Letters")),
        ],
        _("To look at"): [
            (True, page("admin:catalog_session_overview"), _("All on one page")),
            (may("credentials.view_certificate"), page("credentials:session"), _("Certificates")),
            (True, page("admin:catalog_session_history"), _("History")),
            (True, session.get_absolute_url(), _("Public page")),
        ],
    }
    return [(name, [(to, label) for leads, to, label in group if leads]) for name, group in groups.items()]
