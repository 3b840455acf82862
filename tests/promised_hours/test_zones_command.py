"""A new table of time zones: the hour on the host's clock stays, its moment follows, and who sees another hour is told.

The older table of these tests believes that Seoul keeps UTC+8 (and Dakar UTC+1): what it promised for 17:00 in Seoul it put
at 09:00 in UTC, when it is 18:00 there.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from importlib import resources
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.older_table import NoTable, OlderTable
from accounts.zones import table_version
from catalog.models import Meeting, Session
from outbox.models import Letter
from promised_hours.actions import keep_promised_hours
from promised_hours.hours import HoursNeedAPerson
from registrations import actions
from tests import cast

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
START = datetime(2026, 12, 11, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BEFORE = {"Asia/Seoul": "Etc/GMT-8", "Africa/Dakar": "Etc/GMT-1"}
SAME = ("America/Mexico_City", "Europe/Madrid", "UTC")


@pytest.fixture(scope="module")
def older(tmp_path_factory) -> OlderTable:
    folder = tmp_path_factory.mktemp("zoneinfo")
    for name, keeps in {**BEFORE, **dict.fromkeys(SAME)}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        read = resources.files("tzdata").joinpath("zoneinfo", *(keeps or name).split("/")).read_bytes()
        (folder / name).write_bytes(read)
    (folder / "tzdata.zi").write_text("# version 2019z\n# no more of it is read\n")
    return OlderTable(folder)


def promised_by(table: str, session: Session) -> Session:
    """The session as it was written while the older table was read; with an empty name, before promises were kept."""
    for row in (session, *session.meetings.all()):
        known = {}
        for name, promise in row.promised.items():
            local = getattr(row, name).astimezone(timezone(8 * HOUR) if table else UTC)
            known[name] = promise | {"local": local.isoformat(), "table": table}
        type(row).objects.filter(pk=row.pk).update(promised=known)
    return Session.objects.get(pk=session.pk)


def keep(session: Session, older: OlderTable | None = None) -> int:
    return keep_promised_hours(session=session, by=None, older=older, now=NOW)


def asked(*arguments: str) -> str:
    out = StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("zones", *arguments, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_hour_in_seoul_stays_and_only_who_sees_another_hears_of_it(older):
    session = promised_by(
        "2019z", cast.session(starts_at=START, lasts=HOUR, registration_closes_at=START - 24 * HOUR)
    )
    abroad = cast.person("Lucía Ortega", timezone="America/Mexico_City", language="es")
    waiting = cast.person("Ines Duarte", timezone="Europe/Madrid")
    for person in (
        abroad,
        cast.person("Jiwoo Han", timezone="Asia/Seoul"),
        cast.person("Sun Kim", timezone="ROK"),
    ):
        cast.register(session, person, now=NOW)
    Session.objects.filter(pk=session.pk).update(places=3)
    cast.register(session, waiting, now=NOW)

    assert keep(session, older) == 2

    session.refresh_from_db()
    meeting = session.meetings.get()
    assert (meeting.starts_at, meeting.ends_at) == (START - HOUR, START)
    assert (session.starts_at, session.ends_at) == (START - HOUR, START)
    assert session.registration_closes_at == START - 25 * HOUR
    assert (session.activity.ends_at, session.activity.news_at) == (START, NOW)
    assert session.sequence == 1
    assert meeting.promised["starts_at"] == {
        "local": "2026-12-11T17:00:00+09:00",
        "zone": "Asia/Seoul",
        "table": table_version(),
    }
    letters = {letter.person: letter for letter in Letter.objects.filter(kind="session_changed")}
    assert set(letters) == {abroad, waiting}
    letter = letters[waiting]
    assert letter.subject == "The hour changes for you: Water in dense cities"
    was = letter.text.index(
        "Friday 11 December 2026, 10:00–11:00 (Madrid, UTC+1)\n  17:00–18:00 in Seoul (UTC+8)"
    )
    now = letter.text.index(
        "Friday 11 December 2026, 09:00–10:00 (Madrid, UTC+1)\n  17:00–18:00 in Seoul (UTC+9)"
    )
    assert was < now
    assert "You keep your place in the waiting list." in letter.text
    assert letters[abroad].calendar_method == "REQUEST"
    assert "SEQUENCE:" in letters[abroad].calendar
    # Done again, nothing is left to do.
    assert keep(session, older) == 0
    session.refresh_from_db()
    assert session.sequence == 1


@pytest.mark.django_db
def test_who_was_told_by_the_older_table_too_and_sees_the_same_hour_is_left_alone(older):
    session = promised_by("2019z", cast.session(starts_at=START, lasts=HOUR))
    cast.register(session, cast.person("Amina Diallo", timezone="Africa/Dakar"), now=NOW)
    # Dakar was at UTC+1 by the older table and is at UTC now: 10:00 there before, 08:00 after.
    assert keep(session, older) == 1
    assert "11 December 2026, 10:00–11:00 (Dakar, UTC+1)" in Letter.objects.get(kind="session_changed").text


@pytest.mark.django_db
def test_of_a_series_only_what_lies_ahead_moves_and_its_entries_and_titles_stay(older):
    weeks = [NOW - timedelta(days=2), START, START + 7 * 24 * HOUR]
    session = promised_by(
        "2019z", cast.session(meetings=[(at, at + HOUR, f"Part {n}") for n, at in enumerate(weeks, 1)])
    )
    uid = session.uid
    keep(session, older)
    session.refresh_from_db()
    assert list(session.meetings.values_list("starts_at", "title")) == [
        (weeks[0], "Part 1"),
        (weeks[1] - HOUR, "Part 2"),
        (weeks[2] - HOUR, "Part 3"),
    ]
    assert (session.starts_at, session.ends_at, session.uid) == (weeks[0], weeks[2], uid)


@pytest.mark.django_db
def test_the_window_of_a_course_moves_and_a_deadline_alone_is_told_to_nobody(older):
    course = promised_by(
        "2019z", cast.session(self_paced=True, starts_at=NOW - HOUR, lasts=timedelta(days=30))
    )
    cast.register(course, cast.person(timezone="Europe/Madrid"), now=NOW)
    assert keep(course, older) == 1
    course.refresh_from_db()
    assert (course.starts_at, course.ends_at) == (NOW - HOUR, NOW - HOUR + timedelta(days=30) - HOUR)
    session = cast.session(starts_at=START, lasts=HOUR, registration_closes_at=START - 2 * HOUR)
    cast.register(session, cast.person(timezone="Europe/Madrid"), now=NOW)
    known = session.promised["registration_closes_at"] | {
        "local": "2026-12-11T15:00:00+08:00",
        "table": "2019z",
    }
    Session.objects.filter(pk=session.pk).update(
        promised=session.promised | {"registration_closes_at": known}
    )
    assert keep(session) == 0
    session.refresh_from_db()
    assert (session.registration_closes_at, session.sequence) == (START - 3 * HOUR, 0)


@pytest.mark.django_db
def test_what_nobody_wrote_down_waits_until_its_table_is_named(older):
    session = promised_by("", cast.session(starts_at=START, lasts=HOUR))
    same = promised_by(
        "", cast.session(cast.activity(host=cast.host("secretariat-general")), starts_at=START, lasts=HOUR)
    )
    assert keep(session) == 0
    listed = asked()
    assert "None of these hours falls on another moment." in listed
    assert "Name the table that was read before with --before" in listed
    listed = asked("--before", str(older.folder))
    assert "Before it was table 2019z" in listed
    assert "starts: 2026-12-11 17:00 there, 2026-12-11 09:00 UTC → 2026-12-11 08:00 UTC" in listed
    assert f"{same.pk}  " not in listed
    assert session.meetings.get().starts_at == START  # listing changes nothing
    assert "2 sessions are told by table" in asked("--before", str(older.folder), "--rewrite", "--no-input")
    assert session.meetings.get().starts_at == START - HOUR
    same.refresh_from_db()
    assert (same.meetings.get().starts_at, same.sequence) == (START, 0)
    assert {promise["table"] for promise in same.meetings.get().promised.values()} == {table_version()}
    assert "no known table" not in asked()


@pytest.mark.django_db
def test_nothing_is_written_without_a_yes(older, monkeypatch):
    session = promised_by("2019z", cast.session(starts_at=START, lasts=HOUR))
    monkeypatch.setattr("builtins.input", lambda question: "no")
    assert "Nothing was changed." in asked("--rewrite")
    assert session.meetings.get().starts_at == START
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    assert "1 sessions are told by table" in asked("--rewrite")
    assert session.meetings.get().starts_at == START - HOUR


@pytest.mark.django_db
def test_an_hour_that_the_clocks_never_show_needs_a_person():
    madrid = cast.host("secretariat-general")
    at = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    session = cast.session(cast.activity(host=madrid), starts_at=at, lasts=HOUR)
    meeting = session.meetings.get()
    # By a table that had not yet put the clocks forward: 02:30, which is jumped over.
    known = {"local": "2027-03-28T02:30:00+01:00", "zone": "Europe/Madrid", "table": "2019z"}
    Meeting.objects.update(promised=meeting.promised | {"starts_at": known})
    with pytest.raises(HoursNeedAPerson, match="never show 2027-03-28 02:30"):
        keep(session)
    assert "Stays as it is, the clocks never show 2027-03-28 02:30" in asked("--rewrite", "--no-input")
    assert session.meetings.get().starts_at == at


@pytest.mark.django_db
def test_cancelled_and_past_sessions_are_left_alone(older):
    over = promised_by("2019z", cast.session(starts_at=NOW - 3 * HOUR, lasts=HOUR))
    called_off = promised_by("2019z", cast.session(starts_at=START, lasts=HOUR))
    actions.cancel_session(session=called_off, by=cast.secretary(), reason={"en": "Ill"}, now=NOW)
    assert [keep(over, older), keep(called_off, older)] == [0, 0]
    assert called_off.meetings.get().starts_at == START


def test_a_folder_that_is_no_table_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="holds no table of time zones"):
        call_command("zones", "--before", str(tmp_path))
    (tmp_path / "+VERSION").write_text("2023c\n")
    table = OlderTable(tmp_path)
    assert table.version == "2023c"
    with pytest.raises(NoTable, match="has no zone Asia/Seoul"):
        table.zone("Asia/Seoul")


@pytest.mark.django_db(transaction=True)
def test_two_operators_and_a_newcomer_at_once_move_it_once_and_write_once(older):
    session = promised_by("2019z", cast.session(starts_at=START, lasts=HOUR))
    known = cast.register(session, cast.person(timezone="Europe/Madrid"), now=NOW).person
    late = cast.person(timezone="Europe/Madrid")

    def closing(call):
        try:
            return call()
        finally:
            connection.close()

    calls = [lambda: keep(session, older)] * 4 + [lambda: cast.register(session, late, now=NOW) and 0]
    with ThreadPoolExecutor(5) as pool:
        letters = sum(pool.map(closing, calls))
    session.refresh_from_db()
    assert (session.starts_at, session.sequence) == (START - HOUR, 1)
    recipients = list(Letter.objects.filter(kind="session_changed").values_list("person", flat=True))
    assert len(recipients) == letters
    assert recipients.count(known.pk) == 1
    # Who came before the change was told of it, who came after was confirmed for the new hour.
    confirmed = Letter.objects.get(kind="confirmation", person=late).text
    assert (late.pk in recipients) == ("10:00–11:00 (Madrid" in confirmed)
