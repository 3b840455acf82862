"""The desk's pages cost the same however much stands behind them: as many statements with 30 rows as with 3, from indexes.

How long they take at 200,000 is measured by `make bench ARGS="--only desk"`.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from catalog.models import Activity, Meeting, Session
from outbox.models import Letter
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db

PAGES = [
    "/admin/",
    "/admin/catalog/session/?when=all",
    "/admin/catalog/activity/",
    "/admin/registrations/registration/",
    "/admin/registrations/registration/?q=number",
    "/admin/outbox/letter/",
    "/admin/outbox/letter/?q=number",
    "/admin/search/?q=number",
]
OF_THE_SECRETARIAT = ["/admin/accounts/user/", "/admin/accounts/user/?q=number"]
ONE = "/admin/catalog/session/{}/overview/"


def make(numbers: range) -> None:
    """Of everything as many more: activities with a session, some drafts, people who registered, letters given up."""
    now, host = timezone.now(), cast.host("seoul")
    activities = Activity.objects.bulk_create(
        Activity(
            slug=f"number-{number}-{is_draft}",
            title_en=f"Number {number}",
            format="webinar",
            host=host,
            languages=["en"],
            published_at=None if is_draft else now,
        )
        for number in numbers
        for is_draft in ((True, False) if number % 3 == 0 else (False,))
    )
    starts = now + timedelta(days=1)
    sessions = Session.objects.bulk_create(
        Session(
            activity=activity, timezone="Asia/Seoul", starts_at=starts, ends_at=starts + timedelta(hours=1)
        )
        for activity in activities
        if activity.published_at
    )
    Meeting.objects.bulk_create(
        Meeting(session=session, starts_at=session.starts_at, ends_at=session.ends_at) for session in sessions
    )
    people = User.objects.bulk_create(
        User(email=f"{number}@number.example", name=f"Number {number}", password="!") for number in numbers
    )
    registered = Registration.objects.bulk_create(
        Registration(session=session, person=person, state="confirmed", confirmed_at=now)
        for session, person in zip(sessions, people, strict=True)
    )
    Letter.objects.bulk_create(
        Letter(
            key=f"number {one.pk}",
            message_id=f"number-{one.pk}",
            kind="registered",
            about=f"registration {one.pk}",
            person=one.person,
            to=one.person.email,
            language="en",
            subject="Number",
            text="Text",
            html="Text",
            state="failed",
        )
        for one in registered
    )


def desk_of(role: str) -> Client:
    host = cast.host("seoul")
    client = Client()
    client.force_login(cast.secretary() if role == "secretariat" else cast.coordinator(host))
    return client


def statements(client: Client, page: str) -> list[tuple[str, object]]:
    asked: list[tuple[str, object]] = []

    def note(execute, sql, parameters, *more):
        asked.append((sql, parameters))
        return execute(sql, parameters, *more)

    with connection.execute_wrapper(note):
        assert client.get(page).status_code == 200
    return asked


@pytest.mark.parametrize("role", ["secretariat", "coordinator"])
def test_each_page_asks_as_many_statements_with_30_rows_as_with_3(role):
    client = desk_of(role)
    pages = PAGES + (OF_THE_SECRETARIAT if role == "secretariat" else [])
    make(range(3))
    pages = [*pages, ONE.format(Session.objects.latest("pk").pk)]
    for page in pages:  # what a process asks but once is asked
        client.get(page)
    few = {page: len(statements(client, page)) for page in pages}
    make(range(3, 30))
    first_page = few.pop("/admin/")
    assert {page: len(statements(client, page)) for page in few} == few
    # Of a kind of which more wait than a card shows, they are counted.
    counted = len(statements(client, "/admin/"))
    assert counted <= first_page + 6
    make(range(30, 60))
    assert len(statements(client, "/admin/")) == counted


ANSWERED_BY = [
    ("/admin/", {"session_over_places", "activity_words_missing", "activity_drafts", "letter_unsettled"}),
    ("/admin/catalog/session/", {"session_by_end"}),
    ("/admin/catalog/session/?when=all", {"session_by_start"}),
    ("/admin/registrations/registration/", {"registration_newest"}),
    ("/admin/registrations/registration/?q=7@number", {"registration_words", "user_words", "activity_words"}),
    ("/admin/outbox/letter/", {"letter_newest"}),
    ("/admin/outbox/letter/?q=number", {"letter_words", "user_words"}),
    ("/admin/search/?q=number", {"registration_words", "letter_words", "activity_words", "session_words"}),
]


def test_each_page_is_answered_by_its_indexes():
    """Among so few rows PostgreSQL would read and sort the tables; told not to, it shows which indexes answer."""
    client = desk_of("secretariat")
    make(range(30))
    with connection.cursor() as cursor:
        # What other tests rolled back lies in the indexes still, and a swollen one is passed over.
        for model in (Activity, Letter, Registration, Session, User):
            cursor.execute(f"REINDEX TABLE {model._meta.db_table}")
        cursor.execute("ANALYZE")
    unused = {}
    for page, indexes in ANSWERED_BY:
        asked = statements(client, page)
        # A search gathers what the trigrams find; a list is read in its order.
        plans = plans_of(asked, without=["seqscan", "indexscan" if "?q=" in page else "sort"])
        if missing := {index for index in indexes if index not in plans}:
            unused[page] = missing
    assert unused == {}


def plans_of(asked: list[tuple[str, object]], *, without: list[str]) -> str:
    plans = ""
    with connection.cursor() as cursor:
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        for sql, parameters in asked:
            if sql.startswith("SELECT"):
                cursor.execute(f"EXPLAIN {sql}", parameters)
                plans += str(cursor.fetchall())
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = on")
    return plans


def test_a_long_list_says_more_than_and_leads_on(monkeypatch):
    monkeypatch.setattr("desk.paginator.AHEAD", 60)
    client = desk_of("secretariat")
    session = cast.session()
    people = User.objects.bulk_create(
        User(email=f"{number}@many.example", password="!") for number in range(130)
    )
    Registration.objects.bulk_create(
        Registration(session=session, person=person, state="confirmed", confirmed_at=timezone.now())
        for person in people
    )
    page = "/admin/registrations/registration/"
    first = client.get(page)
    assert "more than 60 " in " ".join(first.text.split())
    assert len(first.context["cl"].result_list) == 50
    assert "Select all, on all pages" in first.text
    second = client.get(f"{page}?p=2")
    assert "more than 110 " in " ".join(second.text.split())
    last = client.get(f"{page}?p=3")
    assert "130 results" in " ".join(last.text.split())
    assert "more than" not in last.text
    shown = [one.pk for answer in (first, second, last) for one in answer.context["cl"].result_list]
    assert shown == list(Registration.objects.order_by("-registered_at", "-id").values_list("pk", flat=True))
    monkeypatch.setattr("desk.paginator.AHEAD_OF_FOUND", 50)
    found = client.get(f"{page}?q=many.example")
    assert "more than 50" in " ".join(found.text.split())
    assert len(client.get(f"{page}?q=many.example&p=3").context["cl"].result_list) == 30


def test_a_word_in_very_many_rows_is_found_in_them_all_the_same(monkeypatch):
    monkeypatch.setattr("desk.search.FEW", 2)
    client = desk_of("coordinator")
    make(range(5))
    cast.register(
        cast.session(cast.activity("Number nine", host=cast.host("cairo"))), cast.person("Number Nine")
    )
    found = client.get("/admin/registrations/registration/?q=number+number").context["cl"]
    assert found.result_count == len(found.result_list) == 5
    assert client.get("/admin/registrations/registration/?q=number+3@").context["cl"].result_count == 1


def test_translations_are_counted_to_a_thousand(monkeypatch):
    monkeypatch.setattr("catalog.attention.MOST", 4)
    monkeypatch.setattr("catalog.attention.MORE", 5)
    client = desk_of("secretariat")
    make(range(2))
    lines = {line.title: line for card in client.get("/admin/").context["board"] for line in card.lines}
    assert lines["Activities: something is missing"].badge == "3"
    make(range(2, 5))
    lines = {line.title: line for card in client.get("/admin/").context["board"] for line in card.lines}
    assert lines["Activities: something is missing"].badge == "more than 4"
    assert lines["Activities: something is missing"].note == ""


def test_letters_given_up_are_counted_to_a_hundred(monkeypatch):
    monkeypatch.setattr("staff.attention.MOST", 4)
    for role in ("secretariat", "coordinator"):
        client = desk_of(role)
        make(range(4) if role == "secretariat" else range(4, 5))
        titles = [line.title for card in client.get("/admin/").context["board"] for line in card.lines]
        told = "4 letters were given up" if role == "secretariat" else "More than 4 letters were given up"
        assert told in titles
