"""News for everybody at a session is written in the request that changes it, so it must be cheap: worded once for each
language and clock, and written in a few statements."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from auditlog.models import LogEntry
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from outbox import wakeup
from outbox.about import about
from outbox.actions import NotInTransaction, write_letters
from outbox.models import Letter
from registrations import actions, letters
from registrations.letters import writing
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
START = datetime(2026, 12, 11, 8, 0, tzinfo=UTC)
READERS = (
    ("en", "Africa/Dakar"),
    ("fr", "Europe/Paris"),
    ("es", "America/Mexico_City"),
    ("ar", "Africa/Cairo"),
)


def crowded(*, confirmed: int, waiting: int = 0):
    """A session with so many people, evenly of the four kinds of READERS."""
    session = cast.session(starts_at=START, places=confirmed)
    everybody = []
    for number, (language, zone) in enumerate(READERS):
        share = range(number, confirmed + waiting, len(READERS))
        everybody += zip(share, cast.people(len(share), language=language, timezone=zone), strict=True)
    Registration.objects.bulk_create(
        Registration(
            session=session,
            person=person,
            state="confirmed" if place < confirmed else "waiting",
            confirmed_at=NOW if place < confirmed else None,
            queued_at=NOW + timedelta(seconds=place),
        )
        for place, person in everybody
    )
    return session


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@contextmanager
def at_no_other_cost(monkeypatch):
    """Rendering and handing over, counted."""
    worded, called = [], []
    monkeypatch.setattr(
        writing, "worded", lambda letter, real=writing.worded: worded.append(1) or real(letter)
    )
    monkeypatch.setattr(wakeup, "publish", lambda *task: called.append(task))
    yield worded, called


def test_rescheduling_costs_the_same_queries_for_hundreds_as_for_a_few(monkeypatch):
    by = cast.secretary()
    few, many = crowded(confirmed=20, waiting=4), crowded(confirmed=400, waiting=80)
    actions.reschedule(session=few, by=by, venue="City Hall", now=NOW)  # what is asked only once in a process

    def move(session):
        return lambda: actions.reschedule(
            session=session, by=by, starts_at=START + timedelta(days=1), now=NOW
        )

    in_small = queries_of(move(few))
    with at_no_other_cost(monkeypatch) as (worded, _called):
        in_large = queries_of(move(many))
    # 480 letters go in two statements for each 200 and their savepoint; everything else is the same.
    assert in_large <= in_small + 4
    assert len(worded) == 2 * len(READERS), (
        "once for each kind of reader with a place, and for each that waits"
    )
    assert Letter.objects.filter(kind="session_changed", about__in=abouts(many)).count() == 480


def test_calling_off_costs_the_same_queries_for_hundreds_as_for_a_few():
    by = cast.secretary()
    few, many = crowded(confirmed=20, waiting=4), crowded(confirmed=400, waiting=80)
    in_small = queries_of(lambda: actions.cancel_session(session=few, reason="Rain", by=by, now=NOW))
    in_large = queries_of(lambda: actions.cancel_session(session=many, reason="Rain", by=by, now=NOW))
    assert in_large <= in_small + 4
    assert (
        many.registrations.filter(state="cancelled", cancelled_for="session", cancelled_by=by).count() == 480
    )
    assert Letter.objects.filter(kind="session_cancelled", about__in=abouts(many)).count() == 480


def test_letting_hundreds_in_costs_the_same_queries_as_a_few():
    by = cast.secretary()
    few, many = crowded(confirmed=4, waiting=20), crowded(confirmed=4, waiting=400)
    in_small = queries_of(lambda: actions.change_places(session=few, places=24, by=by, now=NOW))
    in_large = queries_of(lambda: actions.change_places(session=many, places=404, by=by, now=NOW))
    assert in_large <= in_small + 4
    assert many.registrations.confirmed().count() == 404
    assert Letter.objects.filter(kind="promotion", about__in=abouts(many)).count() == 400


def test_a_letter_worded_for_many_is_the_letter_worded_for_one():
    session = cast.session(starts_at=START)
    people = [
        cast.person("Ana <b>O’Neill</b> & Söhne", language="fr", timezone="Europe/Paris"),
        cast.person("李小龍", language="fr", timezone="Europe/Paris"),
    ]
    registrations = [cast.register(session, person, now=NOW) for person in people]
    letters.promotions(registrations, now=NOW)
    for registration in registrations:
        of_many = Letter.objects.get(kind="promotion", person=registration.person)
        of_many.delete()
        alone = letters.promotion(registration, now=NOW)
        for field in ("key", "about", "to", "language", "from_name", "reply_to", "subject", "text", "html"):
            assert getattr(of_many, field) == getattr(alone, field), field
        assert of_many.calendar_method == alone.calendar_method == "REQUEST"
        assert without_stamp(of_many.calendar) == without_stamp(alone.calendar)
        assert registration.code in of_many.text
        assert of_many.message_id != alone.message_id
    assert "Ana &lt;b&gt;O" in Letter.objects.get(kind="promotion", person=people[0]).html


def test_each_is_written_once_also_when_asked_again():
    session = crowded(confirmed=8)
    standing = list(session.registrations.select_related("person"))
    for registration in standing:
        registration.session = session
    assert letters.promotions(standing[:3], now=NOW) == 3
    assert letters.promotions(standing, now=NOW) == 5
    assert Letter.objects.filter(kind="promotion").count() == 8
    assert len(set(Letter.objects.values_list("message_id", flat=True))) == 8


def test_one_round_is_called_for_after_the_commit(monkeypatch, django_capture_on_commit_callbacks):
    session = crowded(confirmed=40)
    with at_no_other_cost(monkeypatch) as (_worded, called):
        with django_capture_on_commit_callbacks(execute=True):
            actions.cancel_session(session=session, reason="Rain", by=cast.secretary(), now=NOW)
            assert called == []
        assert [task.name for (task,) in called] == ["outbox.tasks.send_due"]


def test_nothing_is_left_of_a_change_that_fails(monkeypatch):
    session = crowded(confirmed=8)
    monkeypatch.setattr(actions.following, "store_counts", lambda *_args, **_facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.cancel_session(session=session, reason="Rain", by=cast.secretary(), now=NOW)
    assert not Letter.objects.exists()
    assert session.registrations.confirmed().count() == 8


def test_the_history_of_each_registration_tells_of_it():
    session = crowded(confirmed=3)
    actions.cancel_session(session=session, reason="Rain", by=cast.secretary(), now=NOW)
    for registration in session.registrations.all():
        entry = LogEntry.objects.get_for_object(registration).first()
        assert entry.changes["state"] == ["confirmed", "cancelled"]
        assert entry.changes["cancelled_for"] == ["", "session"]


@pytest.mark.django_db(transaction=True)
def test_letters_to_many_are_refused_outside_of_a_transaction():
    with transaction.atomic():
        registration = cast.register(cast.session(starts_at=START), now=NOW)
        written = Letter.objects.get(about=about(registration))
        letter = writing.new_letter(written.kind, registration, registration.sequence, now=NOW)
    with pytest.raises(NotInTransaction):
        write_letters([letter])
    assert write_letters([]) == 0


def abouts(session) -> list[str]:
    return [about(registration) for registration in session.registrations.all()]


def without_stamp(calendar: str) -> str:
    return "\n".join(line for line in calendar.splitlines() if not line.startswith("DTSTAMP"))


def test_a_name_that_runs_the_other_way_is_kept_apart_in_a_letter_to_many():
    session = cast.session(starts_at=START)
    names = {"fr": "محمد (2)", "ar": "Dr. Ana!"}
    for language, name in names.items():
        cast.register(session, cast.person(name, language=language), now=NOW)
    actions.cancel_session(session=session, reason="Rain", by=cast.secretary(), now=NOW)
    for language, name in names.items():
        letter = Letter.objects.get(kind="session_cancelled", language=language)
        assert letter.text.count(name) == letter.text.count(f"\u2068{name}\u2069") == 1
        assert letter.html.count(name) == letter.html.count(f"\u2068{name}\u2069") == 1
