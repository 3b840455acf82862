"""Which sessions to look at now: their lists are closed, somebody signs, and since last time something was noted, two
accounts were made one, the rule was changed, or somebody said the name that was missing."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, JSONObject

from accounts.local_days import day_of
from attendance.models import Attendance, Closing
from catalog.certificate_rule import Certificate as Kind
from catalog.models import Meeting, Session
from merging.models import Merge
from registrations.models import Registration

from .models import Nameless, Round, Signatory

# What ended before is looked at by staff alone: nobody expects a letter about it any more.
GIVEN_UP = timedelta(days=180)
# Rounds in one tick; the rest is found by the next.
MOST_AT_ONCE = 20

# As `asdict(activity.rule)`.
RULE = JSONObject(
    certificate="activity__certificate",
    percent="activity__certificate_percent",
    percent_of="activity__certificate_percent_of",
    leaves_out_excused="activity__leaves_out_excused",
)


def complete(now: datetime) -> QuerySet[Session]:
    """With a rule, every list closed, not cancelled, ended within half a year."""
    closed = Closing.objects.standing().filter(meeting=OuterRef("pk"))
    open_lists = Meeting.objects.filter(~Exists(closed), session=OuterRef("pk"))
    return Session.objects.filter(
        ~Exists(open_lists),
        Exists(Meeting.objects.filter(session=OuterRef("pk"))),
        cancelled_at=None,
        ends_at__lte=now,
        ends_at__gt=now - GIVEN_UP,
    ).exclude(activity__certificate=Kind.NONE)


def due(now: datetime) -> QuerySet[Session]:
    """Those of `complete` where somebody signs and that were not looked at as they are now. The longest closed first."""
    closings = Closing.objects.filter(meeting__session=OuterRef("pk")).order_by().values("meeting__session")
    noted = Attendance.objects.filter(meeting__session=OuterRef("pk")).order_by().values("meeting__session")
    places = Registration.objects.filter(session=OuterRef("pk")).order_by().values("session")
    # What two accounts have together may meet the rule; apart again they do not.
    merges = Merge.objects.filter(kept_person__registrations__session=OuterRef("pk")).order_by()
    merged = merges.values("kept_person__registrations__session")
    last = Round.objects.filter(session=OuterRef("pk")).order_by("-at", "-pk")
    named = Nameless.objects.named().filter(registration__session=OuterRef("pk"))
    newest = Greatest(
        Subquery(closings.annotate(last=Max("closed_at")).values("last")),
        Subquery(noted.annotate(last=Max(Greatest("noted_at", "struck_at"))).values("last")),
        Subquery(places.annotate(last=Max("confirmed_at")).values("last")),
        Subquery(merged.annotate(last=Max(Greatest("merged_at", "undone_at"))).values("last")),
    )
    return (
        complete(now)
        .filter(signed(now))
        .annotate(newest=newest, looked_at=Subquery(last.values("at")[:1]))
        .annotate(rule=RULE, rule_then=Subquery(last.values("rule")[:1]))
        .filter(
            Q(looked_at=None)
            | Q(newest__gte=F("looked_at"))
            | Q(rule_then__isnull=False) & ~Q(rule_then=F("rule"))
            | Exists(named)
        )
        .select_related("activity__host")
        .order_by("newest", "pk")
    )


def signed(now: datetime) -> Exists:
    """Whether somebody signs for the host on the day that it is there."""
    signing = Signatory.objects.filter(host=OuterRef("activity__host"))
    return Exists(signing.on(day_of(now, F("host__timezone"))))
