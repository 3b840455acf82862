"""Files of meeting platforms to try, on the page that reads them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from platform_reports.access import meeting_to_note

from .platform_files import WRITERS


@never_cache
@require_safe
def platform_report(request: HttpRequest, pk: int, platform: str) -> HttpResponse:
    if not settings.DEMO:  # as in `sign_in`
        raise Http404
    meeting = meeting_to_note(request, pk)
    if platform not in WRITERS:
        raise Http404
    day = meeting.starts_at.astimezone(meeting.session.zone)
    name = f"{platform}-{day:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(WRITERS[platform](meeting), content_type="text/csv", headers=headers)
