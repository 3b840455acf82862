"""The pages of sessions: their list, and one for each."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.models import Meeting, Session
from desk.admin import ReadOnly
from desk.edit_conflict import Parts
from desk.languages import side_by_side
from desk.ways import LinkGroups
from hubs.scope import OfferingHostsFilter
from messaging.models import Message
from registrations.models import Invitation

from .calendar import WithCalendar
from .columns import FullnessFilter, WhenFilter
from .leading_on import links_from
from .rescheduling import RESCHEDULING
from .steps import CANCELLATION, PLACES


@admin.register(Session)
class SessionAdmin(ReadOnly, WithCalendar):
    purpose = _("The dated runs people register for: who comes, who waits, and what you can still change.")
    purpose_of_one = _("Who comes and who waits. Every change here says first who will be written to.")
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

    def link_groups(self, request: HttpRequest, obj: Session) -> LinkGroups:
        return links_from(obj, steps=self.object_links(request, obj), may=request.user.has_perm)

    def view_on_site(self, obj: Session) -> str:
        return obj.get_absolute_url()
