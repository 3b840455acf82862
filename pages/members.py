"""The member organizations: what each teaches and learns, in numbers, and where it took part. People never appear."""

from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.clock_words import day
from accounts.models import Organization, User
from accounts.regions import Region
from catalog.models import Activity
from city_record.access import leads_to_record
from city_record.words import numbers_in_words
from desk.alphabet import Alphabetical
from hubs.models import Agreement
from membership.models import Claim
from page_cache import cached_page
from registrations.models import Registration

from .past_activities import coming_counts, past_counts
from .utc_offset import offset_of
from .world_map import project

PER_PAGE = 20


@login_not_required
@cached_page
def members(request: HttpRequest) -> HttpResponse:
    """One query, whoever belongs."""
    all_members = list(
        Organization.objects.members()
        .annotate(teaches=Count("hosts", distinct=True))
        .named()
        .order_by("region", Alphabetical("name_shown"))
    )
    by_region = {
        region: list(members) for region, members in groupby(all_members, key=lambda member: member.region)
    }
    context = {
        "section": "members",
        "regions": [
            {"region": region, "name": region.label, "members": by_region[region]}
            for region in Region
            if region in by_region
        ],
        "stops": [stop_of(member) for member in all_members if member.latitude is not None],
        "count": len(all_members),
    }
    return render(request, "pages/member_list.html", context)


@login_not_required
@cached_page
def member(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    organization = Organization.objects.members().named().filter(slug=slug).first()
    if organization is None:
        merged = get_object_or_404(Organization.every.exclude(merged_into=None), slug=slug)
        # Not for good: a browser would remember it beyond an undo.
        return redirect("pages:member", merged.that_stands.slug)
    page = Paginator(took_part_in(organization, now), PER_PAGE).get_page(request.GET.get("page"))
    agreements = (
        Agreement.objects.signed()
        .filter(Q(member=organization) | Q(parties__organization=organization, parties__is_public=True))
        .select_related("host")
        .order_by("-starts_on")
        .distinct()
    )
    hosts = list(organization.hosts.all())
    coming, held = (coming_counts(hosts, now=now), past_counts(hosts, now=now)) if hosts else ({}, {})
    context = {
        "section": "members",
        "member": organization,
        "region": Region(organization.region).label,
        "hosts": [{"host": host, "coming": coming[host.pk], "held": held[host.pk]} for host in hosts],
        "learned": numbers_in_words(organization),
        "reader": reader_of(request.user, organization, now),
        "sees_record": leads_to_record(request.user, organization, now),
        "agreements": list(agreements),
        "page": page,
        "activities": [{"activity": activity, "when": last_day_of(activity)} for activity in page],
        "offset": offset_of(organization.timezone, now),
        "stops": [stop_of(organization)] if organization.latitude is not None else [],
    }
    return render(request, "pages/member_detail.html", context)


class Reader(StrEnum):
    """Who reads the page of a member, for what it invites them to."""

    VISITOR = "visitor"
    OTHER = "other"  # signed in, acts for another or for none
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"


def reader_of(person: User | AnonymousUser, organization: Organization, now: datetime) -> Reader:
    if not isinstance(person, User):
        return Reader.VISITOR
    if person.organization_id != organization.pk:
        return Reader.OTHER
    claims = Claim.objects.confirmed(now).filter(person=person, organization=organization)
    return Reader.CONFIRMED if claims.exists() else Reader.CLAIMED


def took_part_in(organization: Organization, now: datetime) -> QuerySet[Activity]:
    """Public activities in which someone of this organization had a place. What is yet to come stays their matter."""
    places = Registration.objects.confirmed().filter(
        session__activity=OuterRef("pk"),
        session__ends_at__lte=now,
        session__cancelled_at=None,
        person__organization=organization,
    )
    last = places.order_by("-session__ends_at").values("session__ends_at")[:1]
    return (
        Activity.objects.published()
        .filter(Exists(places))
        .annotate(last_held_at=Subquery(last))
        .select_related("host")
        .order_by("-last_held_at", "-pk")
    )


def last_day_of(activity: Activity) -> str:
    """When they last took part, on the host's clock."""
    zone = activity.host.zone if activity.host else UTC
    return day(activity.last_held_at.astimezone(zone).date())  # type: ignore[attr-defined]  # asked in took_part_in


def stop_of(member: Organization) -> dict[str, object]:
    x, y = project(member.latitude or 0, member.longitude or 0)
    return {"x": x, "y": y, "city": member.name_shown, "url": reverse("pages:member", args=[member.slug])}
