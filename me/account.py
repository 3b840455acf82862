"""What a person may ask of us about their data: to have it (GDPR Art. 15 and 20), and to have it forgotten (Art. 17)."""

from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.erasing import WasMerged, erase_person
from accounts.expired_forms import never_sent_again
from accounts.http import PersonRequest
from accounts.my_data import everything_about
from credentials.models import Certificate

from .forms import DeletionForm


@never_cache
@require_safe
def my_data(request: PersonRequest) -> HttpResponse:
    answer = JsonResponse(
        everything_about(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="learning-station-my-data.json"'
    return answer


@never_sent_again
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: PersonRequest) -> HttpResponse:
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(person=request.user, by=request.user)
        except WasMerged:  # at this moment: who signs in again is in the account that stays
            logout(request)
            return redirect("account_login")
        logout(request)
        return render(request, "me/account_deleted.html")
    coming = request.user.registrations.standing().filter(session__ends_at__gt=timezone.now())
    context = {
        "form": form,
        "coming": coming.count(),
        "certificates": Certificate.objects.current().of(request.user).count(),
        "hosts": request.user.hosts.all(),
    }
    return render(request, "me/account_delete.html", context, status=422 if form.errors else 200)
