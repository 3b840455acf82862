"""Fetches and decides in one step: the certificate, or 404."""

from django.http import Http404

from .models import Certificate

LOOK, ISSUE = "credentials.view_certificate", "credentials.issue_certificate"


def certificate_by_code(code: str) -> Certificate:
    """For whoever has the code, however it is typed."""
    try:
        return Certificate.objects.for_showing().get(code=code.replace("-", "").upper())
    except Certificate.DoesNotExist:
        raise Http404 from None
