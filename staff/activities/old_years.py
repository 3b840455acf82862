"""Words of a copy that name the year in which it was held before: nobody but a person can say what they should be."""

import re
from collections.abc import Iterable, Iterator

from django.db.models import Model
from django.utils.text import capfirst
from modeltranslation.translator import translator

from catalog.models import Activity, Meeting
from copying.moving import hour_of
from desk.languages import column_label


def years_of(activity: Activity) -> set[int]:
    """In which its sessions begin, on the clocks of their places."""
    return {hour_of(session, "starts_at").year for session in activity.sessions.all()}


def words_that_name(years: Iterable[int], draft: Activity) -> list[str]:
    """The names of the fields, as in “Title in English”, each once."""
    if not years:
        return []
    named = re.compile(rf"(?<!\d)({'|'.join(map(str, years))})(?!\d)")
    found = (label for label, text in texts_of(draft) if named.search(text))
    return list(dict.fromkeys(found))


def texts_of(draft: Activity) -> Iterator[tuple[str, str]]:
    sessions = draft.sessions.all()
    meetings = Meeting.objects.filter(session__in=sessions)
    for row in (draft, *sessions, *meetings, *draft.materials.all()):
        yield from texts_of_row(row)


def texts_of_row(row: Model) -> Iterator[tuple[str, str]]:
    for name, columns in translator.get_options_for_model(type(row)).all_fields.items():
        if name == "description_html":
            continue
        for column in columns:
            yield capfirst(column_label(column)), getattr(row, column.name) or ""
