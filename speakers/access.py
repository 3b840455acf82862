"""Who may see the picture of a speaker."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import acts_as_staff
from accounts.models import User

from .models import Speaker


def speaker_for_picture(request: HttpRequest, pk: int, key: str) -> Speaker:
    """Everybody, once the person agreed to be named; before that the staff who may name them. 404 for all others."""
    speaker: Speaker = get_object_or_404(Speaker.objects.exclude(portrait_key=""), pk=pk, portrait_key=key)
    if not speaker.has_agreed and not looks_after(request.user, speaker):
        raise Http404
    return speaker


def looks_after(person: object, speaker: Speaker) -> bool:
    return (
        isinstance(person, User)
        and person.is_staff
        and Speaker.objects.to_choose_from(person).filter(pk=speaker.pk).exists()
        and acts_as_staff(person, "speakers.view_speaker")
    )
