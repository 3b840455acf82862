"""Changes to the catalog that a person would name. All of them are seen by the next visitor."""

import hashlib
from collections.abc import Iterable
from copy import copy
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files import File
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from files.uploads import check_size
from page_cache import new_edition
from pictures.uploads import VERSIONS, versions_of
from texts.markdown import to_html

from .certificate_rule import Rule, is_in_favor
from .errors import (
    CameFromProposal,
    HasRegistrations,
    MeetingIsOnRecord,
    MeetingsOverlap,
    NoLanguage,
    NoMeetings,
    NothingToAttend,
    NoTitle,
    PictureWithoutWords,
    RuleWasTold,
    WasPublic,
)
from .listing.indexing import reindex
from .meeting_changes import MeetingChanges, MeetingTimes, Title, match, titles
from .models import Activity, Meeting, Picture, Session

LANGUAGES = [code for code, _name in settings.CONTENT_LANGUAGES]
PICTURES_WAIT = timedelta(days=1)
PICTURE_COLUMNS = (
    "picture_key",
    "picture_credit",
    "picture_link",
    *(f"picture_alt_{code}" for code in LANGUAGES),
)

RULE_COLUMNS = ["certificate", "certificate_percent", "certificate_percent_of", "leaves_out_excused"]


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
def delete_draft(*, activity: Activity, by: User | None) -> None:
    """Forget an activity that nobody but staff ever saw, with its sessions, speakers, materials, invitations and picture.

    Of history without sessions, also what was public. Raises a CannotDelete whose sentence says why it stays.
    """
    # Sessions first, as everywhere: somebody is registered for one of them before this, or finds it gone.
    list(activity.sessions.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    activity = lock(activity)
    refuse_to_delete(activity)
    activity.sessions.all().delete()  # they protect their activity
    Activity.objects.filter(earlier=activity).update(
        earlier=activity.earlier_id
    )  # the chain of editions stays whole
    activity.delete()
    new_edition()


def refuse_to_delete(activity: Activity) -> None:
    sessions = activity.sessions.all()
    if sessions.filter(registrations__isnull=False).exists():
        raise HasRegistrations
    if activity.published_at and sessions.exists():
        raise WasPublic
    if proposal := getattr(activity, "proposal", None):
        raise CameFromProposal(proposal.code)


@transaction.atomic
def set_rule(*, activity: Activity, rule: Rule | None, by: User | None, now: datetime | None = None) -> bool:
    """Say when somebody has taken part, or with None that no certificate is meant. Answers whether that is new.

    Raises RuleWasTold. Writes to nobody: people who registered are told by `registrations.actions.change_rule`.
    """
    activity = lock(activity)
    if activity.rule == rule:
        return False
    refuse_harder_rule(activity, rule, now=now or timezone.now())
    activity.rule = rule
    activity.save(update_fields=RULE_COLUMNS)
    new_edition()
    return True


def refuse_harder_rule(activity: Activity, rule: Rule | None, *, now: datetime) -> None:
    """From the first meeting on, of what was ever public, nobody loses by a change."""
    told = activity.rule
    if (
        told
        and not is_in_favor(rule, told)
        and activity.published_at
        and activity.sessions.all().has_met(now)
    ):
        raise RuleWasTold(told)


@transaction.atomic
def set_meetings(
    *, session: Session, meetings: Iterable[MeetingTimes], by: User | None, now: datetime | None = None
) -> MeetingChanges:
    """Give the session these meetings; it then starts with the first and ends with the last. Answers what became of those
    it had.

    A meeting that stays or moves keeps its row (`meeting_changes.match` says which is which). Titles are a text, or one text
    per language. Raises MeetingsOverlap, MeetingIsOnRecord. Writes to nobody: moving a session that people registered for is
    `registrations.actions.reschedule`.
    """
    # The row others lock too, so that two changes come one after the other.
    Session.objects.select_for_update().get(pk=session.pk)
    ordered = sorted(meetings, key=lambda meeting: meeting[0])
    if any(end <= start for start, end, _title in ordered) or any(
        following[0] < earlier[1] for earlier, following in pairwise(ordered)
    ):
        raise MeetingsOverlap
    changes = write_meetings(session, ordered, now=now or timezone.now())
    if ordered:
        session.starts_at, session.ends_at = ordered[0][0], ordered[-1][1]
        session.save(update_fields=["starts_at", "ends_at"])
    if changes:
        note_news(activity=session.activity, now=now)
    refresh(activity=session.activity)
    return changes


def note_news(*, activity: Activity, now: datetime | None = None) -> None:
    """Something that a follower of the activity should hear of: when and where it takes place, or that it does not."""
    activity.news_at = now or timezone.now()
    Activity.objects.filter(pk=activity.pk).update(news_at=activity.news_at)
    new_edition()


def write_meetings(session: Session, ordered: list[MeetingTimes], *, now: datetime) -> MeetingChanges:
    """Row by row: the history of changes follows rows that are saved."""
    before = list(session.meetings.order_by("starts_at", "id"))
    matched = match(before, ordered, now=now)
    stay = {meeting.pk for meeting, _times in matched if meeting}
    changes = MeetingChanges(dropped=[copy(meeting) for meeting in before if meeting.pk not in stay])
    for meeting in before:
        if meeting.pk not in stay:
            drop(meeting)
    for known, (start, end, title) in matched:
        meeting = known or Meeting(session=session)
        was = copy(meeting)
        columns = {"starts_at": start, "ends_at": end} | titles(title)
        # A title that is not there is NULL in old rows: no change.
        changed = [name for name, value in columns.items() if (getattr(was, name) or "") != value]
        for name in changed:
            setattr(meeting, name, columns[name])
        if known is None:
            meeting.save(force_insert=True)
            changes.added.append(meeting)
        elif changed:
            meeting.save(update_fields=[*changed, "title"])
            if not {"starts_at", "ends_at"}.isdisjoint(changed):
                changes.moved.append((was, meeting))
    return changes


@transaction.atomic
def drop(meeting: Meeting) -> None:
    """Rows of the rooms above may say what happened at a meeting: then it cannot be taken out."""
    try:
        meeting.delete()
    except ProtectedError as error:
        raise MeetingIsOnRecord from error


def keep_picture(*, file: File[bytes], by: User, now: datetime | None = None) -> Picture:
    """Make an uploaded file fit to be shown, and keep it for `by` until `set_picture` gives it to an activity.

    For a day, and for nobody else. The same file again is the same picture. Raises a BadPicture, or
    ValidationError for its size, with a sentence.
    """
    now = now or timezone.now()
    check_size(file)
    file.seek(0)
    key = hashlib.file_digest(file, "sha256").hexdigest()[:20]
    Picture.objects.filter(activity=None, made_at__lt=now - PICTURES_WAIT).delete()
    waiting = Picture.objects.waiting_for(by).filter(key=key).first()
    if waiting is None:
        columns = {VERSIONS[name].column: content for name, content in versions_of(file).items()}
        waiting, _new = Picture.objects.get_or_create(
            waits_for=by, key=key, defaults=columns | {"made_at": now}
        )
    return waiting


@transaction.atomic
def set_picture(
    *, activity: Activity, picture: Picture, alt: Title, credit: str, link: str = "", by: User | None
) -> None:
    """Give the activity the picture that waited for its form, in place of the one it had, which is forgotten.

    `alt` says what it shows, a text or one per language; `credit` whose it is; `link` where it is from.
    Raises PictureWithoutWords when one of the first two is missing, in English at least.
    """
    alt_by_language = {"en": alt} if isinstance(alt, str) else alt
    alt_columns = {f"picture_alt_{code}": alt_by_language.get(code, "").strip() for code in LANGUAGES}
    if not alt_columns["picture_alt_en"] or not credit.strip():
        raise PictureWithoutWords
    lock(activity)
    Picture.objects.filter(activity=activity).exclude(pk=picture.pk).delete()
    picture.activity, picture.waits_for = activity, None
    picture.save(update_fields=["activity", "waits_for"])
    write_picture(
        activity, picture_key=picture.key, picture_credit=credit.strip(), picture_link=link, **alt_columns
    )


@transaction.atomic
def remove_picture(*, activity: Activity, by: User | None) -> None:
    """Forget the picture and what was said of it. The activity has a drawn cover again."""
    lock(activity)
    Picture.objects.filter(activity=activity).delete()
    write_picture(activity, **dict.fromkeys(PICTURE_COLUMNS, ""))


def write_picture(activity: Activity, **columns: str) -> None:
    for name, value in columns.items():
        setattr(activity, name, value)
    activity.save(update_fields=[*columns, "picture_alt"])
    new_edition()


def refresh(*, activity: Activity) -> None:
    """Work out again what lists, search and pages read of this activity. After any edit of it or of what belongs to it."""
    refresh_many([activity.pk])
    activity.refresh_from_db(fields=["ends_at", *(f"description_html_{code}" for code in LANGUAGES)])


@transaction.atomic
def refresh_many(ids: Iterable[int]) -> None:
    """`refresh` for many activities at once, in a few statements."""
    ids = list(ids)
    render_descriptions(ids)
    over = ends_of_history(ids)
    with connection.cursor() as cursor:
        cursor.execute(WHEN_IT_ENDS, [list(over), list(over.values()), ids])
    reindex(ids)
    new_edition()


# The last end of its sessions; of history, the end of its last known day, which was worked out for it.
WHEN_IT_ENDS = """
UPDATE catalog_activity activity
SET ends_at = coalesce(
    (SELECT max(session.ends_at) FROM catalog_session session WHERE session.activity_id = activity.id),
    (SELECT history.ends_at FROM unnest(%s::bigint[], %s::timestamptz[]) history (id, ends_at)
        WHERE history.id = activity.id)
)
WHERE id = ANY(%s)
"""


def ends_of_history(ids: list[int]) -> dict[int, datetime]:
    """When the last known day was over, on the host's clock."""
    history = Activity.objects.filter(pk__in=ids, held_on__isnull=False)
    ends = {}
    for pk, zone, *days in history.values_list("pk", "host__timezone", "held_on", "held_until"):
        last = max(day for day in days if day)
        ends[pk] = datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(zone or "UTC"))
    return ends


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
