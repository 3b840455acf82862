"""The door to what somebody proposes: by their account, or by the cookie of the browser it was begun in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from .. import access

type View = Callable[..., HttpResponse]


def for_proposers(view: View) -> View:
    """Who is nobody to us is asked to sign in, and comes back to the page: a letter's link leads here from any device."""

    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except access.SignInFirst as door:
            return redirect_to_login(door.come_back_to or request.get_full_path())

    return opened
