"""What a page of the desk is for, in a line under its title.

It is said where the page is: a list, the page of one thing and that to a new one by the `purpose…` of their admin class, a
step by its own `purpose`, any other page by `@says(…)` on its view.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django_stubs_ext import StrOrPromise

LONGEST = 120  # letters, in any language: more is no line


def says[View: Callable[..., object]](purpose: StrOrPromise) -> Callable[[View], View]:
    """Below whatever else decorates the view: decorators hand on what they find on it."""

    def mark(view: View) -> View:
        setattr(view, "purpose", purpose)  # noqa: B010 - a function has no such attribute, says mypy
        return view

    return mark


def purpose_of(request: HttpRequest) -> StrOrPromise:
    match = request.resolver_match
    purpose: StrOrPromise = getattr(match.func, "purpose", "") if match else ""
    return purpose
