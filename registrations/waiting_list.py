"""Where someone stands in the waiting list, and why; and whether anybody is let in from it."""

from datetime import datetime
from typing import TypedDict

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import WithAnnotations

from accounts.models import User
from catalog.models import Session
from outbox.templates import isolated

from . import clocks
from .eligibility import is_of_a_member, kept_for_members_until
from .models import Registration


def still_takes_people_in(session: Session, now: datetime) -> bool:
    """Nobody is let in from the waiting list once the session has started: they have made other plans. What is learned at
    one's own pace, and a series that people may still join, lets in until it is over."""
    if session.is_cancelled:
        return False
    return now < (session.ends_at if session.self_paced or session.late_registration else session.starts_at)


def position_in_line(registration: Registration) -> int:
    """1 for who is let in next. One query. Raises ValueError for a registration that does not wait."""
    if not registration.is_waiting:
        raise ValueError("Only who waits has a place in the line.")
    ahead_or_self = Q(queued_at__lt=registration.queued_at) | Q(
        queued_at=registration.queued_at, pk__lte=registration.pk
    )
    return Registration.objects.filter(ahead_or_self, session_id=registration.session_id).waiting().count()


def why_waiting(session: Session, position: int) -> str:
    """The position explained, in one or two sentences."""
    if session.places == 0:
        taken = _("No places have been opened yet.")
    elif session.places and session.places_left == 0:
        taken = ngettext("The only place is taken.", "All %(places)d places are taken.", session.places) % {
            "places": session.places
        }
    else:
        taken = _("Others came before you and are let in first.")
    if position == 1:
        ahead = _("You are the first in line: the next place that becomes free is yours.")
    else:
        ahead = ngettext(
            "%(ahead)d person is ahead of you, in the order in which people registered.",
            "%(ahead)d people are ahead of you, in the order in which people registered.",
            position - 1,
        ) % {"ahead": position - 1}
    return f"{taken} {ahead}"


def why_not_let_in(session: Session, person: User, now: datetime) -> str:
    """Of somebody who waits where places are for members, and nobody but themselves says that they act for one; or they no
    longer do, as the organization is no member any more or does not know them."""
    organization = acts_for(person)
    until = kept_for_members_until(session)
    if not is_of_a_member(person, now):
        if until:
            return _(
                "Until %(when)s places are for people of member organizations, and it is not confirmed that you act for "
                "one. When everybody may register, you are let in when it is your turn."
            ) % {"when": clocks.moment(until, session)}
        return _(
            "Places are for people of member organizations, and it is not confirmed that you act for one."
        )
    if until:
        return _(
            "Until %(when)s places are for people of member organizations, and it is not confirmed that you act for "
            "%(organization)s. As soon as it is, or everybody may register, you are let in when it is your turn."
        ) % {"when": clocks.moment(until, session), "organization": organization}
    return _(
        "Places are for people of member organizations, and it is not confirmed that you act for %(organization)s. As soon "
        "as it is, you are let in when it is your turn."
    ) % {"organization": organization}


def hold_in_words(session: Session, person: User, until: datetime) -> str:
    """What is told before somebody registers, on the page of the registration and in the letter."""
    facts = {"when": clocks.moment(until, session), "organization": acts_for(person)}
    opens = kept_for_members_until(session)
    if opens and opens <= until:
        return _(
            "A place is held for you. It is yours as soon as %(organization)s or the secretariat confirms that you act for "
            "it, and in any case on %(when)s, when everybody may register. We write to you then."
        ) % (facts | {"when": clocks.moment(opens, session)})
    return " ".join(
        [
            _(
                "A place is held for you until %(when)s: by then %(organization)s or the secretariat has to confirm that "
                "you act for it."
            )
            % facts,
            _(
                "If nobody does, you go to the end of the waiting list, and the next one gets the place. We write to you in "
                "either case."
            ),
        ]
    )


def acts_for(person: User) -> str:
    """The name in the language that is set; set apart, as it may run the other way."""
    return isolated(person.organization.name_shown if person.organization else person.organization_other)


class Position(TypedDict):
    position: int


def place_in_line() -> Subquery:
    """Of the registration around it: how many wait up to it in its session's line. For one that waits: 1 for who is next."""
    before = Q(queued_at__lt=OuterRef("queued_at")) | Q(
        queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk")
    )
    line = (
        Registration.objects.filter(before, session=OuterRef("session"), state=Registration.State.WAITING)
        .order_by()
        .values("session")
        .annotate(length=Count("pk"))
        .values("length")
    )
    return Subquery(line)


def with_positions(
    registrations: QuerySet[Registration],
) -> "QuerySet[WithAnnotations[Registration, Position]]":
    """Each with `position`, its place in its session's waiting list. It says nothing of one that does not wait."""
    return registrations.annotate(position=Coalesce(place_in_line(), 0))
