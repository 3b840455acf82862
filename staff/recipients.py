"""Who would be written to, before it is done. Each answer says the same as the action will: tests hold them together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils import timezone

from catalog.meeting_changes import MeetingTimes, match
from catalog.models import Activity, Session
from registrations import joining
from registrations.actions.occupancy import occupancy_of
from registrations.actions.promoting import next_in_line
from registrations.models import Registration


def by_language(registrations: QuerySet[Registration]) -> Counter[str]:
    rows = registrations.order_by().values_list("person__language").annotate(how_many=Count("pk"))
    return Counter(dict(rows))


def recipients_of_cancellation(session: Session) -> Counter[str]:
    return by_language(session.registrations.standing())


def recipients_of_change(
    session: Session, *, moved: bool, new_place: bool, new_link: bool, now: datetime
) -> Counter[str]:
    """As registrations.actions.reschedule: a new link alone is told only where the old one may have been seen."""
    if moved or new_place:
        return by_language(session.registrations.standing())
    if new_link and joining.is_open(session, now):
        return by_language(session.registrations.confirmed())
    return Counter()


def recipients_of_rule(activity: Activity, *, now: datetime) -> Counter[str]:
    """Of a new rule, as registrations.actions.change_rule."""
    told = [session for session in activity.sessions.all() if session.meets_still(now)]
    return by_language(Registration.objects.standing().filter(session__in=told))


def drops_a_meeting(session: Session, meetings: Sequence[MeetingTimes] | None) -> bool:
    """Whether with these meetings one no longer takes place that people are registered for."""
    if meetings is None or not session.registrations.standing().exists():
        return False
    before = list(session.meetings.all())
    stay = {known for known, _times in match(before, meetings, now=timezone.now()) if known}
    return not stay.issuperset(before)


def recipients_of_more_places(session: Session, places: int | None, *, now: datetime) -> Counter[str]:
    """Of those who wait, the first for whom there would be a place."""
    occupancy = replace(occupancy_of(session, now), places=places)
    let_in, held = next_in_line(session, occupancy, now)
    return Counter(registration.person.language for registration in (*let_in, *held))
