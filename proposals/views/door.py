"""The door to what somebody proposes: by their account, or by the cookie of the browser it was begun in."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from accounts.models import User

from .. import access

type View = Callable[..., HttpResponseBase]


def for_proposers(view: View) -> View:
    """Who is nobody to us is asked to sign in, and comes back to the page: a letter's link leads here from any device."""

    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except access.SignInFirst as door:
            return redirect_to_login(door.come_back_to or request.get_full_path())

    return opened


def reader(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None
