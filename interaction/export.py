"""The questions of a meeting as a file, for those who speak: as others see them, so without the names of who asked without.
Everything leaves as text, so nothing runs in a spreadsheet."""

import tablib
from django.utils.translation import gettext as _

from catalog.models import Meeting
from desk.clock import shown
from desk.export import defused, separator
from texts.languages import language_name

from .counting import votes_of
from .models import Question
from .showing import asker_for_others


def file_of(meeting: Meeting) -> tuple[bytes, int]:
    """CSV that spreadsheets open rightly, and how many questions stand in it: the most wanted first, doubles left out."""
    headings = [_("State"), _("Votes"), _("Question"), _("Language"), _("Name"), _("Asked"), _("Answer")]
    data = tablib.Dataset(headers=[defused(heading) for heading in headings])
    votes = votes_of(meeting.pk)
    questions = Question.objects.not_united().filter(meeting=meeting)
    people = questions.select_related("registration__person__organization").order_by("asked_at", "pk")
    rows = sorted(people, key=lambda question: -votes.get(question.pk, 0))
    for question in rows:
        cells = [
            question.get_state_display(),
            votes.get(question.pk, 0),
            question.words,
            language_name(question.language) if question.language else "",
            asker_for_others(question),
            shown(question.asked_at, meeting.session.zone),
            question.answer,
        ]
        data.append([defused(str(cell)) for cell in cells])
    # The mark by which Excel knows UTF-8 comes first.
    return ("\ufeff" + data.export("csv", delimiter=separator())).encode(), len(rows)
