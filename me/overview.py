from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest

from .my_registrations import mine


@never_cache
@require_safe
def overview(request: PersonRequest) -> HttpResponse:
    return render(request, "me/overview.html", {"mine": mine(request.user, timezone.now())})
