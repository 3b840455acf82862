"""The calendar of all hosts, and the page that asks for the new day of one session."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from accounts import clock_words
from accounts.http import person_of
from accounts.models import User
from accounts.zones import city_of_zone
from catalog.models import Activity, Topic
from desk.fields import field_of
from desk.purposes import says
from hubs.models import Host
from hubs.scope import sees_all_hosts
from planning.entries import Calendar, Wanted
from planning.weeks import NoSuchPeriod, Period, month_of, of_day, period_asked

from .moving import NewDayForm, meeting_named, on_host_clock
from .overview import WithOverview
from .rescheduling import RESCHEDULING
from .steps import can_change, refusal_to_change


def hosts_known_to(person: User) -> list[Host]:
    """All, for who sees all; else one's own, and those of which the public sees an activity."""
    if sees_all_hosts(person):
        return list(Host.objects.all())
    public = Activity.objects.published().filter(host=OuterRef("pk"))
    return list(Host.objects.filter(Q(pk__in=Host.objects.run_by(person).values("pk")) | Exists(public)))


class CalendarFilters(forms.Form):
    """By the names that stand in addresses of the catalog, too."""

    host = forms.ChoiceField(required=False)
    format = forms.ChoiceField(required=False)
    topic = forms.ChoiceField(required=False)

    def __init__(self, hosts: list[Host], **kwargs: Any) -> None:
        super().__init__(auto_id="filter-%s", **kwargs)
        offered: dict[str, tuple[str, str, list[tuple[str, StrOrPromise]]]] = {
            "host": (_("Host"), _("All hosts"), [(host.slug, host.name) for host in hosts]),
            "format": (_("Format"), _("All formats"), [(kind.value, kind.label) for kind in Activity.Format]),
            "topic": (
                _("Topic"),
                _("All topics"),
                [(topic.slug, topic.name) for topic in Topic.objects.all()],
            ),
        }
        for name, (label, every, choices) in offered.items():
            field = field_of(self, name, forms.ChoiceField)
            field.label, field.choices = label, [("", every), *choices]


class WithCalendar(WithOverview):
    """The list of sessions leads to the calendar; there each that may be moved leads to its new day."""

    change_list_template = "admin/catalog/with_calendar.html"

    def get_urls(self) -> list[URLPattern]:
        pages = [
            path("calendar/", self.admin_site.admin_view(self.calendar), name="catalog_session_calendar"),
            path(
                "<path:object_id>/new-day/",
                self.admin_site.admin_view(self.new_day),
                name="catalog_session_new_day",
            ),
        ]
        return [*pages, *super().get_urls()]

    @method_decorator(require_safe)
    @says(
        gettext_lazy(
            "All sessions by month or week, with holidays and clashes. Drag one to move it, or use its form."
        )
    )
    def calendar(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        today = timezone.localtime(now).date()
        try:
            period = period_asked(request.GET, today)
        except NoSuchPeriod as error:
            raise Http404 from error
        hosts = hosts_known_to(person_of(request))
        filters = CalendarFilters(hosts, data=request.GET)
        if not filters.is_valid():
            raise Http404  # never more than was asked for
        may_move = RESCHEDULING.may(request)
        calendar = Calendar(
            period=period,
            person=person_of(request),
            now=now,
            wanted=Wanted(**filters.cleaned_data),
            may_move=lambda session: may_move and can_change(session),
            hosts=hosts,
        )
        return self.desk_page(
            request,
            "admin/catalog/session_calendar.html",
            title=_("Calendar of all hosts"),
            calendar=calendar,
            period=period,
            filters=filters,
            ways=ways_from(
                period, today, {name: value for name, value in filters.cleaned_data.items() if value}
            ),
            may_move=may_move,
            city=city_of_zone(timezone.get_current_timezone()),
        )

    @method_decorator(require_safe)
    @says(gettext_lazy("The hour stays as it is on the host’s clock. Nothing is changed yet."))
    def new_day(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not RESCHEDULING.may(request):
            raise PermissionDenied  # before we look: the answer must not tell what is there
        session = self.get_object(request, unquote(object_id))
        if session is None:
            raise Http404
        refusal = refusal_to_change(session)
        meeting = meeting_named(session, request.GET.get("meeting", ""))
        form = NewDayForm(session, meeting, data=request.GET if "day" in request.GET else None)
        if not refusal and form.is_valid():
            named = {"meeting": meeting.pk} if meeting else {}
            after = {"after": "on"} if form.cleaned_data.get("after") else {}
            asked = urlencode({**named, "day": form.cleaned_data["day"].isoformat(), **after})
            return HttpResponseRedirect(f"{RESCHEDULING.address(self, [session.pk])}&{asked}")
        start = (meeting or session).starts_at
        return self.desk_page(
            request,
            "admin/catalog/session_new_day.html",
            status=422 if form.errors else 200,
            title=_("To which day?"),
            original=session,
            session=session,
            meeting=meeting,
            when=clock_words.span(*on_host_clock(session, meeting or session)),
            form=form,
            refusal=refusal,
            back=f"{reverse('admin:catalog_session_calendar')}?month={month_of(timezone.localtime(start).date())}",
        )


def ways_from(period: Period, today: date, wanted: dict[str, str]) -> dict[str, str]:
    """Addresses of what is beside this period, with the same filters; earlier and later may be none."""
    # The month of a week is that of its Thursday, as its number tells.
    day = period.first if period.is_month else period.first + timedelta(days=3)
    beside = {
        "earlier": period.earlier,
        "now": of_day(today, is_month=period.is_month),
        "later": period.later,
        "month": of_day(day, is_month=True),
        "week": of_day(today if period.first <= today <= period.last else day, is_month=False),
    }
    filters = f"&{urlencode(wanted)}" if wanted else ""
    return {name: f"?{one.asked}{filters}" for name, one in beside.items() if one} | {"filters": filters}
