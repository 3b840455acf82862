"""Promise 7: a GET changes nothing. Every address is asked for, by a visitor, an official and staff; no row may differ."""

import hashlib

import pytest
from django.apps import apps
from django.db import connection
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from outbox.unsubscribing import token_for
from tests import cast
from tests.test_open_pages import every_page

pytestmark = pytest.mark.django_db

# What a visit leaves by itself: the browser's session, when a person was last seen, and the station's own pulse (the first
# to ask /health/ after a start has it remember when that was).
TRACES = {"django_session", "usersessions_usersession", "outbox_heartbeat"}
# Asking for these is what they are for, and they are not pages of ours.
NOT_ASKED = {"account_logout"}


@pytest.fixture
def world():
    session = cast.session(places=1)
    registration = cast.register(session, cast.person("Amina Diallo"), note="hello")
    cast.register(session)
    person = registration.person
    person.calendar_secret = "secret"
    person.save()
    return {
        "pk": session.pk,
        "code": registration.code,
        "secret": person.calendar_secret,
        "slug": session.activity.slug,
        "token": token_for(person.pk, "reminder"),
        "app_label": "catalog",
        "section": "activities",
    }


def addresses(world):
    for name, _route, view in every_page():
        if name and name not in NOT_ASKED:
            yield from address_of(name, view, world)


def address_of(name, view, world):
    """The address, with whatever argument it takes; nothing where none of ours fits."""
    try:
        yield reverse(name)
    except NoReverseMatch:
        desk_model = getattr(getattr(view, "model_admin", None), "model", None)
        first = desk_model._base_manager.first() if desk_model else None
        for argument, value in (world | {"object_id": first.pk if first else 1}).items():
            try:
                yield reverse(name, kwargs={argument: value})
                return
            except NoReverseMatch:
                continue


def all_rows():
    """A fingerprint of every table."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in TRACES or not model._meta.managed:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            found[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


# In tests/doors too nobody's GET may write, but there only the reader's pages are drawn.
@pytest.mark.parametrize(
    "who", ["visitor", *(pytest.param(who, marks=pytest.mark.long) for who in ("official", "secretary"))]
)
def test_asking_for_every_page_changes_no_row(client, world, who):
    if who == "official":
        client.force_login(User.objects.get(calendar_secret=world["secret"]))
    elif who == "secretary":
        client.force_login(cast.superuser())
    asked = sorted(set(addresses(world)))
    assert len(asked) > 60
    assert f"/registrations/{world['code']}/cancellation/" in asked
    before = all_rows()
    for address in asked:
        answer = client.get(address)
        assert answer.status_code < 500 or address == "/health/", address  # no beat runs here: it is ill
    assert all_rows() == before
