"""The invented activities with their sessions, made through the catalog's own actions."""

from datetime import datetime, timedelta

from accounts.models import User
from catalog.actions import keep_picture, publish, set_meetings, set_picture, set_rule
from catalog.certificate_rule import Certificate, Counted, Rule
from catalog.models import Activity, Material, Session, Topic
from copying.actions import copy_activity
from hubs.models import Host
from pictures.small import portrait_of
from speakers.actions import name_at, note_consent, set_portrait, speaker_of
from speakers.models import Speaker
from staff.material_form import keep_material

from .drawings import drawing
from .handouts import handout
from .moments import meetings_of, start_of
from .portraits import portrait
from .specs import Spec, columns, speaker_specs

ANNOUNCED_BEFORE_OPENING = timedelta(days=9)
CREDIT = "Drawing made for the demonstration"


def make_activity(spec: Spec, *, by: User, now: datetime) -> list[tuple[Session, Spec]]:
    """Make and publish one activity. Returns each of its sessions with its spec, for the registrations."""
    activity = held_again(spec, by=by, now=now) if "earlier" in spec else written(spec, by=by, now=now)
    sessions = [
        (make_session(activity, session_spec, by=by, now=now), session_spec)
        for session_spec in spec["sessions"]
    ]
    give_materials(activity, spec, sessions, by=by, now=now)
    announced = min(announced_at(session, now) for session, _spec in sessions)
    activity.materials.update(given_at=announced)
    publish(activity=activity, by=by, now=announced)
    return sessions


def written(spec: Spec, *, by: User, now: datetime) -> Activity:
    activity = Activity.objects.create(
        slug=spec["slug"],
        format=spec["format"],
        host=Host.objects.get(slug=spec["host"]),
        audiences=spec["audiences"],
        languages=spec["languages"],
        interpretation=spec["interpretation"],
        regions=spec["regions"],
        partners=spec["partners"],
        **columns("title", spec["title"]),
        **columns("summary", spec["summary"]),
        **columns("description", spec["description"]),
        **columns("certificate_rule", spec["certificate"]),
    )
    activity.topics.set(Topic.objects.filter(slug__in=spec["topics"]))
    for position, speaker in enumerate(spec["speakers"], start=1):
        name_speaker(activity, speaker, position=position, by=by, now=now)
    if "rule" in spec:
        set_rule(activity=activity, rule=rule_of(spec["rule"]), by=by, now=now)
    if "picture" in spec:
        give_drawing(activity, spec["picture"]["drawing"], alt=spec["picture"]["alt"], by=by)
    return activity


def name_speaker(activity: Activity, spec: Spec, *, position: int, by: User, now: datetime) -> None:
    speaker = speaker_of(host=activity.host, name=spec["name"], organization=spec["organization"], by=by)
    if not speaker.has_agreed and spec.get("agreed", True):
        tell_of(speaker, speaker_specs().get(speaker.name, {}), by=by)
        note_consent(speaker=speaker, on=now.date(), how="invented for the demonstration", by=by)
    name_at(activity=activity, speaker=speaker, roles=spec["role"], position=position, by=by)


def tell_of(speaker: Speaker, spec: Spec, *, by: User) -> None:
    speaker.link, speaker.languages = spec.get("link", ""), spec.get("languages", [])
    for column, text in columns("words", spec.get("words")).items():
        setattr(speaker, column, text)
    speaker.save()
    if spec.get("picture"):
        set_portrait(speaker=speaker, picture=portrait_of(portrait(speaker.name)), by=by)


def held_again(spec: Spec, *, by: User, now: datetime) -> Activity:
    """A copy of what was held before, whose words are the same. Its sessions and materials are of today."""
    before = Activity.objects.get(slug=spec["earlier"])
    activity = copy_activity(activity=before, sessions=[], span=timedelta(0), by=by, now=now)
    activity.slug = spec["slug"]
    activity.save(update_fields=["slug"])
    activity.materials.all().delete()
    return activity


def give_materials(
    activity: Activity, spec: Spec, sessions: list[tuple[Session, Spec]], *, by: User, now: datetime
) -> None:
    of_state = {session_spec["state"]: session for session, session_spec in reversed(sessions)}
    for position, material in enumerate(spec["materials"], start=1):
        given: dict[str, object] = {"link": material.get("url", "")}
        if "file" in material:
            kept = keep_material(file=handout(material["file"], activity, material, now=now), by=by, now=now)
            given = {"file": kept.file.name, "file_name": kept.file_name, "file_size": kept.file_size}
            kept.delete()
        Material.objects.create(
            activity=activity,
            session=of_state[material["of"]] if "of" in material else None,
            position=position,
            kind="recording" if material["kind"] == "recording" else "material",
            language=material["language"],
            meant_for=material.get("when", "any"),
            shown_to=material["for"],
            **given,
            **columns("title", material["title"]),
        )


def rule_of(spec: Spec) -> Rule:
    return Rule(
        certificate=Certificate(spec["certificate"]),
        percent=spec["percent"],
        percent_of=Counted(spec["of"]),
        leaves_out_excused=spec.get("leaves_out_excused", False),
    )


def give_drawing(activity: Activity, name: str, *, alt: dict[str, str], by: User) -> None:
    set_picture(
        activity=activity,
        picture=keep_picture(file=drawing(name), by=by),
        alt=alt,
        credit=CREDIT,
        by=by,
    )


def make_session(activity: Activity, spec: Spec, *, by: User, now: datetime) -> Session:
    start = start_of(spec, now)
    opens_at, closes_at = window_of(spec, start)
    session = Session.objects.create(
        activity=activity,
        timezone=spec["zone"],
        self_paced=spec["state"] == "self_paced",
        starts_at=start,
        ends_at=start + timedelta(days=spec.get("window_days", 1)),
        joining_link=spec.get("joining_link", ""),
        eligibility=eligibility_of(spec),
        members_first_until=opens_at + timedelta(days=spec["members_first_days"])
        if opens_at and spec["members_first_days"]
        else None,
        places=spec["places"],
        registration_opens_at=opens_at,
        registration_closes_at=closes_at,
        **columns("label", spec.get("label")),
        **columns("venue", spec.get("place")),
    )
    if meetings := meetings_of(spec, start):
        set_meetings(session=session, meetings=meetings, by=by)
    return session


def window_of(spec: Spec, start: datetime) -> tuple[datetime | None, datetime | None]:
    """When registration opens and closes; None where the session's own start or window decides."""
    opens, closes = spec["opens_days_before"], spec["closes_days_before"]
    return (
        start - timedelta(days=opens) if opens else None,
        start - timedelta(days=closes) if closes else None,
    )


def eligibility_of(spec: Spec) -> str:
    if spec["state"] in {"invited", "members_only"}:
        return str(spec["state"])
    return "members_first" if spec["members_first_days"] else "everyone"


def announced_at(session: Session, now: datetime) -> datetime:
    opens_at = session.registration_opens_at or session.starts_at
    return min(opens_at, now) - ANNOUNCED_BEFORE_OPENING
