"""Writing to a host, and the files we give out ourselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from files.downloads import send_file

from . import access, actions
from .forms import MessageForm, new_stamp
from .models import Host


# Anybody may write, so being signed in gives a message no power. That it comes from our page is told by the form's own
# stamp. It stays good when its reader signs in in another window; Django's token would not, and their text were lost.
@csrf_exempt
@login_not_required
def hub_message(request: HttpRequest, slug: str) -> HttpResponse:
    return message(request, access.hub_for(slug))


@csrf_exempt
@login_not_required
def center_message(request: HttpRequest, slug: str) -> HttpResponse:
    return message(request, access.center_for(slug))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, host: Host) -> HttpResponse:
    """A form of its own page: the host's page is the same for everybody, so it can hold none."""
    if request.method != "POST":
        return show(request, host, MessageForm(initial={"stamp": new_stamp(), **known_of(request)}))
    form = MessageForm(request.POST)
    if form.is_trapped:
        return thank(request, host)  # and say nothing: what wrote it need not learn why
    if not form.is_valid():
        return show(request, host, form, status=422)
    if access.writes_too_often(request, form.cleaned_data["sender_address"]):
        form.add_error(
            None,
            _("Several messages came from this address or this network. Yours is below: send it in an hour."),
        )
        return show(request, host, form, status=429)
    facts = form.cleaned_data
    actions.send_message(
        host=host,
        sender=facts["sender"],
        sender_email=facts["sender_address"],
        text=facts["text"],
        occurrence=form.occurrence,
    )
    return thank(request, host)


def show(request: HttpRequest, host: Host, form: MessageForm, status: int = 200) -> HttpResponse:
    context = {"host": host, "form": form, "section": "centers" if host.is_center else "hubs"}
    return render(request, "hubs/host_message.html", context, status=status)


def thank(request: HttpRequest, host: Host) -> HttpResponse:
    messages.success(
        request, _("Your message is on its way to %(host)s. The answer will come by e-mail.") % {"host": host}
    )
    return redirect(host)


def known_of(request: HttpRequest) -> dict[str, str]:
    if not request.user.is_authenticated:
        return {}
    return {"sender": request.user.name, "sender_address": request.user.email}


# Files


@login_not_required
@require_safe
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    evidence = access.evidence_for(request, pk)
    return send_file(request, evidence.file, evidence.file_name)


@login_not_required
@require_safe
def research_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    work = access.research_for(request, pk)
    return send_file(request, work.file, work.file_name)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    agreement = access.document_for(request, pk)
    return send_file(request, agreement.document, agreement.document_name)
