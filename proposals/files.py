"""Giving a concept note out: to be kept on the reader's disk, never shown as a page of ours, and by no cache on the way."""

import io
from typing import IO

from django.http import FileResponse

from desk.uploads import CONTENT_TYPES

from .models import Attachment
from .properties import without_names


def give_out(attachment: Attachment) -> FileResponse:
    """As it came."""
    return as_download(attachment.file.open("rb"), attachment.name)


def give_out_without_names(attachment: Attachment) -> FileResponse:
    """To who must not see who proposes: under a name of ours, and with nobody in its properties."""
    with attachment.file.open("rb") as file:
        body = io.BytesIO(without_names(file, attachment.kind))
    return as_download(body, f"{attachment.proposal.code}-{attachment.pk}.{attachment.kind}")


def as_download(body: IO[bytes], name: str) -> FileResponse:
    kind = CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    response = FileResponse(body, as_attachment=True, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
