"""Files of a proposal: one is added on its step, given out, taken away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from files.downloads import send_file
from files.errors import StorageIsAway

from .. import access, actions, errors, tokens
from ..forms import STEP_FORMS, FileForm
from .door import for_proposers, reader
from .posting import posts_from
from .writing import go_on, show


@csrf_exempt
@for_proposers
@posts_from("proposals:step", "files")
def new_file(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps the file that was chosen, if one was, and leads on: whoever forgets “Add this file” loses none."""
    files_step = reverse("proposals:step", args=[code, "files"])
    proposal = access.writing(request, code, come_back_to=files_step).proposal
    step_form = STEP_FORMS["files"](request.POST, typed=proposal.draft)
    form = FileForm(request.POST, request.FILES)
    status = 422
    if not tokens.is_form_token(proposal, request.POST.get("token", "")):
        form.add_error(
            None,
            _(
                "We could not be sure that this came from our page. Choose the file again and press the button."
            ),
        )
    elif not request.FILES and request.POST.get("go", "files") != "files":
        return go_on(request, proposal, step_form)
    elif access.too_often(request, "file", key=proposal.code):
        form.add_error(None, _("Many files came from here within an hour. Wait a while, then add this one."))
        status = 429
    elif form.is_valid():
        try:
            actions.attach(proposal=proposal, file=form.cleaned_data["file"], by=reader(request))
        except ValidationError as error:
            form.add_error("file", error)
        except StorageIsAway as away:
            form.add_error("file", away.sentence)
            status = 503
        except errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The file is kept with your proposal."))
            return go_on(request, proposal, step_form)
    return show(request, STEP_FORMS["files"](typed=proposal.draft), proposal, status=status, file_form=form)


@for_proposers
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """GET gives it out, POST takes it away."""
    attachment = access.attachment_of_mine(request, code, pk)
    if request.method != "POST":
        return send_file(request, attachment.file, attachment.name)
    access.writing(request, code, come_back_to=reverse("proposals:step", args=[code, "files"]))
    try:
        actions.detach(attachment=attachment, by=reader(request))
    except errors.Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The file is removed."))
    return redirect("proposals:step", code, "files")
