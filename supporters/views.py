from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .models import Logo

A_YEAR = 365 * 24 * 3600


@login_not_required
@require_safe
def logo(request: HttpRequest, key: str) -> HttpResponse:
    """The address is of this content only, so it may be kept for good. Nobody guesses one that is not shown yet."""
    content = Logo.objects.filter(key=key).values_list("webp", flat=True).first()
    if content is None:
        raise Http404
    response = HttpResponse(bytes(content), content_type="image/webp")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
