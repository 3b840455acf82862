"""Documents that we send ourselves, where no proxy or storage does: in parts too, so that a download which broke off goes on
and a recording can be skipped through; and few large ones at once, so that slow readers leave threads for pages.
"""

import re
from collections.abc import Callable, Iterator
from threading import BoundedSemaphore
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

LARGE = 1024 * 1024  # bytes: less than that is soon in the network's hands
AT_ONCE = 2  # of the threads of one process, which are four (deploy/gunicorn.conf.py)
RETRY_AFTER = 60  # seconds
PIECE = 64 * 1024  # bytes
# One range; who asks for several gets all of it, as RFC 9110 (14.2) allows.
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")

turns = BoundedSemaphore(AT_ONCE)


def by_ourselves(request: HttpRequest, whole: FileResponse) -> HttpResponseBase:
    """The whole, or the part that was asked for (RFC 9110, 14); 503 while too many large ones are on their way."""
    size = int(whole["Content-Length"])
    etag = f'"{file_of(whole).name.rpartition("/")[2]}"'  # drawn by lot, and its content never changes
    whole["Accept-Ranges"], whole["ETag"] = "bytes", etag
    part = asked_part(request, size, etag)
    if part is not None and not part:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if len(part or range(size)) > LARGE and request.method == "GET":
        if not turns.acquire(blocking=False):
            whole.close()
            return too_many(request)
        after(whole, turns.release)
    return send_part(whole, part, size) if part else whole


def file_of(whole: FileResponse) -> IO[bytes]:
    assert whole.file_to_stream is not None
    return whole.file_to_stream


def asked_part(request: HttpRequest, size: int, etag: str) -> range | None:
    """None for the whole; empty where there is nothing to send."""
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.method != "GET" or not asked or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first:
        return range(max(size - int(last), 0), size) if last else None
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def send_part(whole: FileResponse, part: range, size: int) -> StreamingHttpResponse:
    file = file_of(whole)
    file.seek(part.start)
    answer = StreamingHttpResponse(pieces(file, len(part)), status=206, headers=dict(whole.items()))
    answer["Content-Length"] = str(len(part))
    answer["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    after(answer, whole.close)
    return answer


def pieces(file: IO[bytes], length: int) -> Iterator[bytes]:
    while length and (piece := file.read(min(PIECE, length))):
        length -= len(piece)
        yield piece


def after(answer: HttpResponseBase, do: Callable[[], None]) -> None:
    """When it is sent, or its reader is gone."""
    answer._resource_closers.append(do)  # type: ignore[attr-defined]  # as Django's FileResponse closes its file


def too_many(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(render_to_string("errors/downloads.html", request=request), status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]  # as Django marks it: nothing is wrong
    return answer
