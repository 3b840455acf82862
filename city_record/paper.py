"""A city's record on paper."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts import clock_words
from papers import drawn

from .words import CityRecord, Row, certificates, certificates_of_years, hours, people_trained, rule_told


def paper(record: CityRecord, *, now: datetime) -> bytes:
    """As PDF. The city's country decides how Chinese characters are drawn."""
    data = {
        "city": record.city.name_shown,
        "years": [
            # Lines are put together before: programs read rightly what a paper shows as it was put in.
            {"years": row.years, "numbers": numbers(row), "topics": row.topics_line}
            for row in record.numbers.rows
        ],
        "certificates": [certificates_of_years(one) for one in record.numbers.certificates],
        "people": [{"name": person.name, "learned": person.lines} for person in record.people or []],
        "words": {
            "kind": _("Learning record of a city"),
            "foot": f"{_('Learning Station')} · {_('Made on %(day)s') % {'day': clock_words.day(now)}}",
            "rule": rule_told(),
            "people": _("People who agreed to be named"),
            "nothing": _(
                "Numbers appear once five people learned something here who are not listed by name."
            ),
            "page": _("Page {page} of {pages}"),
        },
    }
    return drawn(
        "city_record/papers/city.typ",
        data,
        title=record.title,
        author=_("Learning Station"),
        country=str(record.city.country),
        now=now,
    )


def numbers(row: Row) -> str:
    """“12 people trained · 48 hours · 9 certificates”."""
    parts = [people_trained(row.people), hours(row.hours)]
    if row.certificates is not None:
        parts.append(certificates(row.certificates))
    return " · ".join(parts)
