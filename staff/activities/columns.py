"""What the list and the form tell of an activity besides what is typed."""

from datetime import datetime
from typing import Annotated, TypedDict

from django.contrib import admin
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Sum, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import Annotations, StrOrPromise

from catalog.certificate_rule import Certificate
from catalog.models import Activity, Session
from desk.languages import badges, translation_summary
from hubs.coverage import sessions_without_agreement
from hubs.models import Host
from hubs.scope import HostScoped
from texts.rows import in_order, listed


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, StrOrPromise]]:
        return [("draft", _("draft")), ("public", _("public")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        match self.value():
            case "draft":
                return queryset.filter(published_at=None)
            case "public":
                return queryset.filter(published_at__isnull=False, withdrawn_at=None)
            case "withdrawn":
                return queryset.filter(withdrawn_at__isnull=False)
        return queryset


class RuleFilter(admin.SimpleListFilter):
    title = _("rule for taking part")
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, StrOrPromise]]:
        return [("yes", _("has one")), ("words", _("coming, and only words promise a certificate"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        match self.value():
            case "yes":
                return queryset.exclude(certificate=Certificate.NONE)
            case "words":
                bare = Activity.objects.promising_without_rule(timezone.now())
                return queryset.filter(pk__in=bare.values("pk"))
        return queryset


class Coming(TypedDict):
    """What the list counts of the sessions to come."""

    next_at: datetime | None
    taken: int | None
    waiting: int | None


class ActivityColumns(HostScoped[Activity]):
    """What the list and the form show of an activity."""

    def counted(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        now = timezone.now()
        coming = Session.objects.filter(
            activity=OuterRef("pk"), ends_at__gt=now, cancelled_at=None
        ).order_by()
        people = coming.values("activity").annotate(taken=Sum("places_taken"), waiting=Sum("waiting_count"))
        return rows.annotate(
            next_at=Subquery(
                coming.with_next(now)
                .annotate(when=Case(When(self_paced=True, then=F("starts_at")), default=F("at")))
                .order_by("when")
                .values("when")[:1]
            ),
            taken=Subquery(people.values("taken")),
            waiting=Subquery(people.values("waiting")),
        )

    @admin.display(description=_("state"))
    def state_badge(self, activity: Activity) -> str:
        if activity.is_public:
            return format_html('<span class="desk-badge desk-badge-good">{}</span>', _now("public"))
        word = _now("withdrawn") if activity.withdrawn_at else _now("draft")
        return format_html('<span class="desk-badge desk-badge-warning">{}</span>', word)

    @admin.display(description=_("host"), ordering="host__position")
    def host_shown(self, activity: Activity) -> str:
        return activity.host.city if activity.host else activity.offered_by

    @admin.display(description=_("next session"), ordering="next_at")
    def next_session(self, activity: Annotated[Activity, Annotations[Coming]]) -> str:
        next_at = activity.next_at
        if not next_at:
            return ""
        zone = activity.host.zone if activity.host else timezone.get_default_timezone()
        return f"{next_at.astimezone(zone):%Y-%m-%d}"

    @admin.display(description=_("people coming"), ordering="taken")
    def people(self, activity: Annotated[Activity, Annotations[Coming]]) -> str:
        taken, waiting = activity.taken or 0, activity.waiting or 0
        if waiting:
            return _now("%(taken)d, and %(waiting)d waiting") % {"taken": taken, "waiting": waiting}
        return str(taken)

    @admin.display(description=_("translations"))
    def translations(self, activity: Activity) -> str:
        return badges(activity, Activity.TRANSLATED_TEXTS)

    @admin.display(description=_("translations"))
    def state_of_translations(self, activity: Activity) -> str:
        return translation_summary(activity, Activity.TRANSLATED_TEXTS) if activity.pk else ""

    @admin.display(description=_("picture"))
    def picture_chosen(self, activity: Activity) -> str:
        """For those who may only look."""
        if not activity.picture_key:
            return _now("None; a cover is drawn.")
        return format_html('<img src="{}640.webp" alt="" width="320" height="180">', activity.picture_url)

    @admin.display(description=_("state"))
    def publishing(self, activity: Activity) -> str:
        return self.state_badge(activity)

    @admin.display(description=_("agreement behind it"))
    def agreement(self, activity: Activity) -> str:
        """Told, and nothing is blocked."""
        if not activity.pk:
            return ""
        if activity.host is None or activity.host.kind not in Host.BOUND:
            return _now("It needs none.")
        bare = sessions_without_agreement(timezone.now()).filter(activity=activity)
        days = sorted(
            {in_order(f"{session.starts_at.astimezone(activity.host.zone):%Y-%m-%d}") for session in bare}
        )
        if not days:
            return _now("Every session to come has one.")
        words = _now("%(host)s has no signed agreement in force on %(days)s.")
        return format_html(
            '<span class="desk-badge desk-badge-warning">{}</span> {}',
            _now("no agreement"),
            words % {"host": activity.host, "days": listed(days)},
        )
