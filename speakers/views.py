from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .access import speaker_for_picture
from .models import Portrait

A_DAY = 24 * 3600


@login_not_required
@require_safe
def portrait(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The address is of this content only. Kept for a day, no longer: who is forgotten is then gone from browsers, too."""
    speaker = speaker_for_picture(request, pk, key)
    content = Portrait.objects.values_list("webp", flat=True).get(speaker=speaker)
    response = HttpResponse(bytes(content), content_type="image/webp")
    whose = "public" if speaker.has_agreed else "private"
    patch_cache_control(response, max_age=A_DAY, **{whose: True})
    return response
