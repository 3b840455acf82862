"""The pages of sessions: their list, and one for each."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting, Session
from desk.admin import ReadOnly
from desk.edit_conflict import Parts
from desk.languages import side_by_side
from hubs.scope import OfferingHostsFilter
from messaging.access import LOOK as SEE_MESSAGES
from messaging.access import SEND
from messaging.models import Message
from registrations.models import Invitation

from .calendar import WithCalendar
from .columns import FullnessFilter, WhenFilter
from .rescheduling import RESCHEDULING
from .steps import CANCELLATION, PLACES, can_change


@admin.register(Session)
class SessionAdmin(ReadOnly, WithCalendar):
    purpose = _("The dated runs people register for: who comes, who waits, and what you can still change.")
    purpose_of_one = _(
        "Who comes to one session and who waits. What you change here says first who is written to."
    )
    host_path = "activity__host"
    steps = (RESCHEDULING, PLACES, CANCELLATION)
    list_display = ["activity", "when", "state", "people", "waiting_count", "host"]
    list_filter = [
        WhenFilter,
        FullnessFilter,
        ("activity__host", OfferingHostsFilter),
        ("cancelled_at", admin.EmptyFieldListFilter),
        "admission",
        "eligibility",
    ]
    list_select_related = ["activity__host"]
    search_fields = [*side_by_side("activity__title"), *side_by_side("label")]
    search_help_text = _("Title of the activity, in any language")
    ordering = ["starts_at", "id"]
    fieldsets = [
        (None, {"fields": ["activity_link", ("when", "state"), "meetings_shown", "where"]}),
        (
            _("People"),
            {"fields": [("people", "waiting_count"), "confirmed_people", "waiting_people", "invited"]},
        ),
        (_("Attendance"), {"fields": ["attendance_lists"]}),
        (_("Registration"), {"fields": [("admission", "eligibility"), ("opens", "closes", "members_until")]}),
        (
            _("Cancellation"),
            {"fields": [("cancelled_at", "cancelled_by"), "cancellation_reason"], "classes": ["collapse"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).prefetch_related("meetings")

    def history_parts(self, obj: Session) -> Parts:
        of_session: dict[str, object] = {"session": obj.pk}
        return {Meeting: of_session, Invitation: of_session, Message: of_session}

    def object_links(self, request: HttpRequest, obj: Session) -> list[tuple[str, str]]:
        page = reverse("admin:catalog_activity_change", args=[obj.activity_id])
        links = super().object_links(request, obj)
        if request.user.has_perm("catalog.change_activity"):
            links.insert(1, (f"{page}#sessions-group", str(_("Edit on the activity’s page"))))
        of_this = urlencode({"session": obj.pk})
        if request.user.has_perm(SEND) and not obj.is_cancelled:
            links.append((reverse("messaging:new", args=[obj.pk]), str(_("Write to people"))))
        if request.user.has_perm(SEE_MESSAGES):
            links.append((reverse("messaging:session", args=[obj.pk]), str(_("Messages"))))
        if request.user.has_perm("outbox.view_letter"):
            links.append((f"{reverse('admin:outbox_letter_changelist')}?{of_this}", str(_("Letters"))))
        # Who came without being registered is added when it is over, too.
        if request.user.has_perm("registrations.add_registration") and not obj.is_cancelled:
            links.append(
                (f"{reverse('admin:registrations_registration_add')}?{of_this}", str(_("Add a person")))
            )
            if request.user.has_perm("imports.add_import"):
                page = f"{reverse('imports:new')}?{of_this}"
                links.append((page, str(_("Register many people"))))
        if request.user.has_perm("attendance.view_helper"):
            links.append((reverse("attendance:helpers", args=[obj.pk]), str(_("Helpers"))))
        if request.user.has_perm("credentials.view_certificate"):
            links.append((reverse("credentials:session", args=[obj.pk]), str(_("Certificates"))))
        if request.user.has_perm("registrations.add_invitation") and can_change(obj):
            links.append(
                (f"{reverse('admin:registrations_invitation_add')}?{of_this}", str(_("Invite addresses")))
            )
        return links

    def view_on_site(self, obj: Session) -> str:
        return obj.get_absolute_url()
