from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from accounts.my_pages import sections_of, to_do
from attendance.check_in.finding import on_now
from interaction.own_questions import meeting_to_ask_at

from .my_registrations import my_registrations


@never_cache
@require_safe
def overview(request: PersonRequest) -> HttpResponse:
    person, now = request.user, timezone.now()
    mine = my_registrations(person, now)
    context = {
        "mine": mine,
        "check_in": on_now(mine.next.registration, now) if mine.next else None,
        "ask_at": meeting_to_ask_at(mine.next.registration, now) if mine.next else None,
        "to_do": to_do(person, now),
        "sections": sections_of(person, now),
    }
    return render(request, "me/overview.html", context)
