from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.defaults import permission_denied

from accounts.access import SecondFactorFirst


def not_open(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403. Staff who lack nothing but a second factor are led to where one is set up, as from the desk."""
    if isinstance(exception, SecondFactorFirst):
        return redirect("mfa_index")
    return permission_denied(request, exception)
