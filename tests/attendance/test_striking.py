"""A struck check-in counts for nothing anywhere, is kept, and may stand again."""

import re

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.test import Client

from attendance import actions, errors
from attendance.models import Attendance, Closing, Helper
from attendance.my_data import my_data
from attendance.own_attendance import own_attendance
from attendance.progress import progress
from catalog.models import Session
from hubs.counting import PRESENT, taken
from registrations import actions as registration_actions
from registrations.models import Registration
from tests import cast

from .making import DAY, HOUR, START, counted, meeting_of, program, registered
from .test_list import listed, names_on, page_of, running

pytestmark = pytest.mark.django_db

STAFF, REPORT, CHECK_IN, CLOSING = Attendance.Source.values


@pytest.fixture
def by():
    return cast.secretary()


def checked_in(registration: Registration, day: int = 1) -> Attendance:
    meeting = meeting_of(registration.session, day)
    return actions.note(
        registration=registration,
        meeting=meeting,
        state="present",
        source=CHECK_IN,
        by=registration.person,
        now=meeting.starts_at,
    )


def struck(registration: Registration, by, day: int = 1) -> Attendance:
    checked_in(registration, day)
    meeting = meeting_of(registration.session, day)
    return actions.strike(registration=registration, meeting=meeting, by=by, now=meeting.starts_at)


def test_a_struck_check_in_counts_no_more_is_kept_with_who_struck_it_and_may_stand_again(by):
    session = program()
    [one, *_others] = registered(session)
    row = struck(one, by)
    meeting = meeting_of(session)
    assert counted(meeting) == {}
    row.refresh_from_db()
    assert (row.struck_at, row.struck_by, row.state) == (START, by, "present")
    again = actions.strike(registration=one, meeting=meeting, by=cast.reader(), now=START + HOUR)
    assert (again.struck_at, again.struck_by) == (START, by), "the first time stands"
    actions.let_stand(registration=one, meeting=meeting, by=by, now=START + HOUR)
    assert counted(meeting) == {one.pk: ("present", CHECK_IN)}
    row.refresh_from_db()
    assert (row.struck_at, row.struck_by) == (None, None)
    changes = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Attendance))
    assert [sorted(entry.changes) for entry in changes.order_by("pk") if entry.action == 1] == [
        ["struck_at", "struck_by"]
    ] * 2


def test_what_others_say_stays_beside_it(by):
    session = program()
    [one, two, *_others] = registered(session)
    meeting = meeting_of(session)
    facts = {"meeting": meeting, "by": by, "now": START}
    for registration in (one, two):
        checked_in(registration)
    actions.note(registration=one, state="excused", **facts)
    actions.note(registration=two, state="absent", source=REPORT, minutes=3, **facts)
    for registration in (one, two):
        actions.strike(registration=registration, **facts)
    assert counted(meeting) == {one.pk: ("excused", STAFF), two.pk: ("absent", REPORT)}
    actions.clear(registration=one, **facts)
    assert counted(meeting) == {two.pk: ("absent", REPORT)}, "taken back, nothing is known"
    actions.let_stand(registration=one, **facts)
    assert counted(meeting)[one.pk] == ("present", CHECK_IN)


def test_the_same_source_says_nothing_new_on_it_and_takes_nothing_back(by):
    session = program()
    [one, *_others] = registered(session)
    struck(one, by)
    facts = {"registration": one, "meeting": meeting_of(session), "source": CHECK_IN, "now": START}
    with pytest.raises(errors.CheckInIsStruck, match="struck your check-in"):
        actions.note(state="present", by=one.person, **facts)
    assert not actions.clear(by=one.person, **facts)
    assert Attendance.objects.get().struck_by == by


def test_closing_makes_absent_whose_check_in_was_struck_and_opening_again_takes_that_back(by):
    session = program()
    [one, two, three] = registered(session)
    meeting = meeting_of(session)
    struck(one, by)
    checked_in(two)
    over = meeting.ends_at
    actions.close(meeting=meeting, by=by, now=over)
    assert counted(meeting) == {
        one.pk: ("absent", CLOSING),
        two.pk: ("present", CHECK_IN),
        three.pk: ("absent", CLOSING),
    }
    for change in (actions.strike, actions.let_stand):
        with pytest.raises(errors.ListIsClosed):
            change(registration=one, meeting=meeting, by=by, now=over)
    actions.open_again(meeting=meeting, by=by, why="One was there", now=over)
    assert counted(meeting) == {two.pk: ("present", CHECK_IN)}
    actions.let_stand(registration=one, meeting=meeting, by=by, now=over)
    actions.close(meeting=meeting, by=by, now=over)
    assert counted(meeting)[one.pk] == ("present", CHECK_IN)


def test_all_the_others_were_there_notes_who_was_struck_too(by):
    """Staff say so themselves, and their word goes first."""
    session = program()
    [one, *_others] = registered(session)
    struck(one, by)
    assert actions.note_all_present(meeting=meeting_of(session), by=by, now=START) == 3
    assert counted(meeting_of(session))[one.pk] == ("present", STAFF)


def test_a_list_with_struck_check_ins_alone_was_not_taken(by):
    session = program()
    [one, *_others] = registered(session)
    struck(one, by)
    meeting = meeting_of(session)
    actions.close(meeting=meeting, by=by, taken=False, now=meeting.ends_at)
    assert not Closing.objects.get().taken


def test_who_gave_their_place_up_is_on_the_list_by_a_check_in_and_not_by_a_struck_one(by):
    session = program(late_registration=True)
    [one, two, _three] = registered(session)
    meeting = meeting_of(session, 2)
    struck(one, by, day=2)
    checked_in(two, day=2)
    for registration in (one, two):
        # Before it began, though they had checked in.
        Registration.objects.filter(pk=registration.pk).update(
            state="cancelled", cancelled_at=START, cancelled_for="person"
        )
        registration.refresh_from_db()
    facts = {"meeting": meeting, "state": "excused", "by": by, "now": meeting.starts_at}
    actions.note(registration=two, **facts)
    with pytest.raises(errors.HasNoPlace):
        actions.note(registration=one, **facts)


def test_the_meeting_that_is_put_off_forgets_it(by):
    session = program(days=1)
    [one, *_others] = registered(session)
    checked_in(one)
    actions.strike(registration=one, meeting=meeting_of(session), by=by, now=START - HOUR)
    registration_actions.reschedule(session=session, starts_at=START + 7 * DAY, by=by, now=START - HOUR)
    assert not Attendance.objects.exists()


def test_figures_and_how_far_one_is_do_not_have_it(by):
    rule = {"certificate": "participation", "certificate_percent": 100, "certificate_percent_of": "meetings"}
    session = program(days=2, of=cast.activity(**rule))
    [one, two, *_others] = registered(session)
    meeting = meeting_of(session)
    struck(one, by)
    checked_in(two)
    assert [progress(registration).present for registration in (one, two)] == [0, 1]
    actions.close(meeting=meeting, by=by, now=meeting.ends_at)
    there = Attendance.objects.filter(**taken("meeting__"), **PRESENT)
    assert [row.registration for row in there] == [two]


def test_the_person_is_told_on_their_page_and_in_their_data(by, client):
    session, [amina] = listed("Amina Diallo", begun=3 * HOUR)
    struck(amina, by)
    meeting = meeting_of(session)
    [line] = own_attendance(amina, meeting.ends_at)
    assert (line.words, line.struck) == ("not recorded yet", True)
    client.force_login(amina.person)
    told = "Staff of the host struck your check-in."
    assert told in client.get(amina.get_absolute_url()).text
    actions.close(meeting=meeting, by=by)
    page = client.get(amina.get_absolute_url()).text
    assert told in page
    assert "absent" in page
    assert "This is wrong" in page
    [row] = [row for row in my_data(amina.person)["attendance"] if row["how_it_is_known"] == "check_in"]
    assert row["struck_at"]
    assert row["counts"] is False


def test_nobody_who_did_not_check_in_is_struck(by):
    session = program()
    [one, *_others] = registered(session)
    meeting = meeting_of(session)
    actions.note(registration=one, meeting=meeting, state="present", by=by, now=START)
    with pytest.raises(errors.NotCheckedIn, match="has not checked in"):
        actions.strike(registration=one, meeting=meeting, by=by, now=START)


def test_the_database_keeps_struck_rows_out_of_what_counts(by):
    session = program()
    [one, *_others] = registered(session)
    facts = {"registration": one, "meeting": meeting_of(session), "state": "present", "struck_at": START}
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(source=CHECK_IN, counts=True, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(source=REPORT, **facts)


# At the list


def press(client: Client, session: Session, registration: Registration, do: str, **more):
    return client.post(f"{page_of(session)}{registration.pk}/check-in/", {"check_in": do} | more)


def told_of(client: Client, session: Session) -> str:
    html = client.get(page_of(session)).text
    lines = html[html.index('<ul class="door-list">') :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", lines[: lines.index("</ul>")]))


def test_staff_strike_at_the_list_which_shows_it_and_let_it_stand_again(client):
    session, [amina] = listed("Amina Diallo")
    row = checked_in(amina)
    local = row.noted_at.astimezone(session.zone)
    client.force_login(cast.coordinator(session.activity.host))
    shown = told_of(client, session)
    assert f"Present · checked in by themselves · {local:%H:%M}" in shown
    assert "Strike the check-in" in shown
    answer = press(client, session, amina, "strike", q="ami")
    assert answer.url == f"{page_of(session)}?q=ami#r{amina.pk}"
    assert counted(meeting_of(session)) == {}
    shown = told_of(client, session)
    assert f"Checked in by themselves · {local:%H:%M}. Struck · Jiwoo Han · " in shown
    assert "Strike the check-in" not in shown
    html = client.get(page_of(session)).text
    assert names_on(html) == ["Amina Diallo"]
    assert re.findall(r'data-count="(\w*)">(\d+)', html) == [("present", "0"), ("excused", "0"), ("", "1")]
    press(client, session, amina, "let_stand")
    assert counted(meeting_of(session)) == {amina.pk: ("present", CHECK_IN)}
    assert "Struck" not in told_of(client, session)


def test_beside_a_struck_check_in_staff_note_as_ever(client, by):
    session, [amina] = listed("Amina Diallo")
    struck(amina, by)
    client.force_login(by)
    html = client.get(page_of(session)).text
    assert 'value="present/"' in html
    assert 'value="absent/"' in html
    client.post(f"{page_of(session)}{amina.pk}/", {"tap": "present/"})
    assert counted(meeting_of(session)) == {amina.pk: ("present", STAFF)}
    assert "Struck · Marta Soler" in told_of(client, session)


def test_what_cannot_be_struck_is_told(client, by):
    session, [amina] = listed("Amina Diallo")
    client.force_login(by)
    answer = press(client, session, amina, "strike")
    assert answer.url == page_of(session)
    assert "Amina Diallo: This person has not checked in." in client.get(answer.url).text
    assert press(client, session, amina, "sleep").status_code == 404
    elsewhere, [other] = listed("Somebody Else")
    assert press(client, session, other, "strike").status_code == 404, elsewhere
    assert client.get(f"{page_of(session)}{amina.pk}/check-in/").url == f"{page_of(session)}#r{amina.pk}"


def test_a_helper_strikes_as_they_tap_and_nobody_else_does(client, by):
    session, [amina] = listed("Amina Diallo")
    checked_in(amina)
    for who, status in ((amina.person, 404), (cast.reader(), 403), (cast.person("Nobody"), 404)):
        client.force_login(who)
        assert press(client, session, amina, "strike").status_code == status
    assert "Strike" not in told_of_reader(client, session)
    trainer = cast.person("Trainer Osei")
    Helper.objects.create(session=session, email=trainer.email)
    client.force_login(trainer)
    press(client, session, amina, "strike")
    assert Attendance.objects.get().struck_by == trainer


def told_of_reader(client: Client, session: Session) -> str:
    client.force_login(cast.reader("Another Reader"))
    return told_of(client, session)


def test_a_correction_shows_staff_what_was_struck(client, by):
    session = running(begun=3 * HOUR)
    amina = cast.register(session, cast.person(), now=session.starts_at - HOUR)
    struck(amina, by)
    meeting = meeting_of(session)
    actions.close(meeting=meeting, by=by)
    asked = actions.ask_correction(registration=amina, meeting=meeting, words="I was there", by=amina.person)
    client.force_login(by)
    page = client.get(f"/meetings/{meeting.pk}/corrections/{asked.pk}/").text
    assert "Struck · Marta Soler" in re.sub(r"\s+", " ", page)
