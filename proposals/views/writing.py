"""Writing a proposal, step by step. Whatever is posted is kept first and judged afterwards."""

import secrets
from typing import TypedDict, Unpack

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from texts.numbers import number_in

from .. import access, actions, errors, tokens
from ..content import STEP_NAMES
from ..forms import STEP_FORMS, FileForm, StepForm
from ..models import Call, Proposal
from ..step_page import StepPage
from .door import for_proposers, reader

START = "proposals.start"


class More(TypedDict, total=False):
    """What a page of a step may show besides: see StepPage."""

    call: Call | None
    start_key: str
    file_form: FileForm
    refusal: errors.Refused
    elsewhere: list[tuple[str, str]]


def trapped() -> str:
    """People do not see the field that programs fill, but their browser may fill it for them: then they press once more."""
    return _(
        "A field that stays empty was filled in, perhaps by your browser. It is empty again, and all else is kept: "
        "press the button once more."
    )


# The forms outlive signing in and out in another window, which changes Django's own token: they carry one of their draft.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The first step. The draft is made with its first words, not before: looking makes no rows."""
    call = Call.objects.filter(slug=request.GET.get("call", "")).first()
    if call is not None and not call.is_open(timezone.now()):
        return redirect(call)
    person = reader(request)
    if request.method != "POST":
        form = STEP_FORMS["who"](typed={}, person=person)
        return show(
            request, form, None, call=call, start_key=signing.dumps(secrets.token_hex(16), salt=START)
        )
    form = STEP_FORMS["who"](request.POST, person=person)
    try:
        start_key = signing.loads(request.POST.get("start_key", ""), salt=START)
    except signing.BadSignature:
        fresh = signing.dumps(secrets.token_hex(16), salt=START)
        form.add_error(
            None,
            _("Something was missing from what your browser sent. Nothing is lost: press the button again."),
        )
        return show(request, form, None, call=call, start_key=fresh, status=422)
    if request.POST.get("website"):
        form.add_error(None, trapped())
        return show(request, form, None, call=call, start_key=request.POST["start_key"], status=422)
    if access.too_often(request, "start"):
        form.add_error(
            None,
            _(
                "Many proposals were begun from here within an hour. Wait a while, then press the button again."
            ),
        )
        return show(request, form, None, call=call, start_key=request.POST["start_key"], status=429)
    proposal = actions.start(
        start_key=start_key, typed=form.typed(), by=person, sitting=sitting_of(request), call=call
    )
    if is_autosave(request):
        response: HttpResponse = JsonResponse(
            {
                "version": proposal.version,
                "action": reverse("proposals:step", args=[proposal.code, "who"]),
                "token": tokens.form_token(proposal),
            }
        )
    else:
        response = go_on(request, proposal, form)
    if person is None:
        access.remember(request, response, proposal)
    return response


@csrf_exempt
@for_proposers
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    if name not in STEP_FORMS:
        raise Http404
    try:
        own = access.writing(request, code)
    except access.SignInFirst:
        kept = keep_before_the_door(request, code, name)
        if kept is None or not is_autosave(request):
            raise
        return JsonResponse({"version": kept.version})
    proposal = own.proposal
    if not proposal.may_be_edited:
        messages.info(request, errors.CannotBeEdited().sentence)
        return redirect(proposal)
    make = STEP_FORMS[name]
    person = proposal.person or reader(request)
    if request.method != "POST":
        checked = "check" in request.GET
        return show(request, make(typed=proposal.draft, person=person, check=checked), proposal)
    form = make(request.POST, typed=proposal.draft, person=person)
    if not tokens.is_form_token(proposal, request.POST.get("token", "")):
        form.add_error(
            None,
            _(
                "We could not be sure that this came from our page. Your text is below: press the button again."
            ),
        )
        return show(request, form, proposal, status=422)
    return keep(request, form, proposal)


def keep(request: HttpRequest, form: StepForm, proposal: Proposal) -> HttpResponse:
    """What was typed, right or wrong. The script that saves as one types is answered without a page."""
    if is_autosave(request) and access.too_often(request, "save", key=proposal.code):
        return JsonResponse({}, status=429)
    try:
        proposal = actions.keep(
            proposal=proposal,
            typed=form.typed(),
            by=reader(request),
            version=version_of(request),
            sitting=sitting_of(request),
        )
    except errors.ChangedElsewhere as refusal:
        if is_autosave(request):
            return JsonResponse({"version": refusal.version}, status=409)
        proposal.refresh_from_db()
        return show(request, form, proposal, status=409, elsewhere=differing(form, proposal))
    except errors.CannotBeEdited as refusal:
        if is_autosave(request):
            return JsonResponse({}, status=410)
        return show(request, form, proposal, status=409, refusal=refusal)
    if is_autosave(request):
        return JsonResponse({"version": proposal.version})
    return go_on(request, proposal, form)


def keep_before_the_door(request: HttpRequest, code: str, name: str) -> Proposal | None:
    """Signed out while they wrote, by a clock or in another window: the form's own token says that it came from our page,
    so what they typed is kept before they are asked to sign in again."""
    proposal = Proposal.objects.filter(code=code.upper()).first()
    if request.method != "POST" or proposal is None:
        return None
    if not tokens.is_form_token(proposal, request.POST.get("token", "")):
        return None
    form = STEP_FORMS[name](request.POST, typed=proposal.draft, person=proposal.person)
    try:
        return actions.keep(
            proposal=proposal,
            typed=form.typed(),
            by=None,
            version=version_of(request),
            sitting=sitting_of(request),
        )
    except errors.Refused:
        return None


def go_on(request: HttpRequest, proposal: Proposal, form: StepForm) -> HttpResponse:
    """To where the button leads. The text is kept by now; only the way forward asks whether it is right."""
    go = request.POST.get("go", "next")
    if go == "later":
        messages.success(request, _("Your text is kept. Come back when you like."))
        return redirect(proposal)
    if go in STEP_NAMES:
        return redirect("proposals:step", proposal.code, go)
    if go == "sending":
        return redirect("proposals:sending", proposal.code)
    if not form.is_valid():
        return show(request, form, proposal, status=422)
    position = STEP_NAMES.index(form.step) + 1
    if position == len(STEP_NAMES):
        return redirect("proposals:sending", proposal.code)
    return redirect("proposals:step", proposal.code, STEP_NAMES[position])


def show(
    request: HttpRequest,
    form: StepForm,
    proposal: Proposal | None,
    *,
    status: int = 200,
    **more: Unpack[More],
) -> HttpResponse:
    page = StepPage(form, proposal, sitting=request.POST.get("sitting", ""), **more)
    context = {"section": "proposals", "page": page, "form": form, "proposal": proposal}
    return render(request, "proposals/proposal_step.html", context, status=status)


def differing(form: StepForm, proposal: Proposal) -> list[tuple[str, str]]:
    """What stands in the draft now where the page has something else."""
    posted = form.typed()
    return [
        (str(form[name].label), value if isinstance(value, str) else ", ".join(value))
        for name in posted
        if (value := proposal.draft.get(name)) is not None and value != posted[name] and name in form.fields
    ]


def version_of(request: HttpRequest) -> int | None:
    return number_in(request.POST.get("version", ""))


def sitting_of(request: HttpRequest) -> str:
    return request.POST.get("sitting", "")[:40]


def is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"
