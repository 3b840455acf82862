"""What an activity was held as before, and is held as again: the public editions that one reads of on its page."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F, OuterRef, Subquery
from django.db.models.expressions import RawSQL

from catalog.models import Activity, Session


@dataclass(frozen=True)
class Edition:
    activity: Activity
    year: int | None  # in which it began, on the host's clock; None where history does not know
    is_over: bool


# By way of drafts and of what was withdrawn, too. UNION, not UNION ALL: it ends whatever the rows say.
EARLIER = """(WITH RECURSIVE chain (id) AS (SELECT earlier_id FROM catalog_activity WHERE id = %s
UNION SELECT a.earlier_id FROM catalog_activity a JOIN chain ON a.id = chain.id) SELECT id FROM chain)"""
LATER = """(WITH RECURSIVE chain (id) AS (SELECT id FROM catalog_activity WHERE earlier_id = %s
UNION SELECT a.id FROM catalog_activity a JOIN chain ON a.earlier_id = chain.id) SELECT id FROM chain)"""


def leads_to(activity: Activity, end: Activity) -> bool:
    """Whether `end` is the activity itself or one of its earlier editions."""
    chain = Activity.objects.filter(pk__in=RawSQL(EARLIER, [activity.pk]))  # noqa: S611 - a statement of ours
    return activity == end or chain.filter(pk=end.pk).exists()


def earlier_editions(activity: Activity, *, now: datetime) -> list[Edition]:
    """The latest first. Of what was not made of another the database is not asked."""
    return public_editions(EARLIER, activity, now) if activity.earlier_id else []


def newest_edition(activity: Activity, *, now: datetime) -> Edition | None:
    """The last of those that it led to. The database is asked only where there is one: see catalog.access.activity_for."""
    if not getattr(activity, "has_later", True):
        return None
    return next((edition for edition in public_editions(LATER, activity, now) if edition.year), None)


def public_editions(chain: str, activity: Activity, now: datetime) -> list[Edition]:
    """What was called off altogether was not held."""
    begun = (
        Session.objects.standing().filter(activity=OuterRef("pk")).order_by("starts_at").values("starts_at")
    )
    rows = Activity.objects.published().filter(pk__in=RawSQL(chain, [activity.pk]))  # noqa: S611 - statements of ours
    rows = rows.exclude(pk=activity.pk).order_by(F("ends_at").desc(nulls_last=True), "-pk")
    known = rows.select_related("host").annotate(began=Subquery(begun[:1]))
    editions = [
        Edition(row, year_of(row, getattr(row, "began", None)), row.ends_at is None or row.ends_at <= now)
        for row in known
    ]
    return [edition for edition in editions if edition.year or edition.activity.is_history]


def year_of(row: Activity, began: datetime | None) -> int | None:
    if began:
        return began.astimezone(row.host.zone if row.host else UTC).year
    return row.held_on.year if row.held_on else None
