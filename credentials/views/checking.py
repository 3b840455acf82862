from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..access import certificate_by_code


@login_not_required
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The check page: what a certificate says, and whether it stands, for whoever has the code."""
    return render(request, "credentials/certificate.html", {"certificate": certificate_by_code(code)})
