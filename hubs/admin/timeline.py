"""All agreements on one timeline above their list, and what to do about those that are not there."""

from datetime import datetime
from typing import TypedDict

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.http import person_of

from ..coverage import sessions_without_agreement
from ..delivered import delivered, met
from ..models import Agreement, Host
from ..scope import HostScoped, in_scope, sees_all_hosts
from ..timeline import Axis, Bar, bar

WITHOUT_SHOWN = 30


class WithTimeline(HostScoped[Agreement]):
    """The list stands below a timeline of what it lists."""

    change_list_template = "admin/hubs/agreement_list.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and "cl" in (response.context_data or {}):
            now = timezone.now()
            context = response.context_data or {}
            cl = context["cl"]
            context |= {
                "timeline": timeline_of(list(cl.result_list), now),
                "without_agreement": self.without_agreement(request, now),
                "reports": self.reports(request, now),
                "station_year": now.year if sees_all_hosts(person_of(request)) else None,
            }
        return response

    def without_agreement(self, request: HttpRequest, now: datetime) -> list[dict[str, object]]:
        sessions = in_scope(sessions_without_agreement(now), person_of(request), host="activity__host")
        return [
            {
                "day": session.starts_at.astimezone(session.activity.host.zone).date(),
                "activity": session.activity,
                "url": reverse("admin:catalog_activity_change", args=[session.activity_id]),
            }
            for session in sessions.order_by("starts_at", "pk")[:WITHOUT_SHOWN]
        ]

    def reports(self, request: HttpRequest, now: datetime) -> list[tuple[Host, int]]:
        hosts = in_scope(Host.objects.all(), person_of(request), host="")
        return [(host, now.astimezone(host.zone).year) for host in hosts]


class Row(TypedDict):
    host: Host
    bars: list[Bar]


def timeline_of(agreements: list[Agreement], now: datetime) -> dict[str, object]:
    """The agreements as rows of bars, those of one host in one row."""
    axis = Axis.of(agreements, now.date())
    rows: dict[int, Row] = {}
    for agreement in sorted(agreements, key=lambda agreement: (agreement.host.position, agreement.starts_on)):
        so_far = delivered(agreement)
        are_met = {milestone.pk: met(milestone, so_far) for milestone in agreement.milestones.all()}
        row = rows.setdefault(agreement.host_id, {"host": agreement.host, "bars": []})
        row["bars"].append(bar(agreement, axis, now=now, met=are_met))
    return {"rows": list(rows.values()), "axis": axis, "today_x": axis.at(now.date())}
