"""The questions of a meeting: read, asked, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest

from .. import access, actions, clock, errors, showing, versions
from ..access import Here
from ..forms import QuestionForm
from ..models import Board
from ..rows import row
from . import live


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: PersonRequest, pk: int) -> HttpResponse:
    """`?order=` is votes, newest or mine; `?live` asks for the part that renews itself."""
    if answer := live.nothing_new(request, pk):
        return answer
    if request.method == "POST":
        return ask(request, access.meeting_to_ask_at(request, pk))
    here = access.meeting_for(request, pk)
    return page(request, here, None if live.is_live(request) else QuestionForm(public=is_public(here)))


def ask(request: PersonRequest, here: Here) -> HttpResponse:
    form = QuestionForm(request.POST, public=is_public(here))
    assert here.registration is not None
    if form.is_valid():
        try:
            if access.too_fast(request, "question"):
                raise errors.TooFast(here.meeting)
            actions.ask(
                meeting=here.meeting, registration=here.registration, by=request.user, **form.cleaned_data
            )
        except errors.HasNoPlace as refusal:
            form.add_error(None, refusal.sentence)
            return page(request, here, form, status=403)
        except errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("Your question is with the moderators. They let it appear, or answer it.")
            )
            return redirect(f"{request.path}?order=mine")
    return page(request, here, form, status=422)


def is_public(here: Here) -> bool:
    return Board.objects.filter(meeting=here.meeting, answers_public=True).exists()


def page(request: PersonRequest, here: Here, form: QuestionForm | None, *, status: int = 200) -> HttpResponse:
    meeting, now = here.meeting, timezone.now()
    order = live.order_of(request.GET.get("order", ""))
    version, is_open = versions.current(meeting), clock.is_open(meeting, now)
    context = live.about(request, meeting, version, order=order) | {
        "here": here,
        "order": order,
        "is_open": is_open,
        "is_on": clock.is_on(meeting, now),
        "closes_at": clock.closes_at(meeting),
        "questions": in_rows(questions_for(here, order, version), here, is_open=is_open),
        "form": form,
    }
    part = "interaction/_questions.html" if live.is_live(request) else "interaction/questions.html"
    return live.named(render(request, part, context, status=status), context)


def in_rows(page: showing.Page, here: Here, *, is_open: bool) -> dict[str, object]:
    """Ready to show."""
    columns = {"taken_up": page.taken_up, "shown": page.shown, "answered": page.answered}
    rows = {
        name: [row(one, has_place=here.has_place, is_open=is_open) for one in column]
        for name, column in columns.items()
    }
    return {**rows, "own": page.own, "is_empty": page.is_empty}


def questions_for(here: Here, order: str, version: str | None) -> showing.Page:
    if here.registration is None:
        return showing.for_onlookers(here.meeting, order=order)
    if not here.has_place:
        return showing.without_place(here.meeting, here.registration)
    return showing.page_for(here.meeting, here.registration, order=order, version=version)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """GET asks, POST takes back."""
    question = access.own_question(request, pk)
    back = f"{reverse('interaction:questions', args=[question.meeting_id])}?order=mine"
    if request.method == "POST":
        actions.take_back(question=question, by=request.user)
        messages.success(request, _("Your question is taken back."))
        return redirect(back)
    session = question.meeting.session
    context = {
        "question": question,
        "meeting": question.meeting,
        "session": session,
        "activity": session.activity,
        "back": back,
    }
    return render(request, "interaction/withdrawal.html", context)
