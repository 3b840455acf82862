"""Encrypts every seed of a second factor anew with the first of ENCRYPTION_KEYS, so that those after it may go."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.encryption import encrypt_seeds


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        authenticators = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).select_for_update()
        count = 0
        for authenticator in authenticators:
            authenticator.data = encrypt_seeds(authenticator.data)
            authenticator.save(update_fields=["data"])
            count += 1
        self.stdout.write(f"{count} second factors are encrypted with the first key.")
