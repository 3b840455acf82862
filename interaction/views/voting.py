from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import PersonRequest

from .. import access, actions, errors
from . import live


@require_POST
def vote(request: PersonRequest, pk: int) -> HttpResponse:
    """`vote=1` gives one, `vote=0` takes it back."""
    question, registration = access.question_for(request, pk)
    order = live.order_of(request.POST.get("order", ""))
    back = f"{reverse('interaction:questions', args=[question.meeting_id])}?order={order}#q{question.same_as_id or pk}"
    try:
        if access.too_fast(request, "vote"):
            raise errors.TooFast(question.meeting)
        change = actions.take_vote_back if request.POST.get("vote") == "0" else actions.vote
        change(question=question, registration=registration, by=request.user)
    except errors.Refused as refusal:
        return live.done(request, back, refusal)
    return live.done(request, back)
