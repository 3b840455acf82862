from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from catalog import actions as catalog_actions
from catalog.certificate_rule import Rule
from catalog.models import Activity

from .. import letters
from . import lock


@transaction.atomic
def change_rule(*, activity: Activity, rule: Rule | None, by: User, now: datetime | None = None) -> int:
    """Say anew when somebody has taken part, and tell everybody confirmed or waiting. Answers how many letters.

    Written to are those of sessions that are not over; what is learned at one's own pace has no meetings, so the rule says
    nothing to its people. From the first meeting on nobody may lose by the change. Raises catalog.errors.RuleWasTold.
    """
    # Nobody registers, and no meeting is moved, while it changes. The hour is that after the wait.
    sessions = lock.lock_sessions_of(activity.pk)
    now = now or timezone.now()
    activity = catalog_actions.lock(activity)
    before = activity.rule
    if not catalog_actions.set_rule(activity=activity, rule=rule, by=by, now=now):
        return 0
    written = 0
    for session in sessions:
        if not session.meets_still(now):
            continue
        session.activity = activity
        standing = list(session.registrations.standing().select_related("person"))
        for registration in standing:
            registration.session = session
        written += letters.rule_changed(standing, before=before, now=now)
    return written
