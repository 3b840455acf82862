"""What of an activity that was held is in its copy, and what is not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from catalog.actions import delete_draft, publish
from catalog.models import Activity, Material, Meeting, Picture, Session
from copying import parts
from copying.actions import addresses, copy_activity
from copying.errors import ActivityIsGone, HoursDoNotFit, SessionIsGone
from copying.moving import YEAR
from copying.rows import LEFT
from desk.history import tell
from desk.translations import stale_translations
from files.store import private_storage
from hubs.counting import of_host, over_between
from outbox.models import Letter
from page_cache.edition import announce
from registrations.models import Registration
from tests import cast
from tests.hubs.files import private_root  # noqa: F401 - a fixture

from .held_before import at, held_before, series, with_materials

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def said(row: Model) -> dict[str, Any]:
    """The columns that are copied as they are."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.is_relation
        and not field.primary_key
        and getattr(field, "translated_field", field).name not in LEFT[type(row)]
    }


def copied(activity: Activity, *sessions: Session, **options: Any) -> Activity:
    facts = {"span": YEAR, "by": None, "now": NOW} | options
    draft = copy_activity(activity=activity, sessions=[session.pk for session in sessions], **facts)
    return Activity.objects.get(pk=draft.pk)


def test_a_double_click_is_one_draft() -> None:
    activity, by = cast.activity(), cast.secretary()
    draft = copied(activity, by=by)
    assert copied(activity, by=by) == draft
    assert copied(activity, by=by, is_edition=False) != draft
    assert copied(activity, by=cast.secretary()) != draft
    LogEntry.objects.update(timestamp=timezone.now() - timedelta(minutes=1))
    assert copied(activity, by=by) != draft


def test_all_that_is_said_of_it_is_copied_into_a_draft() -> None:
    activity = held_before()
    draft = copied(activity, series(activity))
    assert said(draft) == said(activity)
    assert (draft.slug, draft.earlier, draft.host, draft.credited_to) == (
        "water-2027",
        activity,
        activity.host,
        activity.credited_to,
    )
    assert draft.published_at is draft.published_by_id is draft.news_at is None
    assert draft.created_at > activity.created_at
    assert set(draft.topics.all()) == set(activity.topics.all())
    assert list(draft.speakers.values_list("speaker__name", "role_en", "role_fr", "position")) == [
        ("Bo Chen", None, None, 1),
        ("Ada Mensah", "Engineer", "Ingénieure", 2),
    ]
    assert draft.rule == activity.rule
    assert draft.search_vector


def test_what_was_stale_stays_stale() -> None:
    activity = held_before()
    before = [(stale.translation, stale.changed_at) for stale in stale_translations(activity)]
    assert [stale.column for stale, _at in before] == ["title_fr"]
    draft = copied(activity)
    assert [(stale.translation, stale.changed_at) for stale in stale_translations(draft)] == before


def test_a_series_keeps_its_hours_on_the_hosts_clock_and_promises_them_anew() -> None:
    activity = held_before()
    source = series(activity)
    (session,) = copied(activity, source).sessions.all()
    meetings = list(session.meetings.all())
    zone = session.zone
    assert [f"{meeting.starts_at.astimezone(zone):%a %Y-%m-%d %H:%M}" for meeting in meetings] == [
        "Tue 2027-04-20 10:00",
        "Tue 2027-04-27 10:00",
        "Tue 2027-05-04 10:00",
    ]
    # The clocks go forward on the 30th in 2027, on the 24th in 2026.
    assert [f"{meeting.starts_at.astimezone(UTC):%H:%M}" for meeting in meetings] == [
        "08:00",
        "08:00",
        "07:00",
    ]
    assert [f"{meeting.starts_at.astimezone(UTC):%H:%M}" for meeting in source.meetings.all()] == [
        "08:00",
        "07:00",
        "07:00",
    ]
    assert [meeting.title for meeting in meetings] == ["Sources", "Pipes", ""]
    assert {meeting.pk for meeting in meetings}.isdisjoint(source.meetings.values_list("pk", flat=True))
    assert (session.starts_at, session.ends_at) == (meetings[0].starts_at, meetings[-1].ends_at)
    assert meetings[1].promised["starts_at"]["local"] == "2027-04-27T10:00:00+02:00"
    assert session.promised["registration_closes_at"]["local"] == "2027-04-30T18:00:00+03:00"


def test_what_was_decided_of_a_session_is_copied_and_what_came_of_it_is_not() -> None:
    activity = held_before()
    source = series(activity)
    (session,) = copied(activity, source).sessions.all()
    shifted = {
        "starts_at",
        "ends_at",
        "members_first_until",
        "registration_opens_at",
        "registration_closes_at",
    }
    before, after = said(source), said(session)
    assert {name: after[name] for name in after.keys() - shifted} == {
        name: before[name] for name in before.keys() - shifted
    }
    assert (session.venue_es, session.label_fr, session.places) == (
        "Ayuntamiento",
        "Édition de printemps",
        12,
    )
    assert (source.joining_link, source.joining_note) == ("https://meet.example/room", "Passcode 1234")
    assert (session.joining_link, session.joining_note) == ("", "")
    assert (session.sequence, session.places_taken, session.waiting_count) == (0, 0, 0)
    assert session.uid != source.uid
    assert session.members_first_until == at("2027-03-19 12:00")
    assert session.registration_opens_at == at("2027-02-28 08:00")
    assert session.closes_at == session.registration_closes_at


def test_people_and_letters_stay_behind_and_nobody_is_written_to(
    django_capture_on_commit_callbacks: Any,
) -> None:
    activity = held_before()
    session = cast.session(activity, starts_in=timedelta(days=3))
    cast.register(session)
    cast.invitation(session, "guest@city.example")
    letters, registered = Letter.objects.count(), Registration.objects.count()
    connection.run_on_commit.clear()  # what making it left there
    with django_capture_on_commit_callbacks() as after_the_commit:
        draft = copied(activity, session, now=timezone.now())
    assert draft.sessions.get().invitations.count() == 0
    assert (Letter.objects.count(), Registration.objects.count()) == (letters, registered)
    assert announce not in after_the_commit  # the public sees nothing, so no page is old


def test_a_cancelled_session_is_copied_as_one_that_stands() -> None:
    activity = held_before()
    source = series(activity, cancelled_at=NOW, cancelled_by=cast.secretary(), cancellation_reason="Flood")
    session = copied(activity, source).sessions.get()
    assert (session.cancelled_at, session.cancelled_by, session.cancellation_reason_en) == (None, None, None)
    assert session.meetings.count() == 3


def test_at_ones_own_pace_the_window_moves() -> None:
    activity = held_before()
    window = {"starts_at": at("2026-03-01 00:00"), "ends_at": at("2026-12-01 00:00")}
    source = cast.session(activity, self_paced=True, **window)
    session = copied(activity, source).sessions.get()
    assert (session.starts_at, session.ends_at) == (at("2027-02-28 00:00"), at("2027-11-30 00:00"))
    assert (session.self_paced, session.meetings.count()) == (True, 0)
    assert session.listed_at == session.ends_at


def test_a_session_without_meetings_is_moved_as_a_whole() -> None:
    activity = held_before()
    session = copied(
        activity, cast.session(activity, starts_at=at("2026-04-28 10:00"), meetings=[])
    ).sessions.get()
    assert (session.starts_at, session.ends_at) == (at("2027-04-27 10:00"), at("2027-04-27 11:30"))
    assert session.meetings.count() == 0


def test_history_is_copied_without_what_is_known_of_its_date() -> None:
    """Of what none of our hosts offered, too."""
    activity = held_before(
        slug="first-course",
        host=None,
        offered_by="Others",
        held_on="2009-05-04",
        held_note="In spring",
        source="Report",
    )
    draft = copied(activity)
    assert (draft.is_history, draft.offered_by, draft.host) == (False, "Others", None)
    assert (draft.slug, draft.ends_at) == ("first-course-2026", None)


def test_the_picture_is_a_row_of_its_own_with_its_words() -> None:
    activity = held_before(published_at=None)
    draft = copied(activity)
    assert (draft.picture_alt_fr, draft.picture_credit) == ("Un fleuve", "Ana Example")
    assert draft.picture_link == "https://example.org/river"
    delete_draft(activity=activity, by=None)
    picture = Picture.objects.get(activity=draft)
    assert (picture.key, bytes(picture.webp_640)) == (draft.picture_key, b"colors")


def test_materials_come_along_with_the_sessions_that_are_chosen_and_recordings_stay() -> None:
    activity = held_before()
    first, second = series(activity), series(activity, label="Autumn edition")
    with_materials(activity, first)
    columns = ("title_en", "title_fr", "meant_for", "shown_to", "language", "link", "file_name", "file_size")
    both = copied(activity, first, second)
    handbook = ("Handbook", None, "any", "participants", "", "", "handbook.pdf", 15)
    to_read = ("To read", "À lire", "before", "participants", "ar", "https://example.org/read", "", 0)
    assert list(both.materials.values_list("session__label_en", *columns)) == [
        (None, *handbook),
        ("Spring edition", *to_read),
    ]
    assert both.materials.get(title_en="To read").session.activity == both
    assert all(
        given >= activity.materials.latest("pk").given_at
        for given in both.materials.values_list("given_at", flat=True)
    )
    assert list(copied(activity, second).materials.values_list("title_en", flat=True)) == ["Handbook"]


def test_a_document_stays_until_the_last_edition_that_names_it_is_gone(
    django_capture_on_commit_callbacks: Any,
) -> None:
    activity = with_materials(held_before(), series(Activity.objects.get()))
    draft = copied(activity)
    name = draft.materials.get().file.name
    assert name == activity.materials.get(title_en="Handbook").file.name
    with django_capture_on_commit_callbacks(execute=True):
        activity.materials.all().delete()
    assert private_storage().exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        draft.materials.get().delete()
    assert not private_storage().exists(name)


def test_what_is_chosen_must_be_there() -> None:
    activity = held_before()
    elsewhere = cast.session()
    with pytest.raises(SessionIsGone):
        copied(activity, series(activity), elsewhere)
    draft = cast.activity("A draft", published=False)
    gone = Activity.objects.get(pk=draft.pk)
    delete_draft(activity=draft, by=None)
    with pytest.raises(ActivityIsGone):
        copied(gone)
    assert not Activity.objects.filter(earlier__isnull=False).exists()


def test_hours_that_do_not_fit_are_refused_and_nothing_is_copied() -> None:
    activity = held_before()
    source = series(activity)
    with pytest.raises(HoursDoNotFit, match=r"Spring edition: It would be over already\."):
        copied(activity, source, span=timedelta(weeks=1))
    # Cairo's clocks leave out the hour after midnight on 30 April 2027.
    at_night = cast.session(activity, starts_at=at("2026-05-01 00:30"), label="")
    with pytest.raises(HoursDoNotFit, match="2027-04-30 00:30 does not exist in Africa/Cairo"):
        copied(activity, source, at_night)
    assert Activity.objects.count() == 1


def test_an_address_of_its_own_for_each_copy() -> None:
    activity = held_before()
    session = series(activity)
    assert [copied(activity, session).slug for _copy in range(3)] == [
        "water-2027",
        "water-2027-2",
        "water-2027-3",
    ]
    again = copied(Activity.objects.get(slug="water-2027-2"), span=YEAR)
    assert again.slug == "water-2026-2"  # of this year, where no session says another
    longest = "w" * 120
    assert len(next(addresses(longest, 2027))) == 120


def test_what_is_no_edition_of_it_leads_nowhere() -> None:
    activity = held_before()
    assert copied(activity, is_edition=False).earlier is None


def test_the_chain_stays_whole_when_a_draft_in_it_is_deleted() -> None:
    first = held_before()
    second = copied(first)
    third = copied(second)
    delete_draft(activity=second, by=None)
    third.refresh_from_db()
    assert third.earlier == first


def test_the_history_tells_of_what_it_was_copied() -> None:
    activity, by = held_before(), cast.secretary("Marta Soler")
    draft = copied(activity, by=by)
    of_draft = {"content_type": ContentType.objects.get_for_model(Activity), "object_id": draft.pk}
    made, deed = tell(
        LogEntry.objects.filter(**of_draft).exclude(action=LogEntry.Action.UPDATE).order_by("pk")
    )
    assert made.deed == "Activity “Water in dense cities”: made"
    assert ("Earlier edition", "", "Water in dense cities") in made.told
    assert deed.deed == "Activity “Water in dense cities”: copied from “Water in dense cities”"
    assert deed.actor == by
    assert not LogEntry.objects.filter(object_id=activity.pk, content_type=of_draft["content_type"]).exists()


def test_a_copy_counts_nowhere_until_it_is_held() -> None:
    """Milestones are counted from what the public may see of a host, and from what is over."""
    activity = held_before()
    draft = copied(activity, series(activity))
    later = datetime(2028, 1, 1, tzinfo=UTC)

    def held() -> int:
        asked = over_between(datetime(2026, 1, 1, tzinfo=UTC), later, later)
        return Session.objects.filter(of_host(activity.host)(""), asked("")).count()

    assert held() == 1
    publish(activity=draft, by=None)
    assert held() == 2


def test_rooms_copy_their_part_once_sessions_and_meetings_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[parts.Copied] = []
    monkeypatch.setattr(parts, "parts", [])
    monkeypatch.setattr("copying.actions.parts", parts.parts)
    for _twice in range(2):
        parts.copied_with_an_activity(told.append, covers=[Session], words="questions")
    parts.not_copied(covers=[Meeting], words="answers")
    activity = held_before()
    source, left_out = series(activity), series(activity)
    draft = copied(activity, source, is_edition=False)
    (of_copy,) = told
    assert (of_copy.source, of_copy.draft) == (activity, draft)
    assert of_copy.sessions == {source.pk: draft.sessions.get()}
    assert of_copy.meetings.keys() == set(source.meetings.values_list("pk", flat=True))
    assert left_out.pk not in of_copy.sessions
    assert {part.words for part in parts.parts} == {"questions", "answers"}
    assert parts.answered_for() == {Session, Meeting}


def test_a_room_that_fails_leaves_no_half_of_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(of_copy: parts.Copied) -> None:
        raise LookupError

    monkeypatch.setattr("copying.actions.parts", [parts.Part(frozenset(), "", fail)])
    activity = held_before()
    with pytest.raises(LookupError):
        copied(activity)
    assert list(Activity.objects.all()) == [activity]
    assert Material.objects.count() == 0
