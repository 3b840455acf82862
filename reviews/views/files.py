"""A concept note, for who reads the proposal: as it came for who sees names, else a copy that names nobody."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from files.downloads import as_download, send_file
from proposals.models import Attachment

from .. import access
from ..documents import Unreadable, without_names
from ..hidden_names import sees_names


@never_cache
@require_safe
def file(request: PersonRequest, code: str, pk: int) -> HttpResponseBase:
    attachment = access.attachment_to_read(request, code, pk)
    if sees_names(request.user, attachment.proposal):
        return send_file(request, attachment.file, attachment.name)
    try:
        return give_out_without_names(attachment)
    except Unreadable:
        messages.error(
            request,
            _(
                "This file is broken or locked, so what it tells of its authors could not be taken out. Ask the secretariat "
                "what is in it."
            ),
        )
        return redirect("reviews:proposal", code)


def give_out_without_names(attachment: Attachment) -> FileResponse:
    """Under a name of ours, too. Raises Http404, Unreadable, StorageIsAway."""
    try:
        file = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    with file:
        body = io.BytesIO(without_names(file, attachment.kind))
    return as_download(body, f"{attachment.proposal.code}-{attachment.pk}.{attachment.kind}")
