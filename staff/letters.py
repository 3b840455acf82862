"""Letters as staff of a host follow them: those of their own host, and from a session to the letters about it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.http import person_of
from catalog.models import Session
from hubs.scope import in_scope
from outbox.about import about_each
from outbox.admin import LetterPages
from outbox.models import Letter

from .coming_letters import WithComing
from .letter_scope import letters_within


class SessionFilter(admin.SimpleListFilter):
    """Offers no sessions, there are too many: a session's page leads here. One that is not there has no letters."""

    title = _("session")
    parameter_name = "session"

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Letter],
        model_admin: admin.ModelAdmin[Letter],
    ) -> None:
        asked = request.GET.get(self.parameter_name, "")
        sessions = in_scope(Session.objects.all(), person_of(request), host="activity__host")
        known = sessions.filter(pk=asked) if asked.isdecimal() and len(asked) < 10 else Session.objects.none()
        self.session = known.select_related("activity").first()
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        asked = request.GET.get(self.parameter_name, "")
        return [(asked, str(self.session or "—"))] if asked else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        if not self.value():
            return queryset
        if not self.session:
            return queryset.none()
        return queryset.filter(about__in=about_each(self.session.registrations.all()))


@admin.register(Letter)
class LetterAdmin(WithComing):
    list_filter = [SessionFilter, *LetterPages.list_filter]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        return letters_within(super().get_queryset(request), person_of(request))
