"""What a person's city sees of them, and their word on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest
from texts.numbers import number_in

from .. import access, actions
from ..own import own_cities, wording


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cities(request: PersonRequest) -> HttpResponse:
    """GET shows it; POST agrees, or takes it back."""
    if request.method == "POST":
        for name in ("agree", "take_back"):
            if name in request.POST:
                answer(request, name)
        return redirect("city_record:own")
    return render(request, "city_record/own.html", {"cities": own_cities(request.user)})


def answer(request: PersonRequest, name: str) -> None:
    person = request.user
    city = access.own_city(person, number_in(request.POST[name]))
    if name == "agree":
        actions.agree(person=person, organization=city, wording=wording(city))
        said = _(
            "%(city)s sees your name and what you learned while you acted for it, until you take this back."
        )
    else:
        actions.take_back(person=person, organization=city)
        said = _("%(city)s no longer sees your name.")
    messages.success(request, said % {"city": city.name_shown})
