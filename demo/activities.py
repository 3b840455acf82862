"""The invented activities with their sessions, made through the catalog's own actions."""

from datetime import datetime, timedelta

from accounts.models import User
from catalog.actions import keep_picture, publish, set_meetings, set_picture
from catalog.models import Activity, Material, Session, Speaker, Topic
from hubs.models import Host

from .drawings import drawing
from .moments import meetings_of, start_of
from .words import columns

ANNOUNCED_BEFORE_OPENING = timedelta(days=9)
CREDIT = "Drawing made for the demonstration"


def make_activity(words: dict, *, by: User, now: datetime) -> list[tuple[Session, dict]]:
    """Make and publish one activity. Returns each of its sessions with the words about it, for the registrations."""
    activity = Activity.objects.create(
        slug=words["slug"],
        format=words["format"],
        host=Host.objects.get(slug=words["host"]),
        audiences=words["audiences"],
        languages=words["languages"],
        interpretation=words["interpretation"],
        regions=words["regions"],
        partners=words["partners"],
        **columns("title", words["title"]),
        **columns("summary", words["summary"]),
        **columns("description", words["description"]),
        **columns("certificate_rule", words["certificate"]),
    )
    activity.topics.set(Topic.objects.filter(slug__in=words["topics"]))
    for position, speaker in enumerate(words["speakers"], start=1):
        Speaker.objects.create(
            activity=activity,
            position=position,
            name=speaker["name"],
            organization=speaker["organization"],
            **columns("role", speaker["role"]),
        )
    for position, material in enumerate(words["materials"], start=1):
        Material.objects.create(
            activity=activity,
            position=position,
            link=material["url"],
            language=material["language"],
            shown_to=material["for"],
            **columns("title", material["title"]),
        )
    if "picture" in words:
        give_drawing(activity, words["picture"]["drawing"], alt=words["picture"]["alt"], by=by)
    sessions = [(make_session(activity, said, by=by, now=now), said) for said in words["sessions"]]
    announced = min(announced_at(session, now) for session, _said in sessions)
    activity.materials.update(given_at=announced)
    publish(activity=activity, by=by, now=announced)
    return sessions


def give_drawing(activity: Activity, name: str, *, alt: dict[str, str], by: User) -> None:
    set_picture(
        activity=activity,
        picture=keep_picture(file=drawing(name), by=by),
        alt=alt,
        credit=CREDIT,
        by=by,
    )


def make_session(activity: Activity, words: dict, *, by: User, now: datetime) -> Session:
    start = start_of(words, now)
    opens_at, closes_at = window_of(words, start)
    session = Session.objects.create(
        activity=activity,
        timezone=words["zone"],
        self_paced=words["state"] == "self_paced",
        starts_at=start,
        ends_at=start + timedelta(days=words.get("window_days", 1)),
        joining_link=words.get("joining_link", ""),
        eligibility=eligibility_of(words),
        members_first_until=opens_at + timedelta(days=words["members_first_days"])
        if opens_at and words["members_first_days"]
        else None,
        places=words["places"],
        registration_opens_at=opens_at,
        registration_closes_at=closes_at,
        **columns("label", words.get("label")),
        **columns("venue", words.get("place")),
    )
    if meetings := meetings_of(words, start):
        set_meetings(session=session, meetings=meetings, by=by)
    return session


def window_of(words: dict, start: datetime) -> tuple[datetime | None, datetime | None]:
    """When registration opens and closes; None where the session's own start or window decides."""
    opens, closes = words["opens_days_before"], words["closes_days_before"]
    return (
        start - timedelta(days=opens) if opens else None,
        start - timedelta(days=closes) if closes else None,
    )


def eligibility_of(words: dict) -> str:
    if words["state"] in {"invited", "members_only"}:
        return words["state"]
    return "members_first" if words["members_first_days"] else "everyone"


def announced_at(session: Session, now: datetime) -> datetime:
    opens_at = session.registration_opens_at or session.starts_at
    return min(opens_at, now) - ANNOUNCED_BEFORE_OPENING
