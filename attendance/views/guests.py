"""Walk-ins: typed at the list, and confirmed by themselves from a letter."""

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import codes, signing_in
from accounts.http import PersonRequest
from registrations import errors as registration_errors
from registrations.access import acts_for_host, asks_too_often
from registrations.consent import consent_wording

from .. import access, actions, errors
from ..forms import GuestForm
from ..models import Attendance, Guest
from .about import about


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guests(request: PersonRequest, pk: int) -> HttpResponse:
    """The guests of a meeting, and the form that notes one more."""
    meeting = access.meeting_for(request, pk)
    may_take = access.may_take(request.user, meeting.session, timezone.now())
    is_staff = acts_for_host(request.user, meeting.session, access.LOOK)
    form = GuestForm(
        request.POST if request.method == "POST" else None,
        may_go_beyond=acts_for_host(request.user, meeting.session, access.TAKE),
        initial={"language": get_language()},
    )
    status = 200
    if request.method == "POST":
        meeting = access.meeting_to_take(request, pk)
        status = 422
        if form.is_valid():
            try:
                noted = actions.note_guest(meeting=meeting, by=request.user, **form.cleaned_data)
            except errors.Refused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, sentence(noted))
                return redirect("attendance:guests", meeting.pk)
    context = {
        **about(meeting),
        "guests": meeting.guests.select_related("registration__person"),
        "form": form,
        "may_take": may_take,
        "sees_addresses": is_staff,
    }
    return render(request, "attendance/guests.html", context, status=status)


def sentence(noted: Guest | Attendance) -> str:
    if isinstance(noted, Attendance):
        return _("This person is on the list, and is noted as present.")
    return _("%(name)s counts as a guest. We asked at %(email)s whether it was them.") % {
        "name": noted.name,
        "email": noted.email,
    }


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, code: str) -> HttpResponse:
    """From the letter: GET asks, POST answers. A code by e-mail proves the address, as everywhere."""
    if asks_too_often(request):
        return respond_429(request)
    found = Guest.objects.select_related("meeting__session__activity__host").filter(code=code.upper()).first()
    if found is None or found.erased_at:
        return render(request, "errors/link_no_longer_good.html", status=410)
    if found.registration and found.registration.person == request.user:
        return redirect(found.registration)
    if found.registration:
        return render(request, "errors/link_no_longer_good.html", status=410)
    refusal, status = "", 200
    if request.method == "POST":
        if "not_me" in request.POST:
            actions.forget_guest(guest=found)
            return render(request, "attendance/guest_forgotten.html")
        try:
            if not request.user.is_authenticated:
                return send_code(request, found)
            registration = actions.confirm_guest(guest=found, person=request.user)
        except registration_errors.ProfileIncomplete:
            return redirect(signing_in.with_next(reverse("accounts:profile"), request.path))
        except (errors.Refused, registration_errors.Refused, codes.TooManyCodes) as refused:
            refusal, status = refused.sentence, 403
        else:
            messages.success(request, _("Thank you. You are registered, and noted as present."))
            return redirect(registration)
    context = {
        "guest": found,
        **about(found.meeting),
        "consent": consent_wording(found.meeting.session),
        "refusal": refusal,
    }
    return render(request, "attendance/guest.html", context, status=status)


def send_code(request: HttpRequest, guest: Guest) -> HttpResponse:
    """To the address of the letter; whoever types the code comes back here. Raises codes.TooManyCodes."""
    signing_in.send_code(request, guest.email)
    return redirect(signing_in.with_next(reverse("account_confirm_login_code"), request.path))
