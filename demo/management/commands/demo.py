from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from catalog.models import Activity
from demo.clearing import clear_demo, invented_activities
from demo.making import make_demo
from demo.volume import make_volume
from learning_station.facts import load_facts


class Command(BaseCommand):
    help = (
        "Make the demonstration: what is true, and an invented coming half year. Safe to run again. "
        "With --sessions or --registrations, add that many for measuring."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when it has been made before")
        parser.add_argument("--clear", action="store_true", help="take out everything invented")
        parser.add_argument("--sessions", type=int, default=0, metavar="N", help="add N sessions in bulk")
        parser.add_argument(
            "--registrations", type=int, default=0, metavar="N", help="add N registrations to them"
        )

    def handle(
        self, *, if_empty: bool, clear: bool, sessions: int, registrations: int, **options: object
    ) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "This station runs in production: the demonstration has no place here. Nothing was changed."
            )
        if registrations and not sessions:
            raise CommandError(
                "Say with --sessions over how many new sessions the registrations are to be spread."
            )
        if clear:
            for kind, number in clear_demo().items():
                self.stdout.write(f"{number:7,} {kind} taken out")
            return
        if sessions:
            with transaction.atomic():
                load_facts()
            make_volume(sessions=sessions, registrations=registrations)
            return
        if if_empty and Activity.objects.filter(invented_activities()).exists():
            return
        with transaction.atomic():
            load_facts()
            make_demo()
