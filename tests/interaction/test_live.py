"""A page asks whether something is new with the name of what it shows: the same, and next to nothing is asked."""

import gzip

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interaction import actions
from tests import cast

from .making import DAY, END, asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def page_of(meeting, more=""):
    return f"/meetings/{meeting.pk}/questions/{more}?order=votes&live="


@pytest.fixture
def as_ben(client, ben):
    client.force_login(ben.person)
    return client


def asks(client, address, etag=""):
    """As a browser does, which takes what is compressed: that must not change the name."""
    headers = {"If-None-Match": etag} if etag else {}
    return client.get(address, headers=headers | {"Accept-Encoding": "gzip"})


def read(answer):
    return gzip.decompress(answer.content).decode()


def tables(queries):
    return {sql.partition('FROM "')[2].partition('"')[0] for sql in (query["sql"] for query in queries)}


def test_nothing_new_is_told_with_no_more_than_the_sign_in_asked(as_ben, meeting, amina):
    asked(amina)
    first = asks(as_ben, page_of(meeting))
    assert first.status_code == 200
    assert "Who pays for it?" in read(first)
    assert "<html" not in read(first)
    with CaptureQueriesContext(connection) as queries:
        again = asks(as_ben, page_of(meeting), first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert tables(queries) == {"django_session", "accounts_user"}
    assert len(queries) == 2


@pytest.mark.parametrize("change", ["ask", "vote", "move", "answer", "report", "take back", "publish"])
def test_each_change_has_a_new_name(
    as_ben, meeting, amina, ben, jiwoo, django_capture_on_commit_callbacks, change
):
    question = asked(amina)
    first = asks(as_ben, page_of(meeting))
    with django_capture_on_commit_callbacks(execute=True):
        {
            "ask": lambda: asked(amina, "Another?"),
            "vote": lambda: actions.vote(question=question, registration=ben, by=ben.person),
            "move": lambda: actions.move(question=question, to="taken_up", by=jiwoo),
            "answer": lambda: actions.write_answer(question=question, words="Yes.", by=jiwoo),
            "report": lambda: actions.report(
                question=question, registration=ben, reason="Rude", by=ben.person
            ),
            "take back": lambda: actions.take_back(question=question, by=amina.person),
            "publish": lambda: actions.publish_answers(meeting=meeting, public=True, by=jiwoo),
        }[change]()
    answer = asks(as_ben, page_of(meeting), first["ETag"])
    assert answer.status_code == 200
    assert answer["ETag"] != first["ETag"]


def test_the_name_is_good_for_one_reader_and_one_address(as_ben, meeting, amina):
    asked(amina)
    etag = asks(as_ben, page_of(meeting))["ETag"]
    stranger, other = Client(), Client()
    stranger.force_login(cast.person("Chen Wei"))
    other.force_login(amina.person)
    assert asks(stranger, page_of(meeting), etag).status_code == 404
    assert asks(other, page_of(meeting), etag).status_code == 200
    assert asks(as_ben, page_of(meeting).replace("votes", "newest"), etag).status_code == 200
    assert asks(as_ben, page_of(meeting, "moderation/"), etag).status_code == 404
    assert asks(Client(), page_of(meeting), etag).status_code == 302


def test_the_page_itself_brings_the_name_of_its_part(as_ben, meeting, amina):
    asked(amina)
    page = as_ben.get(f"/meetings/{meeting.pk}/questions/")
    etag = page.context["etag"]
    assert page.context["live"] == page_of(meeting)
    assert asks(as_ben, page.context["live"], etag).status_code == 304


def test_without_the_cache_every_answer_is_whole_and_has_no_name(as_ben, meeting, amina, monkeypatch):
    asked(amina)
    from interaction import versions

    class Gone:
        def get(self, _key, default=None):
            return default

        def add(self, *_args, **_options):
            return True

        set = add

    monkeypatch.setattr(versions, "cache", Gone())
    answer = asks(as_ben, page_of(meeting), '"made.up"')
    assert answer.status_code == 200
    assert "ETag" not in answer
    assert "Who pays for it?" in read(answer)


def test_what_others_read_is_worked_out_once_for_a_name(as_ben, meeting, amina, django_assert_num_queries):
    for number in range(3):
        asked(amina, f"Number {number}?")
    asks(as_ben, page_of(meeting))
    with CaptureQueriesContext(connection) as few:
        asks(as_ben, page_of(meeting))
    assert len(few) == 6  # sign-in (2), the meeting, the registration, one's votes, one's questions
    for number in range(3, 9):
        asked(amina, f"Number {number}?")
    with django_assert_num_queries(6):
        asks(as_ben, page_of(meeting))


def test_moderation_asks_the_same_however_many_there_are(client, jiwoo, meeting, amina, ben):
    client.force_login(jiwoo)
    counts = []
    for number in range(3):
        asked(amina, f"Number {number}?", state="waiting")
        actions.unite(question=asked(ben, f"Double {number}?"), into=asked(amina, "Number 0?"), by=jiwoo)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/meetings/{meeting.pk}/questions/moderation/?live=")
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1


def test_when_the_week_is_over_the_name_is_another(at, as_ben, meeting, amina):
    from interaction import versions

    at(END + 7 * DAY)
    assert versions.seconds(meeting) == int(versions.LIVES.total_seconds()) + 1
    at(END + 7 * DAY - DAY / 24)
    assert versions.seconds(meeting) == 3601


def test_what_a_page_asks_by_itself_keeps_no_staff_signed_in(client, jiwoo, meeting, settings):
    client.force_login(jiwoo)
    page = f"/meetings/{meeting.pk}/questions/moderation/"

    def seen():
        return client.session.get("staff seen")

    session = client.session
    session["staff seen"] = session["staff since"] = session["staff seen"] - 300
    session.save()
    before = seen()
    client.get(f"{page}?live=", headers={"X-By-Itself": "1"})
    assert seen() == before
    client.get(page)
    assert seen() > before
