from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from registrations.actions.lock import lock_session
from registrations.models import Registration

from .. import errors
from ..models import Certificate
from ..outcomes import Outcome, What, all_lists_closed, outcomes
from .issuing import give


@transaction.atomic
def claim(*, registration: Registration, by: User, now: datetime | None = None) -> Certificate:
    """The person takes the certificate by the rule, where no round brings it any more: they said their name, or agreed that
    the host knows who they are, after everybody was looked at. What a round would give, and nothing else.

    Raises ListsAreOpen, NoRule, NoHost, NoSignatory, NameMissing, NotAgreed, HasOne, RuleNotMet, PersonWasErased.
    """
    session = lock_session(registration.session_id)
    found = outcomes(session, after=registration.pk - 1, at_most=1)
    if not all_lists_closed(session):
        raise errors.ListsAreOpen
    if session.is_cancelled or not found or found[0].registration != registration:
        raise errors.RuleNotMet
    refuse(found[0])
    if not give(found, session, by=by, now=now or timezone.now()):
        raise errors.PersonWasErased  # since they were read
    return (
        Certificate.objects.for_showing()
        .current()
        .get(registration=registration, kind=found[0].progress.rule.certificate)
    )


def refuse(outcome: Outcome) -> None:
    match outcome.what:
        case What.ISSUE:
            return
        case What.HAS | What.DOUBT:
            raise errors.HasOne
        case What.NO_NAME:
            raise errors.NotAgreed if not outcome.registration.discloses else errors.NameMissing
        case _:
            raise errors.RuleNotMet
