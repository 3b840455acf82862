from django.core.management.base import BaseCommand
from django.db import transaction

from learning_station.facts import load_facts


class Command(BaseCommand):
    help = "Load the hosts, topics, member organizations and past activities. What is there already stays as it is."

    @transaction.atomic
    def handle(self, **options: object) -> None:
        for kind, added in load_facts().items():
            self.stdout.write(f"{added:5} {kind} added")
