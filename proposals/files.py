"""Giving a concept note out: to be kept on the reader's disk, never shown as a page of ours, and by no cache on the way."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from .uploads import CONTENT_TYPES


def give_out(file: FieldFile, name: str) -> FileResponse:
    kind = CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
