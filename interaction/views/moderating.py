"""All questions of a meeting for its moderators, and the buttons that move one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PersonRequest

from .. import access, actions, clock, errors, showing, versions
from ..models import Board, Question
from . import live


@never_cache
@require_safe
def moderation(request: PersonRequest, pk: int) -> HttpResponse:
    if answer := live.nothing_new(request, pk):
        return answer
    meeting = access.meeting_to_look_after(request, pk)
    session, now = meeting.session, timezone.now()
    version = versions.current(meeting)
    context = live.about(request, meeting, version) | {
        "questions": showing.moderation_of(meeting),
        "may_moderate": access.may_moderate(request.user, session, now),
        "may_decide": access.may_decide(request.user, session),
        "is_open": clock.is_open(meeting, now),
        "closes_at": clock.closes_at(meeting),
        "board": Board.objects.filter(meeting=meeting).first(),
        "at_the_desk": request.user.is_staff,
    }
    part = "interaction/_moderation.html" if live.is_live(request) else "interaction/moderation.html"
    return live.named(render(request, part, context), context)


@require_POST
def state(request: PersonRequest, pk: int) -> HttpResponse:
    """`to` is the state it is put into."""
    question = access.question_to_moderate(request, pk)
    back = f"{reverse('interaction:moderation', args=[question.meeting_id])}#q{pk}"
    to = request.POST.get("to", "")
    if to not in Question.State.values or to == Question.State.WAITING:
        return live.done(request, back)
    try:
        actions.move(question=question, to=to, by=request.user)
    except errors.Refused as refusal:
        return live.done(request, back, refusal)
    return live.done(request, back)
