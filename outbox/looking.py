"""A letter as it looks, for a frame in a page: with its styles, and without any right (no script, no form)."""

from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override


@xframe_options_sameorigin
@csp_override(
    {
        "default-src": [CSP.NONE],
        "style-src": [CSP.UNSAFE_INLINE],
        "img-src": [CSP.SELF, "data:"],
        "frame-ancestors": [CSP.SELF],
        "sandbox": [""],  # without exceptions
    }
)
def look(request: HttpRequest, html: str) -> HttpResponse:
    return HttpResponse(html)
