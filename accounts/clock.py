from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ReadersClockMiddleware:
    """Signed in, times are shown in the reader's own zone. A visitor's page knows no personal clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.timezone:
            with timezone.override(request.user.zone):
                return self.get_response(request)
        return self.get_response(request)
