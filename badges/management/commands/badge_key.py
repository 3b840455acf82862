"""manage.py badge_key: make a key, list those that were used, tell that one leaked (docs/operator.md, “The key of
the badges”)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from django.utils import timezone

from badges import actions, errors, private_key
from badges.models import IssuerKey

STILL_LEAKED = "There is no other key yet: no badge counts until the worker has another BADGE_KEY."


class Command(BaseCommand):
    help = "The key that signs badges: make one, list those that were used, tell that one leaked."
    # To make a key must work where the one that is there is none.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("make", help="Print a new key for the environment. Nothing is kept.")
        steps.add_parser("list", help="Which keys signed how many badges; which is in the environment.")
        leaked = steps.add_parser(
            "leaked", help="Somebody else has the key: what it signed counts no longer."
        )
        leaked.add_argument("key", help="Its name, as “list” tells it: key-b7JqZx4M")

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        match step:
            case "make":
                self.stdout.write(f"BADGE_KEY={private_key.make().as_text()}")
            case "list":
                self.list_keys()
            case _:
                self.tell_leaked(options["key"])

    def list_keys(self) -> None:
        try:
            private = private_key.of_the_environment()
        except private_key.KeyIsUnreadable as error:
            raise CommandError("BADGE_KEY in the environment is not a key.") from error
        keys = list(IssuerKey.objects.annotate(signed=Count("badges")).order_by("-adopted_at", "-pk"))
        at_hand = next((key for key in keys if is_half_of(private, key)), None)
        for key in keys:
            words = [
                f"in use since {key.adopted_at:%Y-%m-%d}",
                badges(key.signed),
                f"leaked {key.leaked_at:%Y-%m-%d}" if key.leaked_at else "",
                "in this environment" if key == at_hand else "",
            ]
            self.stdout.write(f"{key.name}: {', '.join(word for word in words if word)}")
        if private is None:
            self.stdout.write("No BADGE_KEY in this environment: no badge is signed from here.")
        elif at_hand is None:
            self.stdout.write("The key in this environment has signed nothing yet.")
        elif at_hand.leaked_at:
            self.stdout.write("The key in this environment leaked: it signs nothing. Put another there.")

    def tell_leaked(self, name: str) -> None:
        try:
            count = actions.leaked(name=name, now=timezone.now())
        except errors.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"What {name} signed counts no longer. To be signed anew by another key: {badges(count)}."
        )
        if not IssuerKey.objects.filter(leaked_at=None).exists():
            self.stdout.write(STILL_LEAKED)


def is_half_of(private: private_key.PrivateKey | None, key: IssuerKey) -> bool:
    return private is not None and private.public_key == key.public_key


def badges(count: int) -> str:
    return f"{count} badge" if count == 1 else f"{count} badges"
