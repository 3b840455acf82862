from datetime import datetime

from django.utils import timezone

from catalog.models import Activity, Session
from hubs.notices import notify
from outbox.backdating import backdating
from registrations import materials
from registrations.reminders import remind

from .activities import make_activity
from .agreements import make_agreements
from .attending import REPORTED, attend
from .certifying import certify, name_signatories
from .city_record import make_city_people, make_city_record
from .doubles import make_doubles
from .focal_points import ask_focal_point, name_focal_point
from .helping import help_at
from .memberships import hold_a_place, make_memberships, put_others_on_record
from .messages import write_to_people
from .people import make_cast, make_people
from .progress import progress
from .proposals import make_proposals
from .questions import ask_questions
from .registering import fill
from .reporting import report
from .second_accounts import make_second_accounts
from .specs import Spec, activity_specs
from .stale_translations import leave_stale
from .supporters import make_supporters

# The official of the cast takes part in one session of each of these states, so that their pages show them all.
OFFICIALS_OWN = {"tomorrow", "running_now", "nearly_full", "self_paced", "cancelled"}
# Here they came last, and wait.
OFFICIAL_WAITS = "full_with_waiting"


def make_demo(*, now: datetime | None = None) -> None:
    """Make the invented half year that is not there yet, counted from now."""
    now = now or timezone.now()
    with backdating():
        make_past(now=now)


def make_past(*, now: datetime) -> None:
    """What went on until now, with its letters."""
    cast = make_cast()
    people = make_people()
    city = make_city_people(by=cast.secretariat, now=now)
    make_memberships(by=cast.secretariat, now=now)
    name_focal_point(by=cast.secretariat, now=now)
    name_signatories(now=now)
    there = set(Activity.objects.values_list("slug", flat=True))
    new = [spec for spec in activity_specs() if spec["slug"] not in there]
    sessions: list[tuple[Session, Spec]] = []
    for spec in progress("activities", new, len(new)):
        sessions += make_activity(spec, by=cast.secretariat, now=now)
    officials = officials_sessions(sessions)
    for session, spec in progress("sessions filled", sessions, len(sessions)):
        takes_part = [cast.official] if session in officials or "official" in spec else []
        takes_part += city[slice(*spec.get("city", (0, 0)))]
        fill(session, spec, people=people, also=takes_part, by=cast.secretariat, now=now)
        attend(session, spec, by=cast.secretariat, official=cast.official, now=now)
        if spec.get("attendance") == REPORTED:
            report(session, by=cast.secretariat, now=now)
        certify(session, by=cast.secretariat, now=now)
        write_to_people(session, spec, by=cast.secretariat, now=now)
        ask_questions(session, spec, by=cast.secretariat, now=now)
        if spec["state"] == "running_now" and session in officials:
            help_at(session, by=cast.secretariat, now=now)
    hold_a_place([session for session, _spec in sessions], now=now)
    make_second_accounts(now=now)
    leave_stale(new={spec["slug"] for spec in new})
    make_agreements(by=cast.secretariat, now=now)
    make_supporters(by=cast.secretariat, now=now)
    put_others_on_record(now=now)
    make_city_record(city, now=now)
    ask_focal_point(now=now)
    make_doubles()
    make_proposals(
        official=cast.official,
        coordinator=cast.coordinator,
        secretariat=cast.secretariat,
        people=people,
        now=now,
    )
    remind(now=now)
    materials.write_due(now=now)
    notify(now=now)


def officials_sessions(sessions: list[tuple[Session, Spec]]) -> list[Session]:
    """The first session of each state that the official takes part in."""
    first: dict[str, Session] = {}
    for session, spec in sessions:
        if spec["state"] in OFFICIALS_OWN | {OFFICIAL_WAITS}:
            first.setdefault(spec["state"], session)
    return list(first.values())
