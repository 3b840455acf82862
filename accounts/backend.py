from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class PersonBackend(AuthenticationBackend):
    """Who is signed in comes with whom they act for, in one query: what is open to them depends on it on most pages."""

    def get_user(self, user_id: int) -> User | None:
        try:
            person = User.objects.select_related("organization").get(pk=user_id)
        except User.DoesNotExist:
            return None
        return person if self.user_can_authenticate(person) else None
