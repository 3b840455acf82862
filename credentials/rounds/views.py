"""A session's certificates at the desk: looked at, issued, and granted to one person."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.expired_forms import never_sent_again
from accounts.http import PersonRequest
from attendance.progress import progress
from catalog.models import Session
from catalog.rule_told import rule_in_words
from desk.steps import recipients_sentence
from outbox.wakeup import publish
from registrations.access import acts_for_host

from .. import access, actions, errors, tasks
from ..models import Round
from .granting_form import GrantingForm
from .page import SessionCertificates

ROWS = 50
# More people than these are left to the worker: nobody waits for a page so long.
IN_REQUEST = 500


def about(request: PersonRequest, session: Session) -> dict[str, object]:
    return {
        "session": session,
        "activity": session.activity,
        "rule": rule_in_words(session, timezone.now()),
        "may_issue": access.may_issue(request.user, session),
        "names_signatories": acts_for_host(request.user, session, "credentials.add_signatory"),
    }


@never_cache
@require_safe
def certificates(request: PersonRequest, pk: int) -> HttpResponse:
    session = access.session_for(request, pk)
    desk = SessionCertificates(session, timezone.now())
    what, words = request.GET.get("what", ""), request.GET.get("q", "").strip()
    context = about(request, session) | {
        "desk": desk,
        "rows": Paginator(desk.asked_for(what=what, words=words), ROWS).get_page(request.GET.get("page")),
        "what": what,
        "asked": words,
    }
    return render(request, "rounds/session.html", context)


@never_cache
@never_sent_again
@require_http_methods(["GET", "HEAD", "POST"])
def issuing(request: PersonRequest, pk: int) -> HttpResponse:
    """GET says what would be, POST does it; of many people the worker does."""
    session = access.session_to_issue(request, pk)
    desk = SessionCertificates(session, timezone.now())
    by_worker = desk.people > IN_REQUEST
    if request.method == "POST" and not desk.obstacles:
        if by_worker:
            hand_over(request, session)
            return redirect("credentials:session", pk)
        try:
            messages.success(request, sentence(actions.issue(session=session, by=request.user)))
        except errors.Refused as refusal:
            messages.error(request, refusal.sentence)
            return redirect("credentials:issuing", pk)
        return redirect("credentials:session", pk)
    context = about(request, session) | {
        "desk": desk,
        "letters": recipients_sentence(desk.letters),
        "by_worker": by_worker,
    }
    return render(request, "rounds/issuing.html", context, status=409 if request.method == "POST" else 200)


def hand_over(request: PersonRequest, session: Session) -> None:
    if publish(tasks.issue_of, session.pk, request.user.pk):
        messages.success(request, _("The worker issues them now. In a few minutes all of them are here."))
    else:
        messages.error(
            request, _("The worker cannot be reached at the moment, so nothing was issued. Try again later.")
        )


def sentence(made: Round) -> str:
    if not made.issued and not made.doubted:
        return _("Looked at: there was nothing to issue.")
    issued = ngettext(
        "%(count)d certificate was issued, and the person is written to.",
        "%(count)d certificates were issued, and the people are written to.",
        made.issued,
    )
    doubted = ngettext(
        "%(count)d that was issued before does not meet the rule any more: decide about it.",
        "%(count)d that were issued before do not meet the rule any more: decide about them.",
        made.doubted,
    )
    parts = [words % {"count": n} for words, n in ((issued, made.issued), (doubted, made.doubted)) if n]
    return " ".join(parts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def granting(request: PersonRequest, pk: int, registration: int) -> HttpResponse:
    session = access.session_to_issue(request, pk)
    of = access.registration_of(session, registration)
    rule = session.activity.rule
    initial = {"kind": rule.certificate if rule else "participation"}
    form = GrantingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.grant(registration=of, by=request.user, **form.cleaned_data)
        except errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            text = _("%(name)s has a certificate now, and is written to.")
            messages.success(request, text % {"name": made.said.name})
            return redirect("credentials:session", pk)
    of.session = session
    context = about(request, session) | {"registration": of, "progress": progress(of), "form": form}
    return render(request, "rounds/granting.html", context, status=422 if form.errors else 200)
