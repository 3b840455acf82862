"""A session's certificates at the desk: who has one, who does not and why; issued after a question; granted by hand."""

import pytest
from celery import current_app
from django.test import Client
from django.urls import reverse

from attendance import actions as attendance_actions
from credentials import actions, tasks
from credentials.models import Certificate, Round
from credentials.rounds import views
from outbox.models import Letter
from outbox.wakeup import publish
from tests import cast

from .making import (
    close_all,
    finished,
    meeting_of,
    program,
    registered,
    rule,
    signatory,
    there,
    with_rule,
)

pytestmark = pytest.mark.django_db


def page_of(session):
    return reverse("credentials:session", args=[session.pk])


def issuing_of(session):
    return reverse("credentials:issuing", args=[session.pk])


def granting_of(registration):
    return reverse("credentials:granting", args=[registration.session_id, registration.pk])


def as_(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def by():
    return cast.secretary()


@pytest.fixture
def client():
    return as_(cast.coordinator(cast.host("seoul")))


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def of_all_kinds(by):
    """Amina met the rule and has one, Chidi met it, Ben did not, Dara has no name, Eve was withdrawn, Fay is doubted."""
    session = with_rule(program(5, places=None), rule(80))
    names = ["Amina Diallo", "Ben Okafor", "Chidi Obi", "Dara Sok", "Eve Lund", "Fay Wu"]
    people = dict(zip(names, registered(session, *(cast.person(name) for name in names)), strict=True))
    for name, days in {"Amina Diallo": 5, "Ben Okafor": 2, "Eve Lund": 4, "Fay Wu": 4}.items():
        there(session, people[name], days, by=by)
    close_all(session, by=by)
    signatory(session.activity.host)
    actions.issue(session=session, by=by, now=session.ends_at)
    for name in ("Chidi Obi", "Dara Sok"):
        corrected(session, people[name], "present", by=by)
    corrected(session, people["Fay Wu"], "absent", by=by)
    cast_away = people["Dara Sok"].person
    cast_away.name = ""
    cast_away.save()
    actions.withdraw(certificate=people["Eve Lund"].certificates.get(), why="By mistake", by=by)
    return session, people


def corrected(session, registration, state, *, by):
    for meeting in session.meetings.all():
        attendance_actions.open_again(
            meeting=meeting, by=by, why="a paper list was found", now=session.ends_at
        )
        attendance_actions.note(
            registration=registration, meeting=meeting, state=state, by=by, now=session.ends_at
        )
        attendance_actions.close(meeting=meeting, by=by, now=session.ends_at)


def test_it_says_who_has_one_and_who_does_not_and_why(client, by):
    session, people = of_all_kinds(by)
    answer = client.get(page_of(session))
    counted = {what: count for what, _name, count in answer.context["desk"].counted}
    assert counted == {"has": 1, "issue": 1, "doubt": 1, "not_met": 1, "no_name": 1, "withdrawn": 1}
    rows = {row.registration: row for row in answer.context["rows"]}
    assert {row.what for row in rows.values()} == set(counted)
    few = rows[people["Ben Okafor"]]
    assert (few.what, few.progress) == ("not_met", "present at 2 of 5 meetings")
    assert few.may_be_granted
    has = rows[people["Amina Diallo"]]
    assert not has.may_be_granted
    page = reverse("admin:credentials_certificate_change", args=[has.certificates[0].pk])
    assert page in answer.text
    assert granting_of(people["Ben Okafor"]) in answer.text
    assert granting_of(people["Amina Diallo"]) not in answer.text


def test_it_is_searched_and_narrowed(client, by):
    session, people = of_all_kinds(by)

    def found(**asked):
        return [row.registration for row in client.get(page_of(session), asked).context["rows"]]

    assert found(q="okafor") == [people["Ben Okafor"]]
    assert found(what="doubt") == [people["Fay Wu"]]
    assert found(what="doubt", q="ben") == []
    assert found(what="nonsense") == []


def test_who_gave_the_place_back_and_was_there_is_listed_beside_and_may_be_granted_one(client, by):
    session = finished(1)
    gone = registered(session, cast.person("Gone Away"))[0]
    type(gone).objects.filter(pk=gone.pk).update(
        state="cancelled", cancelled_at=session.ends_at, cancelled_for="person"
    )
    assert "Gone Away" not in client.get(page_of(session)).text
    meeting_of(session).attendance.create(registration=gone, state="present", source="staff", counts=True)
    row = next(row for row in client.get(page_of(session)).context["rows"] if row.registration == gone)
    assert (row.what, row.words, row.may_be_granted) == ("no_place", "has no place any more", True)


def test_without_a_rule_everybody_may_be_granted_one(client, by):
    session = finished(2)
    session.activity.rule = None
    session.activity.save()
    answer = client.get(page_of(session))
    assert answer.context["desk"].counted == []
    assert all(row.may_be_granted for row in answer.context["rows"])
    assert "This activity has no rule for a certificate." in answer.text


def test_many_people_stand_on_several_pages(client, by, monkeypatch):
    monkeypatch.setattr(views, "ROWS", 2)
    session = finished(5)
    assert len(client.get(page_of(session)).context["rows"]) == 2
    assert len(client.get(page_of(session), {"page": 3}).context["rows"]) == 1


def test_it_asks_the_same_number_of_questions(
    client, by, django_assert_num_queries, django_assert_max_num_queries
):
    few, many = finished(1), finished(6)
    actions.issue(session=many, now=many.ends_at, by=by)
    actions.issue(session=few, now=few.ends_at, by=by)
    client.get(page_of(few))
    for page in (page_of, issuing_of):
        with django_assert_max_num_queries(30) as asked:
            client.get(page(few))
        with django_assert_num_queries(len(asked)):
            client.get(page(many))


class TestIssuing:
    def test_it_asks_first_and_then_issues_with_letters(self, client, by):
        session = finished(3)
        asked = client.get(issuing_of(session)).text
        assert "3 certificates are issued, signed by Dr. Mina Park (Director)." in " ".join(asked.split())
        assert "3 people will be written to: English 3." in asked
        assert not Certificate.objects.exists(), "GET changes nothing"
        answer = client.post(issuing_of(session), follow=True)
        assert answer.redirect_chain == [(page_of(session), 302)]
        assert told(answer) == ["3 certificates were issued, and the people are written to."]
        assert Certificate.objects.count() == 3
        assert Letter.objects.filter(kind="certificate_issued").count() == 3
        made = Round.objects.get()
        assert (made.issued, made.by.hosts.get()) == (3, session.activity.host)
        assert "3 issued" in answer.text, "the round is told"

    def test_pressed_twice_nobody_gets_a_second_one(self, client):
        session = finished(2)
        client.post(issuing_of(session), follow=True)
        again = client.post(issuing_of(session), follow=True)
        assert told(again) == ["Looked at: there was nothing to issue."]
        assert Certificate.objects.count() == 2

    def test_what_does_not_hold_any_more_is_put_on_the_desk(self, client, by):
        session, people = of_all_kinds(by)
        asked = " ".join(client.get(issuing_of(session)).text.split())
        assert "1 that was issued before does not meet the rule any more" in asked
        assert "1 person meets the rule, but has said no name" in asked
        answer = client.post(issuing_of(session), follow=True)
        assert told(answer) == [
            "1 certificate was issued, and the person is written to. "
            "1 that was issued before does not meet the rule any more: decide about it."
        ]
        assert people["Fay Wu"].certificates.get().is_doubted

    def test_of_very_many_people_the_worker_issues(self, client, monkeypatch):
        called = []
        monkeypatch.setattr(views, "IN_REQUEST", 2)
        monkeypatch.setattr(views, "publish", lambda *task: called.append(task) or True)
        session = finished(3)
        assert "the worker issues them" in client.get(issuing_of(session)).text
        answer = client.post(issuing_of(session), follow=True)
        assert told(answer) == ["The worker issues them now. In a few minutes all of them are here."]
        assert not Certificate.objects.exists()
        [(task, *asked)] = called
        assert task is tasks.issue_of
        assert tasks.issue_of(*asked) == 3
        assert tasks.issue_of(*asked) == 0, "safe to be asked twice"
        assert Round.objects.filter(by__isnull=False).count() == 2

    def test_what_is_handed_over_reaches_the_worker(self):
        assert publish(tasks.issue_of, 12, 34)
        with current_app.connection_for_read() as broker, broker.SimpleQueue("celery") as queue:
            message = queue.get(timeout=30)
            message.ack()
        assert message.headers["task"] == "credentials.tasks.issue_of"
        assert message.payload[:2] == [[12, 34], {}]

    def test_without_a_worker_it_says_so(self, client, monkeypatch):
        monkeypatch.setattr(views, "IN_REQUEST", 2)
        monkeypatch.setattr(views, "publish", lambda *task: False)
        session = finished(3)
        answer = client.post(issuing_of(session), follow=True)
        assert told(answer) == [
            "The worker cannot be reached at the moment, so nothing was issued. Try again later."
        ]

    def test_the_worker_refuses_what_a_page_refuses(self, by):
        session = finished(1, signs=False)
        assert tasks.issue_of(session.pk, by.pk) == 0

    def test_where_nobody_signs_it_says_where_to_name_somebody(self, client):
        session = finished(1, signs=False)
        page = client.get(issuing_of(session))
        assert "Nobody signs for" in page.text
        assert f"{reverse('admin:credentials_signatory_add')}?host={session.activity.host_id}" in page.text
        assert "Issue, and write to the people" not in page.text
        assert client.post(issuing_of(session)).status_code == 409
        assert not Certificate.objects.exists()

    def test_while_a_list_is_open_it_leads_there(self, client, by):
        session = finished(1, days=2)
        meeting = meeting_of(session, 2)
        attendance_actions.open_again(meeting=meeting, by=by, why="a paper list was found")
        for page in (page_of, issuing_of):
            text = client.get(page(session)).text
            assert reverse("attendance:list", args=[meeting.pk]) in text
            assert reverse("attendance:list", args=[meeting_of(session).pk]) not in text
        assert client.post(issuing_of(session)).status_code == 409

    def test_what_is_refused_meanwhile_is_said(self, client, monkeypatch):
        session = finished(1)
        refusing = lambda **_asked: (_ for _ in ()).throw(views.errors.ListsAreOpen())  # noqa: E731
        monkeypatch.setattr(actions, "issue", refusing)
        answer = client.post(issuing_of(session), follow=True)
        assert told(answer) == [views.errors.ListsAreOpen().sentence]


class TestGranting:
    TYPED = {"kind": "participation", "why": "She led the third day."}

    @pytest.fixture
    def few(self, by):
        """Was there on too few days."""
        session = with_rule(program(5, places=None), rule(80))
        (registration,) = registered(session, cast.person("Ben Okafor"))
        there(session, registration, 2, by=by)
        close_all(session, by=by)
        signatory(session.activity.host)
        return registration

    def test_it_says_that_the_reason_stands_on_it_and_grants(self, client, few):
        asked = client.get(granting_of(few))
        assert "It stands on the certificate, for everybody who reads it" in asked.text
        assert "Present at 2 of 5 meetings" in asked.text
        assert asked.context["form"].initial == {"kind": "participation"}
        answer = client.post(granting_of(few), self.TYPED, follow=True)
        assert told(answer) == ["Ben Okafor has a certificate now, and is written to."]
        made = Certificate.objects.get()
        assert (made.said.granted, made.kind) == ("She led the third day.", "participation")
        assert Letter.objects.filter(kind="certificate_issued").count() == 1

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"why": " "}, "Say why: it stands on the certificate."),
            ({"kind": "none"}, "Select a valid choice."),
            ({"kind": ""}, "This field is required."),
        ],
    )
    def test_what_is_missing_is_said(self, client, few, typed, sentence):
        answer = client.post(granting_of(few), self.TYPED | typed)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert not Certificate.objects.exists()

    def test_who_has_one_gets_no_second_one(self, client, few):
        client.post(granting_of(few), self.TYPED)
        answer = client.post(granting_of(few), self.TYPED)
        assert (answer.status_code, Certificate.objects.count()) == (422, 1)
        assert "This person has this certificate already." in answer.text
        client.post(granting_of(few), self.TYPED | {"kind": "completion"})
        assert Certificate.objects.count() == 2, "another kind is another certificate"

    def test_where_nobody_signs_it_is_refused(self, client, few):
        few.session.activity.host.signatories.all().delete()
        answer = client.post(granting_of(few), self.TYPED)
        assert answer.status_code == 422
        assert "Nobody signs for" in answer.text

    def test_who_is_of_another_session_or_erased_is_not_found(self, client, few, by):
        other = finished(1).registrations.get()
        page = reverse("credentials:granting", args=[few.session_id, other.pk])
        assert client.get(page).status_code == 404
        type(few.person).objects.filter(pk=few.person_id).update(erased_at=few.session.ends_at)
        assert client.get(granting_of(few)).status_code == 404


class TestWhoMay:
    @pytest.mark.parametrize("page", ["credentials:session", "credentials:issuing"])
    def test_another_hosts_is_not_found(self, page):
        session = finished(1)
        other = as_(cast.coordinator(cast.host("cairo")))
        assert other.get(reverse(page, args=[session.pk])).status_code == 404
        assert other.post(issuing_of(session)).status_code == 404
        assert not Certificate.objects.exists()

    def test_a_reader_looks_and_issues_nothing(self):
        session = finished(1)
        reader = as_(cast.reader())
        page = reader.get(page_of(session))
        assert page.status_code == 200
        assert issuing_of(session) not in page.text
        assert granting_of(session.registrations.get()) not in page.text
        assert reader.post(issuing_of(session)).status_code == 403
        assert reader.post(granting_of(session.registrations.get()), TestGranting.TYPED).status_code == 403
        assert not Certificate.objects.exists()

    def test_an_official_finds_nothing(self):
        session = finished(1)
        assert as_(cast.person("Curious Official")).get(page_of(session)).status_code == 404


class TestWays:
    """Where one comes from."""

    def test_from_the_sessions_pages_at_the_desk(self, client):
        session = finished(1)
        for page in ("admin:catalog_session_change", "admin:catalog_session_overview"):
            assert page_of(session) in client.get(reverse(page, args=[session.pk])).text

    def test_the_overview_counts_them(self, client, by):
        session, _people = of_all_kinds(by)
        actions.issue(session=session, by=by, now=session.ends_at)
        answer = client.get(reverse("admin:catalog_session_overview", args=[session.pk]))
        desk = answer.context["desk"]
        assert [(number.count, number.name) for number in desk.certificates()] == [
            (3, "stand"),
            (1, "of them doubted"),
            (1, "withdrawn"),
        ]
        assert "1 certificate is doubted" in answer.text

    def test_from_the_list_at_the_door_once_all_are_closed(self, client, by):
        session = finished(1, days=2)
        door = reverse("attendance:list", args=[meeting_of(session).pk])
        assert page_of(session) in client.get(door).text
        attendance_actions.open_again(meeting=meeting_of(session, 2), by=by, why="a paper list was found")
        assert page_of(session) not in client.get(door).text
