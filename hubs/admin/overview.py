"""One agreement on one page: what was promised, what was delivered, what was told and will be, what happened to it."""

from datetime import date, datetime

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from desk.audit import history_of
from desk.edit_conflict import Parts
from desk.history import tell
from desk.purposes import says
from outbox.models import Letter

from .. import letters, notices
from ..delivered import delivered, met
from ..models import Agreement, Contact, Evidence, Extension, Milestone, Party, Review
from ..scope import HostScoped
from ..wording import said_beside
from ..years import years_of
from .agreement_columns import state_badge
from .timeline import timeline_of

HISTORY_SHOWN = 20


class WithOverview(HostScoped[Agreement]):
    """An agreement leads to its overview."""

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<path:object_id>/overview/",
            self.admin_site.admin_view(self.overview),
            name="hubs_agreement_overview",
        )
        return [page, *super().get_urls()]

    def object_links(self, request: HttpRequest, obj: Agreement) -> list[tuple[str, str]]:
        overview = (reverse("admin:hubs_agreement_overview", args=[obj.pk]), _now("Promised and delivered"))
        return [overview, *super().object_links(request, obj)]

    def history_parts(self, obj: Agreement) -> Parts:
        parts = (Party, Contact, Extension, Review, Milestone, Evidence)
        return {part: {"agreement": obj.pk} for part in parts}

    @method_decorator(require_safe)
    @says(gettext_lazy("How far this agreement has come: each promise, what shows it, and what is due."))
    def overview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One agreement: what was promised, what was delivered, what was told and will be, what happened to it."""
        agreement = self.get_object(request, unquote(object_id))
        if agreement is None:
            raise Http404
        if not self.has_view_or_change_permission(request, agreement):
            raise PermissionDenied
        now = timezone.now()
        agreement = notices.with_facts(Agreement.objects.filter(pk=agreement.pk), now).get()
        entries = tell(history_of(agreement, self.history_parts(agreement))[:HISTORY_SHOWN])
        return self.desk_page(
            request,
            "admin/hubs/agreement_overview.html",
            title=str(agreement),
            original=agreement,
            agreement=agreement,
            state=state_badge(agreement, now),
            today=agreement.today(now),
            delivered=delivered(agreement),
            timeline=timeline_of([agreement], now),
            milestones=milestone_lines(agreement, now),
            sent=self.letters_sent(request, agreement),
            to_come=notices.to_come(agreement, now),
            readers=letters.readers(agreement, letters.secretariat()),
            entries=entries,
            links=super().object_links(request, agreement),
            years=years_of(agreement.host, now),
            may_add_milestones=request.user.has_perm("hubs.add_milestone"),
        )

    def letters_sent(self, request: HttpRequest, agreement: Agreement) -> QuerySet[Letter]:
        """Whoever may read letters is led to them; the others see that and to whom they went."""
        return Letter.objects.about(agreement).defer("text", "html", "calendar")[:50]


def milestone_lines(agreement: Agreement, now: datetime) -> list[dict[str, object]]:
    so_far, today = delivered(agreement), agreement.today(now)
    by_milestone: dict[int, list[Evidence]] = {}
    for evidence in Evidence.objects.filter(milestone__agreement=agreement):
        by_milestone.setdefault(evidence.milestone_id, []).append(evidence)
    return [
        {
            "milestone": milestone,
            "so_far": so_far.counted(milestone.measure),
            "beside": said_beside(milestone, so_far),
            "state": milestone_state(milestone, met(milestone, so_far), today),
            "evidence": by_milestone.get(milestone.pk, []),
            "url": reverse("admin:hubs_milestone_change", args=[milestone.pk]),
        }
        for milestone in agreement.milestones.all()
    ]


def milestone_state(milestone: Milestone, is_met: bool, today: date) -> tuple[str, str]:
    """Its word, and the tone of its badge."""
    if milestone.is_waived:
        return _now("waived"), ""
    if is_met:
        return _now("met"), "good"
    if milestone.is_carried_over:
        return _now("carried over"), ""
    return (_now("overdue"), "bad") if milestone.is_overdue(today) else (_now("open"), "warning")
