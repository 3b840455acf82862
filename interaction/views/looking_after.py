"""One question for its moderators: answered in writing, united with another, parted from it; and what the public reads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest
from desk.audit import note

from .. import access, actions, errors
from ..counting import votes_of
from ..export import file_of
from ..forms import AnswerForm, UniteForm
from ..models import Question
from ..showing import asker_for_host


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: PersonRequest, pk: int) -> HttpResponse:
    """POST writes the answer."""
    question = access.question_to_look_after(request, pk)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial={
            "answer": question.answer,
            "language": question.answer_language if question.answer else get_language(),
        },
    )
    if request.method == "POST":
        question = access.question_to_moderate(request, pk)
        if form.is_valid():
            facts = {"words": form.cleaned_data["answer"], "language": form.cleaned_data["language"]}
            try:
                actions.write_answer(question=question, by=request.user, **facts)
            except errors.Refused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, _("The answer is written down."))
                return redirect(page_of(question))
    return one(request, question, form, UniteForm(others=others(question)))


def one(request: PersonRequest, question: Question, form: AnswerForm, unite: UniteForm) -> HttpResponse:
    session, reports = question.meeting.session, list(question.reports.all())
    failed = form.errors or unite.errors
    context = {
        "question": question,
        "who": asker_for_host(question),
        "votes": votes_of(question.meeting_id).get(question.same_as_id or question.pk, 0),
        "doubles": question.doubles.select_related("registration__person__organization"),
        "reports": reports,
        "is_reported": any(report.decided_at is None for report in reports),
        "meeting": question.meeting,
        "session": session,
        "activity": session.activity,
        "may_moderate": access.may_moderate(request.user, session, timezone.now()),
        "may_decide": access.may_decide(request.user, session),
        "form": form,
        "unite": unite,
    }
    return render(request, "interaction/question.html", context, status=422 if failed else 200)


def others(question: Question) -> list[tuple[int, str]]:
    """Those of the meeting with which it may be the same, the most wanted first."""
    votes = votes_of(question.meeting_id)
    every = Question.objects.not_united().filter(meeting=question.meeting_id).exclude(pk=question.pk)
    rows = every.exclude(state=Question.State.SET_ASIDE).order_by("asked_at", "pk")
    return [
        (one.pk, format_html("<bdi>{}</bdi>", one.words))
        for one in sorted(rows, key=lambda one: -votes.get(one.pk, 0))
    ]


def page_of(question: Question) -> str:
    return f"{reverse('interaction:moderation', args=[question.meeting_id])}#q{question.same_as_id or question.pk}"


@require_POST
def uniting(request: PersonRequest, pk: int) -> HttpResponse:
    question = access.question_to_moderate(request, pk)
    form = UniteForm(request.POST, others=others(question))
    if form.is_valid():
        into = get_object_or_404(Question, pk=form.cleaned_data["into"], meeting=question.meeting_id)
        try:
            stays = actions.unite(question=question, into=into, by=request.user)
        except errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The two are one now, with the votes of both."))
            return redirect(page_of(stays))
    return one(request, question, AnswerForm(initial={"answer": question.answer}), form)


@require_POST
def parting(request: PersonRequest, pk: int) -> HttpResponse:
    question = access.question_to_moderate(request, pk)
    try:
        actions.part(question=question, by=request.user)
    except errors.Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("It stands for itself again."))
    return redirect("interaction:moderation", question.meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: PersonRequest, pk: int) -> HttpResponse:
    """Who carries it away is written down. GET leads to the page with the button."""
    meeting = access.meeting_to_look_after(request, pk)
    if request.method != "POST":
        return redirect("interaction:moderation", pk)
    content, rows = file_of(meeting)
    note(meeting, by=request.user, done="exported", rows=rows)
    day = meeting.starts_at.astimezone(meeting.session.zone)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="questions-{day:%Y-%m-%d}.csv"'
    return answer


@require_POST
def publication(request: PersonRequest, pk: int) -> HttpResponse:
    """`public=1`: answered questions stand on the public page; `public=0`: they do not."""
    meeting = access.meeting_to_set(request, pk)
    public = request.POST.get("public") == "1"
    actions.publish_answers(meeting=meeting, public=public, by=request.user)
    if public:
        messages.success(
            request,
            _("Questions asked from now on stand on the public page once they are answered, without names."),
        )
    else:
        messages.success(request, _("The public page shows no questions of this meeting any more."))
    return redirect("interaction:moderation", pk)
