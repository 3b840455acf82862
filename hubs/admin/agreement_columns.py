"""Agreements in their list: how each stands, and what was promised and delivered."""

from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from ..delivered import delivered, met
from ..models import Agreement
from ..scope import HostScoped

TONES = {
    Agreement.State.RUNNING: "good",
    Agreement.State.ENDING_SOON: "warning",
    Agreement.State.ENDED: "bad",
    Agreement.State.ENDED_EARLY: "bad",
}


def state_badge(agreement: Agreement, now: datetime) -> str:
    state = agreement.state(agreement.today(now))
    tone = TONES.get(state)
    return format_html(
        '<span class="desk-badge{}">{}</span>', f" desk-badge-{tone}" if tone else "", state.label
    )


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, StrOrPromise]]:
        return list(Agreement.State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Agreement]) -> QuerySet[Agreement]:
        """There are few agreements, and their state is told by their host's own day: so the rows themselves are asked."""
        if self.value() not in Agreement.State.values:
            return queryset
        now = timezone.now()
        in_state = [
            agreement.pk
            for agreement in Agreement.objects.for_reading()
            if agreement.state(agreement.today(now)) == self.value()
        ]
        return queryset.filter(pk__in=in_state)


class AgreementColumns(HostScoped[Agreement]):
    """What the list and the form show of an agreement."""

    @admin.display(description=_("agreement"), ordering="host__position")
    def name(self, agreement: Agreement) -> str:
        years = f"{agreement.starts_on.year}–{agreement.last_day.year}"
        city_and_years = _now("%(city)s, %(years)s") % {"city": agreement.host.city, "years": years}
        notes = [agreement.theme] + ([_now("demonstration data")] if agreement.is_demonstration else [])
        return format_html("{} <small>{}</small>", city_and_years, " · ".join(notes))

    @admin.display(description=_("state"))
    def state(self, agreement: Agreement) -> str:
        badge = state_badge(agreement, timezone.now())
        if agreement.is_demonstration:
            return format_html('{} <span class="desk-badge">{}</span>', badge, _now("demonstration data"))
        return badge

    @admin.display(description=_("state"), ordering="lasts_until")
    def state_alone(self, agreement: Agreement) -> str:
        return state_badge(agreement, timezone.now())

    @admin.display(description=_("first day"), ordering="starts_on")
    def begins(self, agreement: Agreement) -> str:
        return agreement.starts_on.isoformat()

    @admin.display(description=_("last day"), ordering="lasts_until")
    def lasts(self, agreement: Agreement) -> str:
        left = agreement.days_left(agreement.today(timezone.now()))
        if not agreement.is_signed or left < 0:
            return agreement.last_day.isoformat()
        days_left = ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}
        return format_html("{} <small>{}</small>", agreement.last_day.isoformat(), days_left)

    @admin.display(description=_("milestones met"))
    def milestones_met(self, agreement: Agreement) -> str:
        so_far, today = delivered(agreement), agreement.today(timezone.now())
        promised = [milestone for milestone in agreement.milestones.all() if not milestone.is_waived]
        if not promised:
            return "–"
        unmet = [milestone for milestone in promised if not met(milestone, so_far)]
        progress = _now("%(met)d of %(all)d") % {"met": len(promised) - len(unmet), "all": len(promised)}
        overdue = sum(milestone.is_overdue(today) and not milestone.is_carried_over for milestone in unmet)
        if not overdue or not agreement.is_signed:
            return progress
        late = ngettext("%(count)d overdue", "%(count)d overdue", overdue) % {"count": overdue}
        return format_html('{} <span class="desk-badge desk-badge-bad">{}</span>', progress, late)

    @admin.display(description=_("people attending"))
    def attended(self, agreement: Agreement) -> str:
        so_far = delivered(agreement)
        if not so_far.registered:
            return str(so_far.attended)
        apart = ngettext(
            "%(count)d more registered, attendance not recorded",
            "%(count)d more registered, attendance not recorded",
            so_far.registered,
        )
        return format_html("{} <small>{}</small>", so_far.attended, apart % {"count": so_far.registered})

    @admin.display(description=_("document as it is"))
    def document_link(self, agreement: Agreement) -> str:
        if not agreement.document:
            return "–"
        return format_html(
            '<a href="{}">{}</a>', reverse("hubs:document", args=[agreement.pk]), agreement.document_name
        )
