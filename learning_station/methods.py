from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")


class MethodsMiddleware:
    """Nothing here answers anything but GET, HEAD and POST, so all others are refused before anybody looks at them.

    Views say themselves when they do not take a POST. A page sent in answer to OPTIONS or TRACE would tell of what its
    question held (RFC 9110, 9.3.8), and PUT and DELETE would be told of a missing token instead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)
