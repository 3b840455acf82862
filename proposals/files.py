"""Giving a concept note out to who must not see who proposes: under a name of ours, and with nobody in its properties."""

import io

from django.http import FileResponse

from files.giving_out import as_download

from .models import Attachment
from .properties import without_names


def give_out_without_names(attachment: Attachment) -> FileResponse:
    """Raises Unreadable, StorageIsAway."""
    with attachment.file.open("rb") as file:
        body = io.BytesIO(without_names(file, attachment.kind))
    return as_download(body, f"{attachment.proposal.code}-{attachment.pk}.{attachment.kind}")
