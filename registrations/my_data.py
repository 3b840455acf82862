"""What a person's download tells of their registrations, and of invitations to their e-mail address."""

from accounts.models import User
from accounts.whose import written_to

from .models import Invitation


def my_data(person: User) -> dict[str, object]:
    return {"registrations": registrations(person), "invitations": invitations(person)}


def registrations(person: User) -> list[dict[str, object]]:
    return [
        {
            "code": registration.code,
            "activity": registration.session.activity.title,
            "host": registration.session.activity.host_name,
            "session_starts_at": registration.session.starts_at,
            "session_ends_at": registration.session.ends_at,
            "state": registration.state,
            "note": registration.note,
            "registered_at": registration.registered_at,
            "in_line_since": registration.queued_at,
            "confirmed_at": registration.confirmed_at,
            "cancelled_at": registration.cancelled_at,
            "cancelled_for": registration.cancelled_for,
            "held_for_me_until": registration.hold_until,
            "beyond_the_places": registration.over_places,
            "registered_by_staff_because": registration.ground,
            "the_host_sees_who_i_am": registration.discloses,
        }
        for registration in person.registrations.select_related("session__activity__host").order_by("pk")
    ]


def invitations(person: User) -> list[dict[str, object]]:
    return [
        {
            "activity": invitation.session.activity.title,
            "email": invitation.email,
            "invited_at": invitation.invited_at,
        }
        for invitation in Invitation.objects.filter(written_to(person))
        .select_related("session__activity")
        .order_by("pk")
    ]
