"""What a person learned here: what they attended, how long, and what they can show, as page, PDF and JSON."""

import io
import json
import re

import pikepdf
import pytest
from django.utils import translation

from attendance import actions as attendance_actions
from catalog.certificate_rule import Certificate as Kind
from credentials import actions
from credentials.models import Certificate
from credentials.record import record_of
from credentials.record_words import paper, present
from tests import cast

from .making import (
    DAY,
    START,
    close_all,
    granted_by_hand,
    meeting_of,
    program,
    registered,
    rule,
    signatory,
    there,
    with_rule,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return cast.person("Amina Diallo")


@pytest.fixture
def attended(amina, by):
    """Two of three days of six hours, the second measured with 200 minutes, all lists closed: no certificate."""
    session = with_rule(program(3))
    (registration,) = registered(session, amina)
    for day, minutes in ((1, None), (2, 200)):
        attendance_actions.note(
            registration=registration,
            meeting=meeting_of(session, day),
            state="present",
            minutes=minutes,
            by=by,
            now=meeting_of(session, day).starts_at,
        )
    close_all(session, by=by)
    return registration


def test_it_counts_the_meetings_and_minutes_at_which_one_was(attended, amina):
    record = record_of(amina)
    (one,) = record.learned
    assert (one.present, one.meetings, one.minutes) == (2, 3, 360 + 200)
    assert (record.minutes, record.certificates) == (560, [])
    assert [year.year for year in record.years] == [2026]


def test_a_list_that_is_open_or_was_not_taken_counts_for_nothing(amina, by):
    session = program(2)
    (registration,) = registered(session, amina)
    there(session, registration, 1, by=by)
    assert record_of(amina).is_empty
    attendance_actions.close(meeting=meeting_of(session, 2), by=by, taken=False, now=session.ends_at)
    assert record_of(amina).is_empty
    attendance_actions.close(meeting=meeting_of(session, 1), by=by, now=session.ends_at)
    assert record_of(amina).learned[0].minutes == 360


@pytest.mark.parametrize(
    ("taken", "words"), [(1, "1 of 1 meeting "), (2, "1 of 2 meetings"), (3, "1 of 3 meetings")]
)
def test_where_attendance_was_not_taken_nobody_is_said_to_have_been_away(taken, words, amina, by):
    session = with_rule(program(3))
    (registration,) = registered(session, amina)
    there(session, registration, 1, by=by)
    for day, meeting in enumerate(session.meetings.all(), start=1):
        attendance_actions.close(meeting=meeting, by=by, taken=day <= taken, now=meeting.ends_at)
    (one,) = record_of(amina).learned
    assert words in f"{present(one)} "


def test_nobody_elses_is_in_it(attended):
    assert record_of(cast.person("Ben Okafor")).is_empty


def test_what_was_granted_is_in_it_without_hours(amina, by):
    session = program(1)
    (registration,) = registered(session, amina)
    signatory(session.activity.host)
    granted = granted_by_hand(registration=registration, kind=Kind.COMPLETION, why="She taught.", by=by)
    (one,) = record_of(amina).learned
    assert (one.present, one.minutes, one.certificates) == (0, 0, [granted])


@pytest.mark.parametrize("ended", ["withdrawn", "replaced"])
def test_only_certificates_that_stand_are_shown(ended, amina, by):
    session = with_rule(program(1), rule(50))
    (registration,) = registered(session, amina)
    there(session, registration, 1, by=by)
    close_all(session, by=by)
    signatory(session.activity.host)
    actions.issue(session=session, now=session.ends_at)
    first = Certificate.objects.get()
    if ended == "withdrawn":
        actions.withdraw(certificate=first, why="By mistake", by=by)
        assert record_of(amina).certificates == []
    else:
        second = actions.correct_name(certificate=first, name="Aminata Diallo", by=amina)
        assert record_of(amina).certificates == [second]
    assert record_of(amina).minutes == 360


def test_years_stand_newest_first_by_the_hosts_clock(amina, by):
    late = program(1)
    for session, shift in ((late, 0 * DAY), (program(1), 23 * DAY)):
        meeting = session.meetings.get()
        meeting.starts_at, meeting.ends_at = meeting.starts_at + shift, meeting.ends_at + shift
        if shift:  # from 18:00 on 31 December in UTC it is the next year in Seoul
            meeting.starts_at, meeting.ends_at = (
                meeting.starts_at + 9 * DAY / 24,
                meeting.ends_at + 9 * DAY / 24,
            )
        meeting.save()
        session.starts_at, session.ends_at = meeting.starts_at, meeting.ends_at
        session.save()
        (registration,) = registered(session, amina)
        there(session, registration, 1, by=by)
        close_all(session, by=by)
    assert [year.year for year in record_of(amina).years] == [2027, 2026]


def test_thirty_sessions_cost_as_many_queries_as_one(attended, amina, by, django_assert_num_queries):
    with django_assert_num_queries(5):
        record_of(amina)
    for _ in range(3):
        session = program(1)
        (registration,) = registered(session, amina)
        there(session, registration, 1, by=by)
        close_all(session, by=by)
    with django_assert_num_queries(5):
        assert len(record_of(amina).learned) == 4


class TestPages:
    def test_it_is_shown_to_its_owner(self, attended, amina, client):
        client.force_login(amina)
        page = client.get("/me/record/").content.decode()
        assert "Present at 2 of 3 meetings" in page
        assert "9 h 20 min" in page
        assert attended.get_absolute_url() in page

    def test_while_there_is_nothing_it_says_what_will_be_there(self, amina, client):
        client.force_login(amina)
        assert "Nothing is recorded yet" in client.get("/me/record/").content.decode()

    @pytest.mark.parametrize("address", ["/me/record/", "/me/record.pdf", "/me/record.json"])
    def test_who_is_not_signed_in_is_asked_to(self, address, client):
        answer = client.get(address)
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)

    def test_the_data_are_those_of_the_page(self, attended, amina, client):
        client.force_login(amina)
        answer = client.get("/me/record.json")
        everything = json.loads(answer.content)
        assert (everything["name"], everything["minutes"]) == ("Amina Diallo", 560)
        assert everything["learned"][0]["meetings_present"] == 2
        assert 'filename="learning-record.json"' in answer["Content-Disposition"]

    @pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("ar", "ar"), ("fr", "fr")])
    def test_the_paper_is_tagged_and_in_the_readers_language(self, language, lang, attended, amina, client):
        client.force_login(amina)
        prefix = "" if language in ("en", "ar") else f"/{language}"
        if language == "ar":
            with translation.override("ar"):
                content = paper(record_of(amina), now=START)
        else:
            content = client.get(f"{prefix}/me/record.pdf").content
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert str(pdf.Root.Lang) == lang
            assert pdf.Root.MarkInfo.Marked
            assert pdf.open_metadata()["pdfuaid:part"] == "1"
            assert "Amina Diallo" in str(pdf.docinfo.Title)

    def test_the_same_record_makes_the_same_bytes(self, attended, amina):
        assert paper(record_of(amina), now=START) == paper(record_of(amina), now=START)


def test_a_new_certificate_is_the_next_thing_to_do_for_two_weeks(amina, by, client, time_machine):
    session = with_rule(program(1), rule(50))
    (registration,) = registered(session, amina)
    there(session, registration, 1, by=by)
    close_all(session, by=by)
    signatory(session.activity.host)
    actions.issue(session=session, now=session.ends_at)
    client.force_login(amina)
    certificate = Certificate.objects.get()
    for days, shown in ((1, True), (13, True), (15, False)):
        time_machine.move_to(session.ends_at + days * DAY)
        client.force_login(amina)
        page = client.get("/me/").content.decode()
        head = re.search(r'<section class="to-do".*?</section>', page, re.DOTALL)
        assert bool(head and certificate.get_absolute_url() in head[0]) == shown
