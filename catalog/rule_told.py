"""The rule of an activity as pages and letters tell it beforehand: as a certificate where somebody signs for the host
(promise 8 of the design), else as what counts as having taken part."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from .certificate_rule import Rule
from .models import Activity, Session


class RuleInWords(NamedTuple):
    label: str
    words: str


def rule_in_words(session: Session, now: datetime) -> RuleInWords | None:
    """None where no rule is, and where nothing meets: it says nothing there."""
    rule = session.activity.rule
    if rule is None or session.self_paced or session.is_cancelled:
        return None
    return in_words(rule, len(session.meetings.all()), certified=is_signed(session, now))


def in_words(rule: Rule, meetings: int | None, *, certified: bool) -> RuleInWords:
    if not certified:
        return RuleInWords(rule.label, rule.words(meetings))
    return RuleInWords(
        rule.certificate.title_words, _("for whoever is %(presence)s") % {"presence": rule.words(meetings)}
    )


def is_signed(session: Session, now: datetime) -> bool:
    """Whether somebody signs for the host when the session is over, as far as it is known."""
    return somebody_signs(session.activity, max(now, session.ends_at))


def somebody_signs(activity: Activity, moment: datetime) -> bool:
    """Once a host and page: the question of another session asks the database for nothing."""
    host = activity.host
    if host is None:
        return False
    prefetch_related_objects([host], "signatories")
    day = moment.astimezone(host.zone).date()
    return any(signs_on(one.from_day, one.until_day, day) for one in host.signatories.all())


def signs_on(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)
