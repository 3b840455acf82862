"""Focal points whose term soon ends; and the ways of the desk from an organization to its focal points."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organization, User
from desk.attention import Card, Line, Waiting, needs_a_person

from .letters import last_day
from .models import FocalPoint

MAY_SEE, MAY_NAME = "focal_points.view_focalpoint", "focal_points.name_focalpoint"
AHEAD = timedelta(days=30)


def ask_for_attention() -> None:
    needs_a_person("focal points", terms, permission=MAY_NAME)


def from_organization(request: HttpRequest, organization: Organization) -> Sequence[tuple[str, str]]:
    links = []
    if request.user.has_perm(MAY_SEE):
        count = organization.focal_points.standing().count()
        words = ngettext("%(count)d focal point", "%(count)d focal points", count) % {"count": count}
        page = reverse("admin:focal_points_focalpoint_changelist")
        links.append((f"{page}?organization__id__exact={organization.pk}", words))
    if request.user.has_perm(MAY_NAME):
        links.append((naming_page(organization), _("Name a focal point")))
    return links


def naming_page(organization: Organization) -> str:
    return f"{reverse('admin:focal_points_focalpoint_add')}?organization={organization.pk}"


def terms(person: User, now: datetime) -> Card:
    ending = FocalPoint.objects.in_office(now).filter(until__lte=now + AHEAD)
    return Card(
        _("Focal points whose term ends"),
        _("No term ends within a month."),
        [Waiting(ending.select_related("person", "organization").order_by("until", "pk"), line)],
        reverse("admin:focal_points_focalpoint_changelist"),
        _("All focal points"),
    )


def line(focal_point: FocalPoint) -> Line:
    who = f"{focal_point.person} · {last_day(focal_point)}"
    return Line(naming_page(focal_point.organization), focal_point.organization.name_shown, who)
