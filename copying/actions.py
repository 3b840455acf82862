"""An activity is held again: what was said of it is copied into a draft, and its sessions are moved by a span."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from catalog.listing.indexing import reindex
from catalog.models import Activity, Material, Meeting, Picture, Session
from desk.audit import note
from page_cache import new_edition

from .editions import leads_to
from .errors import ActivityIsGone, HoursDoNotFit, LeadsInACircle, SessionIsGone
from .history import COPIED, copied_just_now
from .moving import MovedSession, moved_session, registration_hours
from .parts import Copied, parts
from .rows import again

LONGEST_ADDRESS = 120
# At the end of an address: the year it was made for, and which one of that year.
YEAR_AT_THE_END = re.compile(r"-20\d\d(-\d{1,3})?$")


@transaction.atomic
def copy_activity(
    *,
    activity: Activity,
    sessions: Collection[int],
    span: timedelta,
    by: User,
    is_edition: bool = True,
    now: datetime | None = None,
) -> Activity:
    """Make a draft of what is said of the activity and of these of its sessions (by their numbers), each `span` (whole days)
    later on the clock of its place. A cancelled one is copied as one that stands. With `is_edition` it is the same held
    again: the pages of both say so once it is public.

    People, letters, joining links, and what came of the sessions stay behind; each room answers for its rows (`parts.py`).
    Nothing of it is seen by the public. The same asked for twice, as by a double click, is one draft. Raises a CannotCopy.
    """
    source = lock_whole(activity)
    now = now or timezone.now()
    how: dict[str, object] = {
        "source_id": source.pk,
        "sessions": sorted(set(sessions)),
        "days": span.days,
        "is_edition": is_edition,
    }
    if twin := copied_just_now(how, by=by):
        return twin
    chosen = list(
        source.sessions.filter(pk__in=sessions).prefetch_related("meetings").order_by("starts_at", "pk")
    )
    if len(chosen) != len(set(sessions)):
        raise SessionIsGone
    moved = [moved_session(session, span, now=now) for session in chosen]
    for one in moved:
        if one.problem:
            raise HoursDoNotFit(one.session.label or str(one.session), one.problem)

    begins = [one.hours[0].was[0] + span for one in moved]
    year = min(begins, default=now).year
    draft = write_activity(source, moved, year=year, earlier=source if is_edition else None)
    new_sessions, new_meetings = write_sessions(draft, moved, span)
    write_rest(source, draft, new_sessions)
    copied = Copied(source=source, draft=draft, sessions=new_sessions, meetings=new_meetings, by=by, now=now)
    for part in parts:
        if part.copy:
            part.copy(copied)
    note(draft, by=by, done=COPIED, source=str(source), **how)
    reindex([draft.pk])
    return draft


@transaction.atomic
def set_earlier(*, activity: Activity, earlier: Activity | None, by: User | None) -> None:
    """Say of what it is an edition; with None, of no other. Pages tell it once both are public. Raises LeadsInACircle."""
    ends = {activity.pk} | ({earlier.pk} if earlier else set())
    list(Activity.objects.filter(pk__in=ends).order_by("pk").select_for_update(of=("self",), no_key=True))
    activity.refresh_from_db(fields=["earlier"])
    if earlier and leads_to(earlier, activity):
        raise LeadsInACircle
    if activity.earlier != earlier:
        activity.earlier = earlier
        activity.save(update_fields=["earlier"])
        new_edition()


def lock_whole(activity: Activity) -> Activity:
    """As who saves its form does, sessions first: the copy is of what was there before or after that, never of halves."""
    sessions = Session.objects.filter(activity=activity.pk).select_for_update(of=("self",), no_key=True)
    list(sessions.order_by("pk").values_list("pk"))
    source = Activity.objects.select_for_update(of=("self",), no_key=True).filter(pk=activity.pk).first()
    if source is None:
        raise ActivityIsGone
    return source


def write_activity(
    source: Activity, moved: Sequence[MovedSession], *, year: int, earlier: Activity | None
) -> Activity:
    draft = again(source, earlier=earlier, ends_at=max((one.times[1] for one in moved), default=None))
    save_under_a_new_address(draft, YEAR_AT_THE_END.sub("", source.slug), year)
    draft.topics.set(source.topics.all())
    return draft


def save_under_a_new_address(draft: Activity, stem: str, year: int) -> None:
    """Whoever is faster with an address has it: another is tried."""
    for draft.slug in addresses(stem, year):
        if Activity.objects.filter(slug=draft.slug).exists():
            continue
        try:
            with transaction.atomic():
                draft.save(force_insert=True)
        except IntegrityError:
            if not Activity.objects.filter(slug=draft.slug).exists():
                raise
        else:
            return


def addresses(stem: str, year: int) -> Iterator[str]:
    for number in count(1):
        end = f"-{year}" if number == 1 else f"-{year}-{number}"
        yield stem[: LONGEST_ADDRESS - len(end)].rstrip("-") + end


def write_sessions(
    draft: Activity, moved: Sequence[MovedSession], span: timedelta
) -> tuple[dict[int, Session], dict[int, Meeting]]:
    """By the numbers of those they were copied from."""
    sessions, meetings = {}, {}
    for one in moved:
        start, end = one.times
        session = again(
            one.session, activity=draft, starts_at=start, ends_at=end, **registration_hours(one.session, span)
        )
        session.save(force_insert=True)
        sessions[one.session.pk] = session
        for hours in one.hours:
            if isinstance(hours.row, Meeting) and hours.becomes:
                start, end = hours.becomes
                meeting = again(hours.row, session=session, starts_at=start, ends_at=end)
                meeting.save(force_insert=True)
                meetings[hours.row.pk] = meeting
    return sessions, meetings


def write_rest(source: Activity, draft: Activity, sessions: Mapping[int, Session]) -> None:
    """Its picture, and what is read beside it.

    A document is named by both materials from now on: it goes with the last of them (`files/cleanup.py`). So the rows are
    locked: a material that is being deleted is waited for, and its document is not named again while it goes. What was
    recorded shows who was there: it stays with the edition it is of.
    """
    for picture in Picture.objects.filter(activity=source):
        again(picture, activity=draft).save(force_insert=True)
    kept = source.materials.exclude(kind=Material.Kind.RECORDING)
    for material in kept.select_for_update(of=("self",), no_key=True).order_by("pk"):
        if material.session_id is None or material.session_id in sessions:
            session = None if material.session_id is None else sessions[material.session_id]
            again(material, activity=draft, session=session).save(force_insert=True)
