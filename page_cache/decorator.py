from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


def cached_page(view: Callable) -> Callable:
    """Mark a view whose page is the same for every visitor who is not signed in: it takes no POST."""

    @require_safe
    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.may_be_cached = True
        return response

    return marked
