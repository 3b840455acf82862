from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

type View[**More] = Callable[Concatenate[HttpRequest, More], HttpResponse]


def cached_page[**More](view: View[More]) -> View[More]:
    """Mark a view whose page is the same for every visitor who is not signed in: it takes no POST."""

    @require_safe
    @wraps(view)
    def marked(request: HttpRequest, /, *args: More.args, **kwargs: More.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        vars(response)["may_be_cached"] = True  # read by the middleware
        return response

    return marked
