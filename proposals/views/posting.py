"""Addresses that only take what a form sends. A page that comes back from there with errors stands at such an address."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

type View = Callable[..., HttpResponseBase]


def posts_from(page: str, *fixed: str) -> Callable[[View], View]:
    """Who comes here without a form is led to `page`, where the form is.

    By reloading, by changing the language, and by signing in: nobody asks for such an address on purpose.
    """

    def only_posts(view: View) -> View:
        @wraps(view)
        def led(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                return redirect(page, *args, *kwargs.values(), *fixed)
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

        return led

    return only_posts
