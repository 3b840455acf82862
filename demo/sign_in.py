from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.signing_in import local_next

from .one_click import FOCAL_POINT, HELPER, OFFICIAL, PARTS, Part


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One click in, as one of the invented cast. This address exists in the demonstration only."""
    if not settings.DEMO:  # the address is not even known then; this holds whatever includes it
        raise Http404
    people = {
        person.email: person for person in User.objects.filter(email__in=[part.email for part in PARTS])
    }
    if request.method == "POST":
        part = next((part for part in PARTS if part.key == request.POST.get("as")), None)
        if part and part.email in people:
            person = people[part.email]
            login(request, person)
            UserSession.objects.create_from_request(
                request
            )  # as at the front door: listed where one is signed in
            return redirect(local_next(request) or first_page(part))
    context = {
        "cast": [(part, people.get(part.email)) for part in PARTS],
        "missing": len(people) < len(PARTS),
        "next": local_next(request),
    }
    return render(request, "demo/sign_in.html", context, status=200 if request.method != "POST" else 422)


def first_page(part: Part) -> str:
    return "me:overview" if part in (OFFICIAL, HELPER, FOCAL_POINT) else "admin:index"
