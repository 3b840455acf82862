"""What a document that we give out says of itself, whoever delivers it."""

from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from .uploads import CONTENT_TYPES, RECORDINGS, extension_of


def headers_of(name: str) -> dict[str, str]:
    """To be kept on the reader's disk under that name, never shown as a page of ours, and by no cache on the way."""
    return {
        "Content-Type": content_type(name),
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }


def saying[R: HttpResponseBase](response: R, headers: dict[str, str]) -> R:
    """Set afterwards, since Django's FileResponse has ideas of its own."""
    for header, value in headers.items():
        response[header] = value
    return response


def content_type(name: str) -> str:
    """By the ending that was checked when it came (files/uploads.py), never by what a browser said."""
    return (CONTENT_TYPES | RECORDINGS).get(extension_of(name), "application/octet-stream")
