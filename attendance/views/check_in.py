"""A participant checks in: by the code that is on the screen, typed or scanned."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.expired_forms import never_sent_again
from accounts.http import PersonRequest
from accounts.models import User
from catalog.models import Meeting
from registrations import clocks
from texts.refusals import Refused

from .. import access, actions, errors
from ..check_in import codes, deciding, finding, tickets
from ..check_in.tickets import Ticket
from ..forms import CodeForm
from .about import about


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest) -> HttpResponse:
    """The field for the code, and the meetings at which the reader can check in now or next."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("attendance:check_in_ticket", str(opened(request, form.cleaned_data["code"])))
        except Refused as refusal:
            form.add_error("code", refusal.sentence)
            return page_with_field(request, form, status=status_of(refusal))
    return page_with_field(request, form, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code leads to. Its address is in no language, so it leads on in the reader's."""
    if translation.get_language_from_path(request.path_info) is None:
        translation.activate(language_of(request))
    try:
        return redirect("attendance:check_in_ticket", str(opened(request, code)))
    except Refused as refusal:
        form = CodeForm({"code": code})
        form.add_error("code", refusal.sentence)
        return page_with_field(request, form, status=status_of(refusal))


@never_cache
@never_sent_again
@require_http_methods(["GET", "HEAD", "POST"])
def by_ticket(request: PersonRequest, ticket: str) -> HttpResponse:
    """GET asks, POST notes. Whoever is not signed in does that first, and comes back with the ticket."""
    now, person = timezone.now(), request.user
    read = tickets.read(ticket, now)
    meeting = meeting_of(read) if read else None
    if read is None or meeting is None:
        refusal = errors.MeetingIsGone() if read else errors.TicketIsOld()
        return render(request, "attendance/check_in_no_more.html", {"refusal": refusal}, status=410)
    if read.person not in (0, person.pk):
        of_another = {"refusal": errors.TicketOfAnother()}
        return render(request, "attendance/check_in_no_more.html", of_another, status=403)
    if read.person == 0 and request.method != "POST":
        return redirect("attendance:check_in_ticket", str(read.of(person)))
    if request.method == "POST":
        try:
            row = actions.check_in(meeting=meeting, person=person, seen_at=read.seen_at, by=person)
        except errors.Refused as refused:
            return asked(request, meeting, read, refused)
        messages.success(request, _("You are checked in."))
        return redirect(row.registration)
    return asked(request, meeting, read)


def meeting_of(ticket: Ticket) -> Meeting | None:
    """None where it was taken out of its session meanwhile."""
    return Meeting.objects.select_related("session__activity__host").filter(pk=ticket.meeting).first()


def asked(
    request: PersonRequest, meeting: Meeting, ticket: Ticket, refused: errors.Refused | None = None
) -> HttpResponse:
    """The question; or that it is done already, or why it cannot be. `refused` is the answer to a press."""
    now = timezone.now()
    registration = meeting.session.registrations.filter(person=request.user).first()
    row = deciding.check_in_of(registration, meeting)
    refusal = refused or deciding.refusal(
        meeting,
        registration,
        is_closed=meeting.closings.standing().exists(),
        seen_at=ticket.seen_at,
        now=now,
    )
    is_done = row is not None and not row.struck_at
    early = refusal.opens_at if isinstance(refusal, errors.CheckInNotOpen) else None
    context = {
        **about(meeting),
        "registration": registration,
        "checked_in_at": clocks.moment(row.noted_at, meeting.session) if row and is_done else "",
        "refusal": refusal,
        "opens_at": early,
        # Until then, and a moment more; not where the ticket is too old by then.
        "renew_in": (early - now).seconds + 2
        if early and early <= ticket.seen_at + tickets.GOOD_FOR
        else None,
    }
    return render(request, "attendance/check_in_ask.html", context, status=403 if refused else 200)


def opened(request: HttpRequest, text: str) -> Ticket:
    """The ticket for what the code opens now. Raises CodeIsWrong, TooManyCodes."""
    now, person = timezone.now(), request.user if isinstance(request.user, User) else None
    if access.guesses_too_much(request):
        raise errors.TooManyCodes
    meeting = finding.meeting_of(codes.typed(text), person, now)
    if meeting is None:
        access.count_wrong_code(request)
        raise errors.CodeIsWrong
    return Ticket(meeting.pk, now, person.pk if person else 0)


def status_of(refusal: Refused) -> int:
    return 429 if isinstance(refusal, errors.TooManyCodes) else 422


def page_with_field(request: HttpRequest, form: CodeForm, *, status: int) -> HttpResponse:
    now, person = timezone.now(), request.user
    mine = finding.mine(person, now) if isinstance(person, User) else []
    return render(request, "attendance/check_in.html", {"form": form, "mine": mine}, status=status)


def language_of(request: HttpRequest) -> str:
    if isinstance(request.user, User) and request.user.language:
        return request.user.language
    return translation.get_language_from_request(request)
