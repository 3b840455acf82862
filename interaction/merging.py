"""What becomes of questions when two people are merged who were both registered for one session.

What hangs on a registration that moves goes along with it. All this happens under the lock of the session.
"""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from merging.moving import Moving
from merging.parts import Line, Part
from one_place.pairs import pairs_of

from . import versions
from .models import Question, Report, Vote


def outlook(kept: User, gone: User) -> list[Line]:
    return [
        Line(_("questions asked at meetings"), Question.objects.filter(registration__person=gone).count())
    ]


def move(moving: Moving[User]) -> None:
    for pair in pairs_of(moving.kept, moving.gone):
        for question in Question.objects.filter(registration=pair.goes):
            moving.set(question, "registration", pair.stays)
        voted = set(Vote.objects.filter(registration=pair.stays).values_list("question", flat=True))
        for vote in Vote.objects.filter(registration=pair.goes):
            if vote.question_id in voted:
                moving.set(vote, "counts", False)  # one person, one vote
            else:
                moving.set(vote, "registration", pair.stays)
        reported = set(Report.objects.filter(registration=pair.stays).values_list("question", flat=True))
        for report in Report.objects.filter(registration=pair.goes):
            if report.question_id is None or report.question_id not in reported:
                moving.set(report, "registration", pair.stays)
        for report in Report.objects.filter(asker=pair.goes):
            moving.set(report, "asker", pair.stays)


def tell_pages(kept: User, gone: User) -> None:
    for pair in pairs_of(kept, gone):
        for meeting in pair.stays.session.meetings.all():
            versions.changed(meeting)


OF_QUESTIONS = Part(
    covers=(Question, Vote, Report),
    outlook=outlook,
    move=move,
    settle=tell_pages,
)
