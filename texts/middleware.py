"""The door: whatever a form or an address says is cleaned before any view, form or admin page reads it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

from .cleaning import cleaned


class CleanTextsMiddleware:
    """Stands before everything that reads `request.GET` or `request.POST`. Files are left as they came."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%" in request.META.get(
            "QUERY_STRING", ""
        ):  # nothing else writes a control character into an address
            request.GET = cleaned_query(request.GET)
        if request.method == "POST":
            with suppress(UnreadablePostError):  # the connection broke; whoever reads the form next says so
                request.POST = cleaned_query(request.POST)
        return self.get_response(request)


def cleaned_query(query: QueryDict) -> Any:
    result = QueryDict(mutable=True, encoding=query.encoding)
    for name, values in query.lists():
        result.setlist(cleaned(name), [cleaned(value) for value in values])
    result._mutable = False
    return result
