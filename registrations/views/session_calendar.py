from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from calendars.entries import calendar_answer, calendar_file, session_event

from .. import access


@login_not_required
@require_safe
def session_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Public, so without the joining link."""
    session = access.session_for(request, pk)
    events = session_event(session, language=get_language() or "en")
    return calendar_answer(calendar_file(events), f"session-{session.pk}.ics")
