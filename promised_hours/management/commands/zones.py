from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.older_table import NoTable, OlderTable
from accounts.zones import table_version
from catalog.models import Session
from promised_hours import actions
from promised_hours.hours import HoursNeedAPerson, Outcome, hour_changes, outcomes_to_come


class Command(BaseCommand):
    help = (
        "List the sessions to come whose promised hours fall on other moments by the table of time zones that is read now. "
        "With --rewrite the hours on the hosts’ clocks are kept: moments in UTC are written anew, and people whose own hour "
        "changes get a letter. docs/operator.md says when."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--before",
            type=Path,
            metavar="FOLDER",
            help="the table that was read until now, such as /usr/share/zoneinfo: it told people’s own hours, and "
            "those of which nobody wrote down the table",
        )
        parser.add_argument("--rewrite", action="store_true", help="do it, after asking")
        parser.add_argument("--no-input", action="store_true", help="do it without asking")

    def handle(self, *, before: Path | None, rewrite: bool, no_input: bool, **options: object) -> None:
        try:
            older = OlderTable(before) if before else None
            outcomes = list(outcomes_to_come(older, now=timezone.now()))
            changing = self.tell(outcomes, older)
        except NoTable as problem:
            raise CommandError(str(problem)) from problem
        if not rewrite or not changing:
            return
        if not no_input and input("Write them anew, and write to these people? Type yes: ").strip() != "yes":
            self.stdout.write("Nothing was changed.")
            return
        self.rewrite([outcome.session for outcome in changing], older)

    def tell(self, outcomes: list[Outcome], older: OlderTable | None) -> list[Outcome]:
        """Answers those that a rewriting would change."""
        self.stdout.write(f"The station reads table {table_version()} of time zones.")
        if older:
            self.stdout.write(f"Before it was table {older.version}, in {older.folder}.")
        told_by = Counter(hour.table or "no known table" for outcome in outcomes for hour in outcome.hours)
        told_by["no known table"] += sum(len(outcome.unknown) for outcome in outcomes)
        self.stdout.write(f"{len(outcomes)} sessions to come. Their hours were told by:")
        for table, count in sorted((+told_by).items()):
            self.stdout.write(f"  {table}: {count}")
        moving = [outcome for outcome in outcomes if outcome.moving]
        for outcome in moving:
            self.tell_of(outcome)
        if not moving:
            self.stdout.write("None of these hours falls on another moment.")
        if any(outcome.unknown for outcome in outcomes):
            self.stdout.write(
                "Name the table that was read before with --before: its hours are not looked at without."
            )
        return [
            outcome
            for outcome in outcomes
            if (outcome.moving or outcome.made_known) and not outcome.needs_a_person
        ]

    def tell_of(self, outcome: Outcome) -> None:
        session = outcome.session
        self.stdout.write(f"\n{session.pk}  {session.activity.title}  ({session.timezone})")
        for hour in outcome.moving:
            becomes = f"{hour.becomes:%Y-%m-%d %H:%M} UTC" if hour.becomes else "never"
            self.stdout.write(
                f"    {hour.name.removesuffix('_at')}: {hour.local:%Y-%m-%d %H:%M} there, "
                f"{hour.was:%Y-%m-%d %H:%M} UTC → {becomes}"
            )
        if outcome.needs_a_person:
            self.stdout.write(f"    Stays as it is, {outcome.needs_a_person}. Reschedule it by hand.")
        elif outcome.takes_place_otherwise:
            registrations = session.registrations.standing().select_related("person")
            letters = sum(hour_changes(outcome, registration.person) for registration in registrations)
            self.stdout.write(
                f"    {letters} of {len(registrations)} people registered see another hour and get a letter"
            )

    def rewrite(self, sessions: list[Session], older: OlderTable | None) -> None:
        """Each is a transaction of its own: one that fails holds back no other, and a second call does the rest."""
        letters = done = 0
        for session in sessions:
            try:
                letters += actions.keep_promised_hours(session=session, by=None, older=older)
                done += 1
            except HoursNeedAPerson as problem:
                self.stderr.write(f"{session.pk} stays as it is, {problem}. Reschedule it by hand.")
        self.stdout.write(
            f"{done} sessions are told by table {table_version()} now. {letters} letters were written."
        )
