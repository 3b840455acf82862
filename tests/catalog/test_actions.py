from datetime import UTC, datetime, timedelta

import pytest

from catalog.actions import publish, refresh, refresh_many, set_meetings, withdraw
from catalog.errors import CannotPublish, MeetingsOverlap, NoLanguage, NoMeetings, NothingToAttend, NoTitle
from catalog.models import Activity, Word
from page_cache.edition import current_edition
from tests import cast
from texts.markdown import to_html

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def draft(**fields) -> Activity:
    return cast.activity("A draft", published=False, **fields)


def test_publishing_says_who_and_when_and_shows_it():
    activity, secretary = draft(), cast.secretary()
    cast.session(activity)
    publish(activity=activity, by=secretary, now=NOW)
    activity.refresh_from_db()
    assert (activity.published_at, activity.published_by, activity.is_public) == (NOW, secretary, True)
    assert Word.objects.filter(text="draft").exists()


def test_publishing_again_changes_nothing():
    activity, secretary = draft(), cast.secretary()
    cast.session(activity)
    publish(activity=activity, by=secretary, now=NOW)
    publish(activity=activity, by=cast.secretary("Another"), now=NOW + timedelta(days=1))
    activity.refresh_from_db()
    assert (activity.published_at, activity.published_by) == (NOW, secretary)


def test_withdrawing_hides_it_and_publishing_brings_it_back():
    activity, secretary = draft(), cast.secretary()
    cast.session(activity)
    publish(activity=activity, by=secretary, now=NOW)
    withdraw(activity=activity, by=secretary, now=NOW + timedelta(days=1))
    activity.refresh_from_db()
    assert (activity.withdrawn_at, activity.withdrawn_by) == (NOW + timedelta(days=1), secretary)
    assert not activity.is_public
    publish(activity=activity, by=secretary, now=NOW + timedelta(days=2))
    activity.refresh_from_db()
    assert activity.is_public
    assert (activity.withdrawn_at, activity.withdrawn_by) == (None, None)


@pytest.mark.parametrize("refusal", [NothingToAttend, NoTitle, NoLanguage, NoMeetings])
def test_what_is_not_finished_is_not_published(refusal):
    activity = draft()
    if refusal is not NothingToAttend:
        session = cast.session(activity)
    if refusal is NoTitle:
        activity.title_en = ""
    if refusal is NoLanguage:
        activity.languages = []
    if refusal is NoMeetings:
        session.meetings.all().delete()
    activity.save()
    with pytest.raises(refusal) as refused:
        publish(activity=activity, by=None)
    assert isinstance(refused.value, CannotPublish)
    assert str(refused.value.sentence)
    activity.refresh_from_db()
    assert not activity.is_public


def test_history_is_published_without_sessions_and_languages():
    activity = draft(held_note="About 2021", languages=[])
    publish(activity=activity, by=None)
    assert activity.is_public


def test_it_ends_with_its_last_session():
    activity = cast.activity()
    cast.session(activity, starts_at=NOW)
    last = cast.session(activity, starts_at=NOW + timedelta(days=9))
    cast.session(activity, starts_at=NOW + timedelta(days=3))
    assert Activity.objects.get().ends_at == last.ends_at


def test_history_ends_with_its_last_day_on_the_hosts_clock():
    activity = cast.activity(held_on="2022-05-20", held_until="2022-05-21")  # in Seoul, nine hours ahead
    assert activity.ends_at == datetime(2022, 5, 21, 15, 0, tzinfo=UTC)
    one_day = cast.activity(held_on="2022-05-20", host=None, offered_by="A partner")
    assert one_day.ends_at == datetime(2022, 5, 21, 0, 0, tzinfo=UTC)
    assert cast.activity(held_note="About 2021").ends_at is None


def test_descriptions_are_rendered_in_each_language_when_they_are_written():
    activity = cast.activity(description_en="**Hello**", description_fr="# Bonjour")
    refresh(activity=activity)
    assert activity.description_html_en == "<p><strong>Hello</strong></p>"
    assert activity.description_html_fr == "<h3>Bonjour</h3>"
    assert not activity.description_html_es
    activity.description_en = ""
    activity.save()
    refresh(activity=activity)
    assert activity.description_html_en == ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](https://elsewhere.example/spy.png)", "<p></p>"),
        (
            '[x](https://city.example/ "t")',
            '<p><a href="https://city.example/" title="t" rel="noopener noreferrer">x</a></p>',
        ),
        ("# One\n\n#### Four", "<h3>One</h3>\n<h4>Four</h4>"),
    ],
)
def test_what_staff_write_cannot_harm_who_reads(text, html):
    assert html in to_html(text)
    assert "<script" not in to_html(text)
    assert "<img" not in to_html(text)


def test_meetings_replace_the_old_and_say_when_the_session_is():
    session = cast.session()
    session.meetings.get()
    hour = timedelta(hours=1)
    set_meetings(
        session=session,
        meetings=[
            (NOW + 24 * hour, NOW + 26 * hour, {"en": "Second day", "fr": "Deuxième jour"}),
            (NOW, NOW + hour, "First day"),
        ],
        by=None,
    )
    session.refresh_from_db()
    assert [(m.starts_at, m.title_en, m.title_fr) for m in session.meetings.all()] == [
        (NOW, "First day", None),
        (NOW + 24 * hour, "Second day", "Deuxième jour"),
    ]
    assert (session.starts_at, session.ends_at, session.listed_at) == (NOW, NOW + 26 * hour, NOW)
    assert Activity.objects.get().ends_at == NOW + 26 * hour


@pytest.mark.parametrize("second", [(0.5, 2), (3, 3), (4, 3)])
def test_meetings_that_overlap_or_run_backwards_are_refused(second):
    session = cast.session()
    before = list(session.meetings.values_list("starts_at", "ends_at"))
    hour = timedelta(hours=1)
    with pytest.raises(MeetingsOverlap):
        set_meetings(
            session=session,
            meetings=[(NOW, NOW + hour, ""), (NOW + second[0] * hour, NOW + second[1] * hour, "")],
            by=None,
        )
    assert list(session.meetings.values_list("starts_at", "ends_at")) == before


def test_refreshing_many_costs_the_same_as_refreshing_one(django_assert_num_queries):
    ids = [cast.activity(f"Activity {number}").pk for number in range(5)]
    Activity.objects.update(ends_at=NOW, search_vector=None)
    # A savepoint and its release, the descriptions, the days of history, the ends, the texts, the index, its words.
    with django_assert_num_queries(8):
        refresh_many(ids[:1])
    with django_assert_num_queries(8):
        refresh_many(ids)
    assert not Activity.objects.filter(search_vector=None).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [publish, withdraw, refresh])
def test_every_change_makes_a_new_edition(act):
    activity = cast.activity(published=act is not publish)
    cast.session(activity)
    before = current_edition()
    act(activity=activity, **({} if act is refresh else {"by": None}))
    assert current_edition() != before
