"""Messages to people of a session at the desk: written, looked at, sent, followed, withdrawn."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib import messages as notices
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.expired_forms import never_sent_again
from accounts.http import PersonRequest
from catalog.models import Session
from desk.steps import recipients_sentence
from outbox.looking import look
from outbox.wakeup import publish
from texts.languages import language_name

from . import access, actions, errors, groups, letters, tasks
from .forms import MessageForm
from .models import LANGUAGES, Message
from .progress import Progress

NEVER = datetime(1, 1, 1, tzinfo=UTC)


def about(request: HttpRequest, session: Session) -> dict[str, object]:
    return {
        "session": session,
        "activity": session.activity,
        "may_send": access.may_send(request.user, session),
    }


@never_cache
@require_safe
def messages_of(request: PersonRequest, pk: int) -> HttpResponse:
    session = access.session_for(request, pk)
    rows = list(session.messages.select_related("written_by", "sent_by"))
    context = about(request, session) | {
        "drafts": [row for row in rows if row.is_draft],
        "sent": sorted(
            (row for row in rows if row.sent_at), key=lambda row: (row.sent_at, row.pk), reverse=True
        ),
    }
    return render(request, "messaging/session.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, pk: int) -> HttpResponse:
    session = access.session_to_write_to(request, pk)
    form = form_for(request, session)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.draft(session=session, by=request.user, **form.facts))
        except errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
    return write(request, session, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft is written anew."""
    message = access.message_to_send(request, pk)
    if not message.is_draft:
        return redirect(message)
    form = form_for(request, message.session, message)
    seen = moment_in(request.POST.get("seen", "")) or message.written_at
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.rewrite(message=message, by=request.user, seen=seen, **form.facts))
        except errors.RewrittenMeanwhile as refusal:
            seen = refusal.at  # who presses again has read that there is another
            form.add_error(None, refusal.sentence)
        except errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
    return write(request, message.session, form, message, seen)


def form_for(request: HttpRequest, session: Session, message: Message | None = None) -> MessageForm:
    offered = groups.offered(session, timezone.now())
    return MessageForm(
        request.POST if request.method == "POST" else None,
        session=session,
        groups=offered,
        sizes=groups.sizes(session, offered),
        message=message,
    )


def write(
    request: HttpRequest,
    session: Session,
    form: MessageForm,
    message: Message | None = None,
    seen: datetime | None = None,
) -> HttpResponse:
    context = about(request, session) | {"form": form, "message": message, "seen": seen}
    return render(request, "messaging/write.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Preview:
    """The letter in one language of a reader: how many read it, and in which language its words are."""

    code: str
    name: str
    people: int
    stands_in: str


@never_cache
@require_safe
def message(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft as it will look, with the button that sends it; or how far one that was sent has come."""
    message = access.message_for(request, pk)
    readers = readers_of(message) if message.is_draft else Counter()
    context = about(request, message.session) | {
        "message": message,
        "groups": groups.names_of(message.groups),
        "previews": previews(message, readers),
    }
    if message.is_draft:
        context |= {"people": readers.total(), "recipients": recipients_sentence(readers)}
    else:
        context["progress"] = Progress(message)
    return render(request, "messaging/message.html", context)


def readers_of(message: Message) -> Counter[str]:
    """How many of the people in its groups read which language."""
    people = groups.people_of(message.session, message.groups).order_by()
    return Counter(dict(people.values_list("person__language").annotate(how_many=Count("pk"))))


def previews(message: Message, readers: Counter[str]) -> list[Preview]:
    return [
        Preview(
            code,
            language_name(code),
            readers[code],
            "" if code in message.words else language_name(message.words_for(code).language),
        )
        for code in LANGUAGES
        if code in message.words or readers[code]
    ]


@never_cache
@require_safe
def letter(request: PersonRequest, pk: int, language: str) -> HttpResponse:
    """For the frame: the letter to whoever looks, as if they read this language."""
    message = access.message_for(request, pk)
    if language not in LANGUAGES:
        raise Http404
    words = letters.preview(message, reader=request.user, language=language, now=timezone.now())
    return look(request, words.html)


def moment_in(typed: str) -> datetime | None:
    """None where nothing is said; what is no moment is none at which a draft was written."""
    try:
        return parse_datetime(typed) or (NEVER if typed else None)
    except ValueError:
        return NEVER


@never_sent_again
@require_POST
def sending(request: PersonRequest, pk: int) -> HttpResponse:
    """The first part of the letters is written at once, what is more by the worker."""
    message = access.message_to_send(request, pk)
    try:
        message = actions.send(message=message, by=request.user, seen=moment_in(request.POST.get("seen", "")))
        finished = actions.write_part(message=message)
    except errors.Refused as refusal:
        notices.error(request, refusal.sentence)
        return redirect("messaging:message", pk)
    if not finished:
        publish(tasks.write, pk)  # not handed over, the next minute brings it
    notices.success(request, _("Sent. Each person gets a letter of their own."))
    return redirect("messaging:message", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """GET says what has left already, POST withdraws."""
    message = access.message_to_send(request, pk)
    if message.is_draft or message.is_withdrawn:
        return redirect(message)
    if request.method == "POST":
        stopped = actions.withdraw(message=message, by=request.user)
        sentence = ngettext(
            "Withdrawn. %(count)d letter that waited was stopped.",
            "Withdrawn. %(count)d letters that waited were stopped.",
            stopped,
        )
        notices.success(request, sentence % {"count": stopped})
        return redirect(message)
    context = about(request, message.session) | {"message": message, "progress": Progress(message)}
    return render(request, "messaging/withdrawal.html", context)


@require_POST
def deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Of a draft."""
    message = access.message_to_send(request, pk)
    try:
        actions.discard(message=message, by=request.user)
    except errors.Refused as refusal:
        notices.error(request, refusal.sentence)
        return redirect(message)
    notices.success(request, _("The draft is discarded."))
    return redirect("messaging:session", message.session_id)
