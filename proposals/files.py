"""Giving a concept note out to who must not see who proposes: under a name of ours, and with nobody in its properties."""

import io

from django.http import FileResponse, Http404

from files.downloads import as_download

from .models import Attachment
from .properties import without_names


def give_out_without_names(attachment: Attachment) -> FileResponse:
    """Raises Http404, Unreadable, StorageIsAway."""
    try:
        file = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    with file:
        body = io.BytesIO(without_names(file, attachment.kind))
    return as_download(body, f"{attachment.proposal.code}-{attachment.pk}.{attachment.kind}")
