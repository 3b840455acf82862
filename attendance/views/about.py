"""What every page about a meeting shows of it."""

from catalog.models import Meeting
from registrations.clocks import city_of


def about(meeting: Meeting) -> dict[str, object]:
    """`place` is the city whose clock the hours are on."""
    session = meeting.session
    return {"meeting": meeting, "session": session, "activity": session.activity, "place": city_of(session)}
