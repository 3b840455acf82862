"""Words that more than one form of a session has: the hours of registration, the reminders, how meetings are typed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.models import Session
from desk.clock import shown

LEADS = (20160, 10080, 4320, 2880, 1440, 240, 60, 15)


def lead_name(minutes: int) -> str:
    """“7 days before”."""
    if minutes % 1440 == 0:
        days = minutes // 1440
        return ngettext("%(days)d day before", "%(days)d days before", days) % {"days": days}
    if minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(hours)d hour before", "%(hours)d hours before", hours) % {"hours": hours}
    return ngettext("%(minutes)d minute before", "%(minutes)d minutes before", minutes) % {"minutes": minutes}


def lead_choices() -> list[tuple[int, str]]:
    return [(minutes, lead_name(minutes)) for minutes in LEADS]


HOURS_NOW = {
    "registration_opens_at": _("Registration opens %(when)s."),
    "members_first_until": _("It is kept for members until %(when)s."),
    "registration_closes_at": _("Registration closes %(when)s."),
}


def hours_in_words(session: Session, names: Iterable[str], before: Session) -> str:
    """The hours of registration that are others than before, on the clock of the place."""
    sentences = []
    for name in names:
        at = getattr(session, name)
        if at == getattr(before, name):
            continue
        if at:
            sentences.append(HOURS_NOW[name] % {"when": shown(at, session.zone)})
        elif name == "registration_closes_at":
            sentences.append(_now("Registration closes when it starts."))
    return " ".join(sentences)


MEETINGS_HELP = _(
    "One meeting on each line, on the clock of the session’s time zone: a day, two times, a title. Write the title’s "
    "translations after it, between “|”, in the order English, French, Spanish. "
    "Example: 2026-12-01 10:00–11:30 Who pays | Qui paie | Quién paga. "
    "When it ends on another day: 2026-12-01 22:00–2026-12-02 01:00. "
    "Where clocks are put back and show an hour twice, the first is meant. Leave it empty for a self-paced session."
)
