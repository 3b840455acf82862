from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

from page_cache.edition import announce
from page_cache.middleware import PageCacheMiddleware

from .references import REFERENCES

COUNT_QUERIES = "X-Count-Queries"
KEEP = "X-Keep"  # "counts": make the page anew, keep the filters' counts; "nothing": a new edition each time


class ReferencesMiddleware:
    """Answers the references, and tells how many queries an answer took when asked to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answer_to(request.path)
        if COUNT_QUERIES not in request.headers:
            return answer(request)
        queries = 0

        def count[A](execute: Callable[..., A], *statement: object) -> A:
            nonlocal queries
            queries += 1
            return execute(*statement)

        with connection.execute_wrapper(count):
            response = answer(request)
        response[COUNT_QUERIES] = str(queries)
        return response

    def answer_to(self, path: str) -> Callable[[HttpRequest], HttpResponse]:
        reference = REFERENCES.get(path)
        if reference is None:
            return self.get_response

        def with_length(request: HttpRequest) -> HttpResponse:
            response = reference(request)
            response["Content-Length"] = str(len(response.content))  # as CommonMiddleware would
            return response

        return with_length


class SwitchableKeptPages(PageCacheMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponse:
        keep = request.headers.get(KEEP)
        if keep == "nothing":
            announce()
        if keep:
            return self.get_response(request)
        return super().__call__(request)
