"""Which sessions to look at now: their lists are closed, somebody signs, and something was noted since last time."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from attendance.models import Attendance, Closing
from catalog.certificate_rule import Certificate as Kind
from catalog.models import Meeting, Session
from registrations.models import Registration

from .models import Round, Signatory

# What ended before is looked at by staff alone: nobody expects a letter about it any more.
GIVEN_UP = timedelta(days=180)
# In one tick; the rest is found by the next.
MOST_AT_ONCE = 20


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
    """Those of `complete` where somebody signs and something is newer than the last round. The longest closed first."""
    closings = Closing.objects.filter(meeting__session=OuterRef("pk")).order_by().values("meeting__session")
    noted = Attendance.objects.filter(meeting__session=OuterRef("pk")).order_by().values("meeting__session")
    places = Registration.objects.filter(session=OuterRef("pk")).order_by().values("session")
    rounds = Round.objects.filter(session=OuterRef("pk")).order_by().values("session")
    newest = Greatest(
        Subquery(closings.annotate(last=Max("closed_at")).values("last")),
        Subquery(noted.annotate(last=Max(Greatest("noted_at", "struck_at"))).values("last")),
        Subquery(places.annotate(last=Max("confirmed_at")).values("last")),
    )
    return (
        complete(now)
        .filter(signed(now))
        .annotate(newest=newest, looked_at=Subquery(rounds.annotate(last=Max("at")).values("last")))
        .filter(Q(looked_at=None) | Q(newest__gte=F("looked_at")))
        .select_related("activity__host")
        .order_by("newest", "pk")
    )


def signed(now: datetime) -> Exists:
    """Whether somebody signs for the host today: a day early or late where its clock is far, the action looks again."""
    day = now.date()
    signing = Signatory.objects.filter(host=OuterRef("activity__host"))
    return Exists(signing.on(day))
