"""An import is undone. GET says what it would take back, POST does."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.expired_forms import never_sent_again
from accounts.http import PersonRequest

from .. import access, actions, errors
from ..kinds import kind_of
from .imports import carry_on


@never_cache
@never_sent_again
@require_http_methods(["GET", "HEAD", "POST"])
def undoing(request: PersonRequest, pk: int) -> HttpResponse:
    of = access.import_for(request, pk)
    if request.method == "POST":
        try:
            of = actions.begin_undo(of=of, by=request.user)
        except errors.Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            carry_on(request, of)
        return redirect(of)
    if not of.may_be_undone:
        return redirect(of)
    context = {
        "import": of,
        "kind": kind_of(of),
        "session": of.session,
        "activity": of.session.activity if of.session else None,
        "outlook": kind_of(of).undo_outlook(of, timezone.now(), reader=request.user),
    }
    return render(request, kind_of(of).undoing_template, context)
