"""The learning record in words, for its page and its paper, in the language that is active."""

from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock_words
from outbox.links import link_to
from outbox.templates import isolated
from papers import drawn

from .record import Learned, Record


def shown(record: Record) -> list[dict[str, object]]:
    """By years: each session in words, with its registration's page and its certificates."""
    return [
        {
            "year": str(year.year),
            "length": clock_words.length(year.minutes) if year.minutes else "",
            "learned": [line(one) for one in year.learned],
        }
        for year in record.years
    ]


def line(one: Learned) -> dict[str, object]:
    days = clock_words.days(one.starts_on, one.ends_on)
    return {
        "title": one.title,
        "page": reverse("me:registration", args=[one.registration.code]),
        "format": one.registration.session.activity.format,
        "host": isolated(one.host),
        "days": days,
        # Lines are put together here: programs read rightly what a paper shows as it was put in.
        "by_whom_and_when": f"{isolated(one.host)} · {days}",
        "present": present(one),
        "certificates": [
            {
                "kind": certificate.said.kind_words,
                "code": certificate.code,
                "kind_and_code": f"{certificate.said.kind_words} · {certificate.code}",
                "page": certificate.get_absolute_url(),
            }
            for certificate in one.certificates
        ],
    }


def summary(record: Record) -> str:
    """“3 activities · 42 hours · 2 certificates”."""
    activities, certificates = len(record.learned), len(record.certificates)
    parts = [
        ngettext("%(count)d activity", "%(count)d activities", activities) % {"count": activities},
        clock_words.length(record.minutes) if record.minutes else "",
        ngettext("%(count)d certificate", "%(count)d certificates", certificates) % {"count": certificates}
        if certificates
        else "",
    ]
    return " · ".join(part for part in parts if part)


def present(one: Learned) -> str:
    """“Present at 4 of 5 meetings · 20 hours”; "" where that is not known."""
    if not one.was_recorded:
        return ""
    at = ngettext(
        "present at %(present)d of %(of)d meeting", "present at %(present)d of %(of)d meetings", one.meetings
    )
    return capfirst(
        f"{at % {'present': one.present, 'of': one.meetings}} · {clock_words.length(one.minutes)}"
    )


def paper(record: Record, *, now: datetime) -> bytes:
    """As PDF. The person's country decides how Chinese characters are drawn."""
    title = _("Learning record")
    data = {
        "name": record.name,
        "summary": summary(record) if record.years else "",
        "years": shown(record),
        "words": {
            "kind": title,
            "foot": f"{_('Learning Station')} · {_('Made on %(day)s') % {'day': clock_words.day(now)}}",
            "check": _("Each certificate can be checked by its code: %(address)s")
            # From left to right, to its last slash: on paper nobody follows it by a press.
            % {"address": f"\u2066{certificates_address()}\u2069"},
            "nothing": _("Nothing is recorded yet."),
            "page": _("Page {page} of {pages}"),
        },
    }
    return drawn(
        "credentials/papers/record.typ",
        data,
        title=f"{title}: {record.name}" if record.name else title,
        author=_("Learning Station"),
        country=record.country,
        now=now,
    )


def certificates_address() -> str:
    """Without a code: “https://…/certificates/”."""
    return link_to("credentials:certificate", "CODE").removesuffix("CODE/")
