"""What pages and letters promise beforehand: a certificate where there is a rule and somebody signs, and never else."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.certificate_rule import Certificate as Kind
from catalog.models import Session
from catalog.rule_told import is_signed
from outbox.models import Letter
from registrations import actions
from tests import cast
from tests.credentials.making import rule, signatory, with_rule

pytestmark = pytest.mark.django_db

PROMISED = "Certificate of participation"
RULE = "To have taken part"
DAY = timedelta(days=1)


@pytest.fixture
def session():
    made = with_rule(cast.session(cast.activity("Water", host=cast.host("seoul"))), rule(100))
    cache.clear()
    return made


def pages(session: Session, client: Client) -> list[str]:
    """The activity's, the form's and that of a registration."""
    person = cast.person()
    actions.register(session=session, person=person, by=person)
    reader = Client()
    reader.force_login(cast.person())
    client.force_login(person)
    return [
        Client().get(session.activity.get_absolute_url()).text,
        reader.get(f"/sessions/{session.pk}/registration/").text,
        client.get(session.registrations.get(person=person).get_absolute_url()).text,
        Letter.objects.filter(person=person).latest("pk").html,
        Letter.objects.filter(person=person).latest("pk").text,
    ]


def test_where_somebody_signs_every_page_and_letter_says_the_certificate(session, client):
    signatory(session.activity.host)
    for text in pages(session, client):
        assert PROMISED in text
        assert "or whoever is present at the meeting" in text
        assert RULE not in text


def test_where_nobody_signs_none_speaks_of_one(session, client):
    signatory(cast.host("cairo"))
    for text in pages(session, client):
        assert PROMISED not in text
        assert RULE in text
        assert "resent at the meeting" in text


def test_where_there_is_no_rule_nothing_is_promised_whoever_signs(session, client):
    session.activity.rule = None
    session.activity.save()
    signatory(session.activity.host)
    for text in pages(session, client):
        assert PROMISED not in text
        assert RULE not in text


def test_a_rule_of_completion_says_so(session):
    with_rule(session, rule(100, kind=Kind.COMPLETION))
    signatory(session.activity.host)
    assert "Certificate of completion" in Client().get(session.activity.get_absolute_url()).text


def on(day: timedelta, session: Session) -> date:
    return (session.ends_at + day).astimezone(session.activity.host.zone).date()


@pytest.mark.parametrize(
    ("first", "last", "signed"),
    [
        (-900 * DAY, None, True),
        (0 * DAY, None, True),
        (-900 * DAY, 0 * DAY, True),
        (1 * DAY, None, False),
        (-900 * DAY, -1 * DAY, False),
    ],
)
def test_who_signs_is_asked_for_the_day_on_which_it_is_over(session, first, last, signed):
    last_day = None if last is None else on(last, session)
    signatory(session.activity.host, from_day=on(first, session), until_day=last_day)
    assert is_signed(session, timezone.now()) == signed


def test_what_is_over_is_asked_for_today(session):
    signatory(session.activity.host, until_day=on(5 * DAY, session))
    assert is_signed(session, session.ends_at + 4 * DAY)
    assert not is_signed(session, session.ends_at + 7 * DAY)


def test_what_has_no_host_promises_nothing(session):
    session.activity.host = None
    assert not is_signed(session, timezone.now())


def test_it_costs_one_query_however_many_sign_and_however_many_sessions_there_are(session, client):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(session.activity.get_absolute_url())
        return len(asked)

    with_one = queries()
    signatory(session.activity.host)
    signatory(session.activity.host, from_day=date(2020, 6, 1))
    cast.session(session.activity)
    assert queries() == with_one
    session.activity.rule = None
    session.activity.save()
    assert queries() == with_one - 1
