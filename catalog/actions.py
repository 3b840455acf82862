"""Changes to the catalog that a person would name. All of them are seen by the next visitor."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from kept import new_edition

from .errors import MeetingsOverlap, NoLanguage, NoMeetings, NothingToAttend, NoTitle
from .indexing import reindex
from .markdown import to_html
from .models import Activity, Meeting, Session

type Title = str | Mapping[str, str]
type MeetingTimes = tuple[datetime, datetime, Title]

LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]


@transaction.atomic
def publish(*, activity: Activity, by: User | None, now: datetime | None = None) -> None:
    """Show the activity to everybody. Publishing what is public already changes nothing.

    Raises a CannotPublish whose sentence says what is missing.
    """
    activity = lock(activity)
    if activity.is_public:
        return
    refuse_unfinished(activity)
    activity.published_at, activity.published_by = now or timezone.now(), by
    activity.withdrawn_at = activity.withdrawn_by = None
    activity.save(update_fields=["published_at", "published_by", "withdrawn_at", "withdrawn_by"])
    refresh(activity=activity)


@transaction.atomic
def withdraw(*, activity: Activity, by: User | None, now: datetime | None = None) -> None:
    """Hide the activity from everybody but staff. Registrations stay as they are."""
    activity = lock(activity)
    if not activity.is_public:
        return
    activity.withdrawn_at, activity.withdrawn_by = now or timezone.now(), by
    activity.save(update_fields=["withdrawn_at", "withdrawn_by"])
    new_edition()


@transaction.atomic
def set_meetings(*, session: Session, meetings: Iterable[MeetingTimes], by: User | None) -> None:
    """Replace the session's meetings; it then starts with the first and ends with the last.

    Titles are a text, or one text per language. Raises MeetingsOverlap. Writes to nobody: moving a session that people
    registered for is `registrations.actions.reschedule`.
    """
    # The row others lock too, so that two changes come one after the other.
    Session.objects.select_for_update().get(pk=session.pk)
    ordered = sorted(meetings, key=lambda meeting: meeting[0])
    if any(end <= start for start, end, _title in ordered) or any(
        following[0] < earlier[1] for earlier, following in pairwise(ordered)
    ):
        raise MeetingsOverlap
    session.meetings.all().delete()
    Meeting.objects.bulk_create(
        Meeting(session=session, starts_at=start, ends_at=end, **titles(title))
        for start, end, title in ordered
    )
    if ordered:
        session.starts_at, session.ends_at = ordered[0][0], ordered[-1][1]
        session.save(update_fields=["starts_at", "ends_at"])
    refresh(activity=session.activity)


def refresh(*, activity: Activity) -> None:
    """Work out again what lists, search and pages read of this activity. After any edit of it or of what belongs to it."""
    refresh_many([activity.pk])
    activity.refresh_from_db(fields=["ends_at", *(f"description_html_{code}" for code in LANGUAGES)])


@transaction.atomic
def refresh_many(ids: Iterable[int]) -> None:
    """`refresh` for many activities at once, in a few statements."""
    ids = list(ids)
    render_descriptions(ids)
    with connection.cursor() as cursor:
        cursor.execute(WHEN_IT_ENDS, [ids])
    reindex(ids)
    new_edition()


# The last end of its sessions; of history, the end of its last known day on the host's clock.
WHEN_IT_ENDS = """
UPDATE catalog_activity activity
SET ends_at = coalesce(
    (SELECT max(session.ends_at) FROM catalog_session session WHERE session.activity_id = activity.id),
    (coalesce(held_until, held_on) + 1)::timestamp AT TIME ZONE coalesce(
        (SELECT timezone FROM hubs_host host WHERE host.id = activity.host_id), 'UTC')
)
WHERE id = ANY(%s)
"""


def render_descriptions(ids: list[int]) -> None:
    written = [f"description_{code}" for code in LANGUAGES]
    shown = [f"description_html_{code}" for code in LANGUAGES]
    changed = []
    for activity in Activity.objects.filter(pk__in=ids).only(*written, *shown).iterator():
        fresh = [to_html(text) if (text := getattr(activity, field)) else "" for field in written]
        if fresh != [getattr(activity, field) or "" for field in shown]:
            for field, html in zip(shown, fresh, strict=True):
                setattr(activity, field, html)
            changed.append(activity)
    Activity.objects.bulk_update(changed, shown, batch_size=500)


def lock(activity: Activity) -> Activity:
    """Hold the row until the transaction ends, and know its newest state."""
    activity.refresh_from_db(from_queryset=Activity.objects.select_for_update(of=("self",)))
    return activity


def refuse_unfinished(activity: Activity) -> None:
    sessions = list(activity.sessions.prefetch_related("meetings"))
    if not getattr(activity, "title_en", ""):
        raise NoTitle
    if activity.is_history and not sessions:
        return
    if not sessions:
        raise NothingToAttend
    if not activity.languages:
        raise NoLanguage
    if any(not session.self_paced and not session.meetings.all() for session in sessions):
        raise NoMeetings


def titles(title: Title) -> dict[str, str]:
    if isinstance(title, str):
        return {"title": title}
    return {f"title_{code}": text for code, text in title.items()}
