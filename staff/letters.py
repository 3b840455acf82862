"""Letters as staff of a host follow them: those of their own host, and from a session to the letters about it."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.http import person_of
from catalog.models import Session
from desk.types import Fieldsets
from hubs.scope import in_scope, sees_all_hosts
from outbox.about import about_each
from outbox.admin import LanguageFilter, LetterPages
from outbox.models import Letter, is_sealed

from .attention import waits_too_long
from .coming_letters import WithComing
from .letter_scope import letters_within, sealed_for


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


class WaitsFilter(admin.SimpleListFilter):
    """The letters that the desk's first page counts as late."""

    title = _("how long it waits")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("long", str(_("too long")))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        return queryset.filter(waits_too_long(timezone.now())) if self.value() else queryset


@admin.register(Letter)
class LetterAdmin(WithComing):
    list_filter = [SessionFilter, *LetterPages.list_filter, WaitsFilter]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        person = person_of(request)
        return sealed_for(letters_within(super().get_queryset(request), person), person)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Letter], search_term: str
    ) -> tuple[QuerySet[Letter], bool]:
        """Whom the host may not see yet is found by the e-mail address alone."""
        letters, repeats = super().get_search_results(request, queryset, search_term)
        if search_term.strip() and not sees_all_hosts(person_of(request)):
            letters = letters.filter(Q(sealed=False) | Q(to__icontains=search_term.strip()))
        return letters, repeats

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """In which language somebody reads is of the person, too."""
        kept = list(super().get_list_filter(request))
        return kept if sees_all_hosts(person_of(request)) else [one for one in kept if one != LanguageFilter]

    def get_fieldsets(self, request: HttpRequest, obj: Letter | None = None) -> Fieldsets:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not is_sealed(obj):
            return fieldsets
        (name, parts), *others = fieldsets
        without_person = ["to" if "person" in row else row for row in parts["fields"]]
        return [(name, {**parts, "fields": without_person}), *others]
