"""An accepted proposal becomes a draft in the catalog: nobody types it again."""

from datetime import datetime, timedelta

from django.db.models import Model
from django.utils.text import slugify

from accounts.models import User
from catalog.actions import refresh, set_meetings
from catalog.models import Activity, Session, Topic
from proposals.content import Content
from proposals.models import Decision, Proposal
from speakers.actions import name_at, note_consent, speaker_of

ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(weeks=1)
# For staff, whatever their language.
SAID_BY_PROPOSER = "said by who proposed it:"


def make_activity(locked: Proposal, decision: Decision, *, by: User, now: datetime) -> Activity:
    """The draft of the activity with everything that was sent. Call it in the transaction that accepts."""
    if locked.activity is not None:
        return locked.activity
    revision = locked.revisions.last()
    assert revision is not None  # nothing is accepted that was not sent
    content: Content = revision.content
    language = locked.language
    activity = Activity(
        slug=free_slug(content["title"]),
        format=content["format"],
        host=decision.host,
        audiences=content.get("audiences") or [],
        languages=content["languages"],
        partners=partners(locked),
        credited_to=locked.organization,
    )
    in_language(
        activity, language, title=content["title"], summary=content["aim"], description=description(content)
    )
    activity.save()
    activity.topics.set(Topic.objects.filter(slug__in=content["topics"]))
    for position, named in enumerate(content.get("speakers") or []):
        name_proposed(named, activity, language, position=position, locked=locked, by=by, now=now)
    if decision.starts_at and decision.starts_at > now:  # a decision may wait longer than its plan
        plan_session(activity, content, decision.starts_at, by=by)
    refresh(activity=activity)
    return activity


def name_proposed(
    named: dict[str, str],
    activity: Activity,
    language: str,
    *,
    position: int,
    locked: Proposal,
    by: User,
    now: datetime,
) -> None:
    """Whoever proposes says of each person named that they agreed to it: the form asks for it."""
    speaker = speaker_of(
        host=activity.host, name=named["name"], organization=named.get("organization", ""), by=by
    )
    if not speaker.has_agreed:
        note_consent(speaker=speaker, on=now.date(), how=f"{SAID_BY_PROPOSER} {locked.code}", by=by)
    roles = {language: named.get("role", "")}
    name_at(activity=activity, speaker=speaker, roles=roles, position=position, by=by)


def plan_session(activity: Activity, content: Content, starts_at: datetime, *, by: User) -> Session:
    """A session with the meetings that were proposed: on days in a row where people come together, else week by week."""
    host = activity.host
    assert host is not None
    lasts = timedelta(hours=float(content["hours"]))
    apart = ONE_DAY if activity.format == Activity.Format.IN_PERSON_PROGRAM else ONE_WEEK
    first = starts_at.astimezone(host.zone)
    session = Session.objects.create(
        activity=activity,
        timezone=host.timezone,
        starts_at=first,
        ends_at=first + lasts,
        places=content["group_size"],
    )
    # On the host's clock: also across a clock change every meeting begins at the same hour.
    starts = [
        (first.replace(tzinfo=None) + apart * number).replace(tzinfo=host.zone)
        for number in range(content["meetings"])
    ]
    set_meetings(session=session, meetings=[(start, start + lasts, "") for start in starts], by=by)
    return session


def partners(locked: Proposal) -> list[str]:
    """Who proposes without being in our list of organizations is named as a partner."""
    return [] if locked.organization or not locked.organization_name else [locked.organization_name]


def description(content: Content) -> str:
    """The outline and what participants will be able to do, as plain paragraphs of Markdown."""
    return f"{content['outline'].strip()}\n\n{content['outcomes'].strip()}"


def in_language(row: Model, language: str, **texts: str) -> None:
    for name, text in texts.items():
        setattr(row, f"{name}_{language}", text)


def free_slug(title: str) -> str:
    """An address nobody has. Two that are accepted at once with the same title are told apart by the unique column."""
    wanted = slugify(title)[:100].strip("-") or "activity"
    taken = set(Activity.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{wanted}-{number}") not in taken)
