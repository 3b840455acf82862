"""Two files with the same row at once, and a file while somebody edits the same at the desk: real threads on PostgreSQL, and
a twin without the lock that goes wrong."""

import threading

import pytest
from auditlog.context import set_actor
from django.db import transaction

from accounts.models import Organization
from desk_files.organizations import Organizations
from imports import actions
from tests import cast
from tests.at_once import at_once
from tests.waiting import PATIENCE

from .making import begun, outcomes, read

pytestmark = pytest.mark.django_db(transaction=True)
HEADINGS = ("Name", "Kind", "Country", "Region")
ROWS = [(f"City {n}", "member", "Kenya", "Africa") for n in range(6)]


def test_two_files_with_the_same_rows_make_each_once():
    files = [begun(read("organizations", ROWS, HEADINGS, by=cast.secretary(f"Person {n}"))) for n in "AB"]
    at_once([lambda of=of: actions.go_on(of=of) for of in files])
    assert Organization.objects.count() == len(ROWS)
    found = [outcome for of in files for outcome, _why in outcomes(of)]
    assert sorted(found) == ["new"] * 6 + ["same"] * 6


def edited_meanwhile() -> list[tuple[str, str]]:
    """The desk has locked and saved, and commits when the import is under way. Answers what came of the row."""
    cairo = Organization.objects.create(slug="cairo", name="Cairo", country="EG", region="africa")
    editor = cast.secretary("Other Person")
    of = begun(read("organizations", [("cairo", "partner")], ("Code", "Kind"), by=cast.secretary()))
    saved, went_on = threading.Event(), threading.Event()

    def edit() -> None:
        with transaction.atomic(), set_actor(editor):
            at_desk = Organization.objects.select_for_update(no_key=True).get(pk=cairo.pk)
            at_desk.kind, at_desk.region = "member", "europe"
            at_desk.save()
            saved.set()
            went_on.wait(1)  # an import that waits for the lock does not come back before the commit

    def bring_in() -> None:
        assert saved.wait(PATIENCE)
        actions.go_on(of=of)
        went_on.set()

    at_once([edit, bring_in])
    return outcomes(of)


def test_a_file_waits_for_who_edits_the_same_and_leaves_it_alone():
    why = "Other Person changed it since this file was read. Read the file again to see what differs now."
    assert edited_meanwhile() == [("refused", why)]
    assert Organization.objects.get().kind == "member"


def test_the_twin_without_the_lock_writes_over_what_nobody_saw(monkeypatch):
    monkeypatch.setattr(Organizations, "lock", lambda self, things: None)
    assert edited_meanwhile() == [("changed", "")]
    assert Organization.objects.get().kind == "partner"
