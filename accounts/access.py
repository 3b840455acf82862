"""Who may pass, and who somebody is whom a link names."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.http import Http404

from outbox.unsubscribing import read_token

from .models import User

# The one kind of letters that a person may refuse. All others tell of what the person, or the host, did.
REFUSABLE = "reminder"


def second_factor_missing(person: User) -> bool:
    """Staff see other people's data, so a code by e-mail alone does not do. The demonstration's cast is let in."""
    if settings.DEMO or not person.is_staff:
        return False
    return (
        not Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    )


def refuser(token: str) -> User:
    """Whom the way out in a reminder names; 404 when we did not sign it or the account is gone."""
    try:
        person_id, kind = read_token(token)
        if kind != REFUSABLE:
            raise Http404
        return User.objects.get(pk=person_id, erased_at=None)
    except (signing.BadSignature, User.DoesNotExist) as error:
        raise Http404 from error
