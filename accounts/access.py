"""Who may act as staff, and whom a link to unsubscribe names."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404

from outbox.unsubscribing import read_token

from .models import User

# The one kind of letters that a person may refuse. All others tell of what the person, or the host, did.
REFUSABLE = "reminder"


def second_factor_missing(person: User) -> bool:
    """Staff see other people's data, so a code by e-mail alone does not do. The demonstration's cast is let in."""
    if settings.DEMO or not person.is_staff:
        return False
    return person.second_factors <= {Authenticator.Type.RECOVERY_CODES}


class SecondFactorFirst(PermissionDenied):
    """Somebody asks for what they may see because they are staff, and has no second factor: they are led to set one up."""


def acts_as_staff(person: User | AnonymousUser, permission: str) -> bool:
    """Whether this person may, because they are staff, what `permission` ("catalog.view_session") names.

    Ask it wherever something is shown or changed for that reason alone, after asking whether it is theirs to see: raises
    SecondFactorFirst when all that is missing is the second factor. What may be looked at and what may be changed are two
    permissions, so two questions.
    """
    if not isinstance(person, User) or not person.is_staff or not person.has_perm(permission):
        return False
    if second_factor_missing(person):
        raise SecondFactorFirst
    return True


def unsubscriber(token: str) -> User:
    """Whom the link in a reminder names; 404 when we did not sign it or the account is gone."""
    try:
        person_id, kind = read_token(token)
        if kind != REFUSABLE:
            raise Http404
        return User.objects.get(pk=person_id, erased_at=None).that_stands
    except (signing.BadSignature, User.DoesNotExist) as error:
        raise Http404 from error
