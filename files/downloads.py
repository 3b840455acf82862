"""Sending a document, once a view has seen who may have it: by the storage, by the proxy, or by ourselves."""

from typing import IO

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from .headers import headers_of, saying
from .sending import by_ourselves


def send_file(request: HttpRequest, file: FieldFile, name: str) -> HttpResponseBase:
    """As it came. `name` is what it shall be called on the reader's disk. Raises Http404, StorageIsAway."""
    lies_at = file.name or ""
    headers = headers_of(name or lies_at.rpartition("/")[2])
    try:
        response: HttpResponseBase = file.storage.download_response(  # type: ignore[attr-defined]  # Folder and Bucket do
            lies_at, headers, request.method or "GET"
        )
    except FileNotFoundError as error:
        raise Http404 from error
    return by_ourselves(request, response) if isinstance(response, FileResponse) else response


def as_download(body: IO[bytes], name: str) -> FileResponse:
    """What we made ourselves: no storage has it."""
    return saying(FileResponse(body), headers_of(name))
