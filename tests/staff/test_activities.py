"""The one screen of an activity: what it saves, and when it asks first."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog import actions as catalog_actions
from catalog import meeting_lines
from catalog.errors import CannotDelete, HasRegistrations
from catalog.models import Activity, Session
from outbox.models import Letter
from registrations import actions
from registrations.actions.lock import lock_session
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


def change_page(activity: Activity) -> str:
    return reverse("admin:catalog_activity_change", args=[activity.pk])


def typed_in(page: Any) -> dict[str, Any]:
    """What a browser would send if one pressed “Save” at once."""
    form = page.context["adminform"].form
    data: dict[str, Any] = {}
    for bound in form:
        put(data, bound)
    for formset in page.context["inline_admin_formsets"]:
        for bound in formset.formset.management_form:
            data[bound.html_name] = bound.value()
        for row in formset.formset.forms:
            for bound in row:
                put(data, bound)
    return data


def put(data: dict[str, Any], bound: Any) -> None:
    value = (
        bound.field.widget.format_value(bound.value())
        if hasattr(bound.field.widget, "format_value")
        else None
    )
    if bound.field.widget.input_type == "checkbox" if hasattr(bound.field.widget, "input_type") else False:
        if getattr(bound.field.widget, "allow_multiple_selected", False):
            data[bound.html_name] = [getattr(chosen, "pk", chosen) for chosen in bound.value() or []]
        elif bound.value():
            data[bound.html_name] = "on"
        return
    value = bound.value() if value is None or isinstance(value, list) else value
    data[bound.html_name] = "" if value is None else value


def opened(client: Client, activity: Activity) -> dict[str, Any]:
    return typed_in(client.get(change_page(activity)))


def test_saving_without_a_change_changes_nothing(client: Client) -> None:
    session = cast.session(places=5)
    activity = session.activity
    cast.register(session)
    before = Session.objects.filter(pk=session.pk).values().get()
    meetings = list(session.meetings.values_list("pk", "starts_at"))
    letters = Letter.objects.count()
    answer = client.post(change_page(activity), opened(client, activity) | {"_save": "Save"})
    assert answer.status_code == 302
    assert Session.objects.filter(pk=session.pk).values().get() == before
    assert list(session.meetings.values_list("pk", "starts_at")) == meetings
    assert Letter.objects.count() == letters


def test_words_are_saved_in_three_languages_and_found_by_search(client: Client) -> None:
    activity = cast.session().activity
    data = opened(client, activity) | {
        "title_fr": "L’eau dans la ville dense",
        "description_en": "A **bold** plan.",
    }
    assert client.post(change_page(activity), data).status_code == 302
    activity.refresh_from_db()
    assert activity.title_fr == "L’eau dans la ville dense"
    assert "<strong>bold</strong>" in activity.description_html_en
    assert Activity.objects.filter(pk=activity.pk, search_vector="dense").exists()


def test_a_new_activity_with_its_session_meetings_speakers_and_materials(client: Client) -> None:
    host = cast.host("seoul")
    data = typed_in(client.get(reverse("admin:catalog_activity_add"))) | {
        "title_en": "Night buses",
        "slug": "night-buses",
        "format": "webinar",
        "host": host.pk,
        "languages": ["en", "ko"],
        "sessions-0-timezone": "Asia/Seoul",
        "sessions-0-meetings_text": "2031-03-01 10:00–11:30 First | Premier\r\n2031-03-08 10:00–11:30",
        "speakers-0-name": "Ada Mensah",
        "materials-0-title_en": "Map",
        "materials-0-link": "https://example.org/map",
    }
    answer = client.post(reverse("admin:catalog_activity_add"), data)
    assert answer.status_code == 302, answer.context["errors"]
    activity = Activity.objects.get(slug="night-buses")
    session = activity.sessions.get()
    assert meeting_lines.write(session.meetings.all(), session.zone) == (
        "2031-03-01 10:00–11:30 First | Premier\n2031-03-08 10:00–11:30"
    )
    assert (session.starts_at, session.ends_at) == (
        session.meetings.first().starts_at,
        session.meetings.last().ends_at,
    )
    assert activity.ends_at == session.ends_at
    assert (activity.speakers.get().name, activity.materials.get().title) == ("Ada Mensah", "Map")
    assert not activity.is_public


def test_errors_name_the_line_and_keep_what_was_typed(client: Client) -> None:
    session = cast.session()
    data = opened(client, session.activity)
    data["sessions-0-meetings_text"] = "2031-03-01 10:00–11:30\r\nnext week"
    answer = client.post(change_page(session.activity), data)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Line 2: “next week” is no meeting" in text
    assert "next week</textarea>" in text


def test_times_are_typed_and_shown_on_the_sessions_clock(client: Client) -> None:
    session = cast.session(cast.activity(host=cast.host("mashhad")))
    data = opened(client, session.activity)
    data["sessions-0-registration_opens_at"] = "2026-01-05T09:30"
    assert client.post(change_page(session.activity), data).status_code == 302
    session.refresh_from_db()
    assert session.registration_opens_at.isoformat() == "2026-01-05T06:00:00+00:00"
    assert opened(client, session.activity)["sessions-0-registration_opens_at"] == "2026-01-05T09:30"


@pytest.fixture
def full(client: Client) -> Iterator[Session]:
    """One place taken by a French speaker, one Spanish and one English speaker waiting."""
    session = cast.session(places=1)
    for language in ("fr", "es", "en"):
        cast.register(session, cast.person(f"Reads {language}", language=language))
    session.refresh_from_db()
    return session


def moved_by_a_day(session: Session) -> str:
    meetings = list(session.meetings.all())
    for meeting in meetings:
        meeting.starts_at += timedelta(days=1)
        meeting.ends_at += timedelta(days=1)
    return meeting_lines.write(meetings, session.zone)


def test_a_new_time_asks_first_and_says_who_is_written_to(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {
        "sessions-0-meetings_text": moved_by_a_day(full),
        "title_en": "Newer",
    }
    letters = Letter.objects.count()
    question = client.post(change_page(full.activity), data | {"_save": "Save"})
    assert question.status_code == 200
    text = question.content.decode()
    assert "3 people will be written to" in text
    for language in ("French 1", "Spanish 1", "English 1"):
        assert language in text
    unsaved = Session.objects.get(pk=full.pk)
    assert unsaved.starts_at == full.starts_at
    assert Letter.objects.count() == letters
    assert Activity.objects.get(pk=full.activity_id).title_en != "Newer"

    sent = dict(question.context["typed"]) | {"_told": "yes"}
    assert client.post(change_page(full.activity), data | sent).status_code == 302
    assert Session.objects.get(pk=full.pk).starts_at == full.starts_at + timedelta(days=1)
    assert Letter.objects.count() == letters + 3
    assert Activity.objects.get(pk=full.activity_id).title_en == "Newer"


def test_back_from_the_question_keeps_what_was_typed(client: Client, full: Session) -> None:
    text = moved_by_a_day(full)
    data = opened(client, full.activity) | {"sessions-0-meetings_text": text}
    answer = client.post(change_page(full.activity), data | {"_back": "yes"})
    assert answer.status_code == 200
    assert "Nothing is saved yet." in answer.content.decode()
    assert text.split("–")[0] in answer.content.decode()
    assert Session.objects.get(pk=full.pk).starts_at == full.starts_at


def test_more_places_let_in_who_waits_after_asking(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {"sessions-0-places": 2}
    question = client.post(change_page(full.activity), data)
    assert "1 person will be written to: Spanish 1" in question.content.decode()
    assert client.post(change_page(full.activity), data | {"_told": "yes"}).status_code == 302
    assert list(full.registrations.confirmed().values_list("person__name", flat=True)) == [
        "Reads fr",
        "Reads es",
    ]


def test_fewer_places_throw_nobody_out_and_ask_nothing(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {"sessions-0-places": 0}
    assert client.post(change_page(full.activity), data).status_code == 302
    session = Session.objects.get(pk=full.pk)
    assert (session.places, session.places_taken, session.is_overbooked) == (0, 1, True)


def test_a_joining_link_nobody_has_seen_yet_is_saved_without_a_letter(client: Client, full: Session) -> None:
    letters = Letter.objects.count()
    data = opened(client, full.activity) | {"sessions-0-joining_link": "https://meet.example/other"}
    assert client.post(change_page(full.activity), data).status_code == 302
    assert Session.objects.get(pk=full.pk).joining_link == "https://meet.example/other"
    assert Letter.objects.count() == letters


def test_another_time_zone_moves_the_session(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {"sessions-0-timezone": "Europe/Madrid"}
    assert "3 people will be written to" in client.post(change_page(full.activity), data).content.decode()
    assert client.post(change_page(full.activity), data | {"_told": "yes"}).status_code == 302
    session = Session.objects.get(pk=full.pk)
    assert session.timezone == "Europe/Madrid"
    before, after = full.starts_at.astimezone(full.zone), session.starts_at.astimezone(session.zone)
    assert f"{before:%Y-%m-%d %H:%M}" == f"{after:%Y-%m-%d %H:%M}"


def test_what_is_over_keeps_its_times_and_may_still_be_worded(client: Client) -> None:
    now = timezone.now()
    session = cast.session(starts_at=now - timedelta(days=3))
    data = opened(client, session.activity)
    data |= {"sessions-0-label_en": "Winter edition", "sessions-0-meetings_text": "2031-01-01 10:00–11:00"}
    assert client.post(change_page(session.activity), data).status_code == 302
    after = Session.objects.get(pk=session.pk)
    assert (after.label_en, after.starts_at) == ("Winter edition", session.starts_at)


def test_a_session_with_registrations_is_not_deleted(client: Client, full: Session) -> None:
    data = opened(client, full.activity) | {"sessions-0-DELETE": "on"}
    answer = client.post(change_page(full.activity), data)
    assert answer.status_code == 200
    assert Session.objects.filter(pk=full.pk).exists()
    assert Registration.objects.filter(session=full).count() == 3


def test_a_self_paced_session_has_a_window_instead_of_meetings(client: Client) -> None:
    data = typed_in(client.get(reverse("admin:catalog_activity_add"))) | {
        "title_en": "Slow course",
        "slug": "slow-course",
        "format": "online_course",
        "host": cast.host("cairo").pk,
        "sessions-0-timezone": "Africa/Cairo",
        "sessions-0-self_paced": "on",
        "sessions-0-starts_at": "2031-05-01T09:00",
        "sessions-0-ends_at": "2031-04-01T09:00",
    }
    add = reverse("admin:catalog_activity_add")
    assert "The window closes before it opens." in client.post(add, data).content.decode()
    assert client.post(add, data | {"sessions-0-ends_at": "2031-06-01T09:00"}).status_code == 302
    session = Session.objects.get(activity__slug="slow-course")
    assert session.starts_at.astimezone(session.zone).strftime("%Y-%m-%d %H:%M") == "2031-05-01 09:00"
    assert not session.meetings.exists()


def test_the_page_that_asks_asks_why_a_meeting_is_dropped(client: Client) -> None:
    first = (timezone.now() + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
    days = [first + timedelta(days=number) for number in range(2)]
    session = cast.session(meetings=[(day, day + timedelta(hours=1), "") for day in days])
    cast.register(session)
    page = change_page(session.activity)
    last_alone = meeting_lines.write([session.meetings.last()], session.zone)
    data = opened(client, session.activity) | {"sessions-0-meetings_text": last_alone}
    assert 'name="sessions-0-why-reason_en"' in client.post(page, data).text
    refused = client.post(page, data | {"_told": "yes", "sessions-0-why-reason_fr": "Incendie"})
    assert refused.status_code == 422
    assert "Incendie" in refused.text
    assert session.meetings.count() == 2
    said = client.post(page, data | {"_told": "yes", "sessions-0-why-reason_en": "It burned down."})
    assert said.status_code == 302
    assert session.meetings.count() == 1
    assert "The reason: It burned down." in Letter.objects.get(kind="session_changed").text


def test_history_tells_who_changed_what_also_of_the_parts(client: Client) -> None:
    session = cast.session(joining_link="https://meet.example/secret-room")
    activity = session.activity
    data = opened(client, activity) | {
        "title_en": "Another title",
        "sessions-0-label_en": "March edition",
        "sessions-0-joining_link": "https://meet.example/secret-door",
        "speakers-0-name": "Ada Mensah",
    }
    assert client.post(change_page(activity), data).status_code == 302
    page = client.get(reverse("admin:catalog_activity_history", args=[activity.pk])).content.decode()
    for words in ("Marta Soler", "Another title", "March edition", "Ada Mensah", "•••"):
        assert words in page
    assert "secret-door" not in page
    assert "secret-room" not in page
    entry = LogEntry.objects.get_for_object(activity).filter(action=LogEntry.Action.UPDATE).first()
    assert entry.actor.name == "Marta Soler"
    activity.speakers.get().delete()
    page = client.get(reverse("admin:catalog_activity_history", args=[activity.pk])).content.decode()
    assert "Speaker “Ada Mensah”: removed" in page


# Publishing


def step_page(noun: str, *activities: Activity) -> str:
    ids = ",".join(str(activity.pk) for activity in activities)
    return f"{reverse(f'admin:catalog_activity_{noun}')}?ids={ids}"


def test_publish_asks_then_publishes_what_is_ready_and_says_why_not_of_the_rest(client: Client) -> None:
    ready = cast.session(cast.activity("Ready", published=False)).activity
    empty = cast.activity("Empty", published=False)
    page = step_page("publication", ready, empty)
    question = client.get(page).content.decode()
    assert "Everybody will see it." in question
    assert "This activity has no session yet." in question
    assert not Activity.objects.get(pk=ready.pk).is_public
    assert client.post(page).status_code == 302
    assert Activity.objects.get(pk=ready.pk).is_public
    assert Activity.objects.get(pk=ready.pk).published_by.name == "Marta Soler"
    assert not Activity.objects.get(pk=empty.pk).is_public


def test_the_lists_menu_leads_to_the_question(client: Client) -> None:
    drafts = [cast.activity(f"Draft {n}", published=False) for n in range(2)]
    answer = client.post(
        reverse("admin:catalog_activity_changelist"),
        {"action": "publication", "_selected_action": [draft.pk for draft in drafts]},
    )
    assert answer.status_code == 302
    assert answer.url.split("?")[1] == "ids=" + "%2C".join(str(draft.pk) for draft in drafts)


def test_withdraw_says_how_many_are_registered(client: Client) -> None:
    session = cast.session()
    cast.register(session)
    cast.register(session)
    page = step_page("withdrawal", session.activity)
    assert "2 people are registered" in client.get(page).content.decode()
    client.post(page)
    assert not Activity.objects.get(pk=session.activity_id).is_public


def test_a_coordinator_publishes_unless_the_secretariat_took_that_away() -> None:
    from accounts.roles import Role, set_options

    coordinator, session = cast.coordinator(), cast.session(cast.activity(published=False))
    client = Client()
    client.force_login(coordinator)
    page = step_page("publication", session.activity)
    assert client.get(page).status_code == 200
    set_options(role=Role.COORDINATOR, chosen=set(), by=cast.secretary())
    assert client.get(page).status_code == 403
    assert client.post(page).status_code == 403
    assert "Publish" not in client.get(change_page(session.activity)).content.decode()
    assert not Activity.objects.get(pk=session.activity_id).is_public


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    page = reverse("admin:catalog_activity_changelist")

    def asked() -> int:
        with django_assert_max_num_queries(30) as queries:
            client.get(page)
        return len(queries)

    cast.session()
    asked()
    with_one = asked()
    for number in range(3):
        cast.register(cast.session(cast.activity(f"More {number}")))
    assert asked() == with_one


# Deleting


def deletion_of(*activities: Activity) -> str:
    ids = ",".join(str(activity.pk) for activity in activities)
    return f"{reverse('admin:catalog_activity_deletion')}?ids={ids}"


def draft_with_everything() -> Activity:
    activity = cast.activity("Never mind", published=False)
    activity.speakers.create(name="Ravi Nair")
    activity.materials.create(title="Slides", link="https://example.org/")
    cast.invitation(cast.session(activity), "guest@city.example")
    return activity


def test_a_draft_goes_with_what_hangs_on_it_after_a_question(client: Client) -> None:
    client.force_login(cast.coordinator())
    draft, other = draft_with_everything(), draft_with_everything()
    change = client.get(reverse("admin:catalog_activity_change", args=[draft.pk]))
    assert deletion_of(draft).replace("&", "&amp;") in change.text
    asks = client.get(deletion_of(draft))
    assert "sessions: 1, invited addresses: 1, speakers: 1, materials: 1" in asks.text
    assert Activity.objects.filter(pk=draft.pk).exists()
    answer = client.post(deletion_of(draft))
    assert answer.url == reverse("admin:catalog_activity_changelist")
    assert list(Activity.objects.all()) == [other]
    assert [session.activity for session in Session.objects.all()] == [other]
    assert "Never mind: deleted." in client.get(answer.url).text
    # Django's own address leads to the question.
    assert client.get(reverse("admin:catalog_activity_delete", args=[other.pk])).url == deletion_of(other)


def was_public() -> Activity:
    activity = cast.session().activity
    catalog_actions.withdraw(activity=activity, by=None)
    return activity


def had_registrations() -> Activity:
    session = cast.session()
    registration = cast.register(session)
    actions.cancel(registration=registration, by=registration.person)
    Activity.objects.update(published_at=None)
    return session.activity


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (was_public, "It was public"),
        (had_registrations, "People are, or were, registered"),
        (lambda: cast.session().activity, "It was public"),
    ],
)
def test_what_was_public_or_registered_for_stays_and_the_page_says_why(
    client: Client, made: Any, why: str
) -> None:
    activity = made()
    client.force_login(cast.superuser())
    assert "deletion" not in client.get(reverse("admin:catalog_activity_change", args=[activity.pk])).text
    assert why in client.get(deletion_of(activity)).text
    assert why in client.post(deletion_of(activity)).text
    assert Activity.objects.filter(pk=activity.pk).exists()


def test_a_draft_is_deleted_by_who_may_and_within_their_hosts(client: Client) -> None:
    draft = draft_with_everything()
    for person, status in ((cast.reader(), 403), (cast.coordinator(cast.host("cairo")), 404)):
        client.force_login(person)
        assert client.post(deletion_of(draft)).status_code == status
    assert Activity.objects.filter(pk=draft.pk).exists()


def test_history_without_a_session_is_corrected_by_deleting_it(client: Client) -> None:
    history = cast.activity("Wrongly remembered", held_on=date(2019, 5, 1))
    client.force_login(cast.secretary())
    client.post(deletion_of(history))
    assert not Activity.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_registered_for_a_draft_while_it_is_deleted() -> None:
    """Who registers holds the session's row; deleting waits for it, and then finds the registration."""
    activity = cast.activity()
    session, person = cast.session(activity), cast.person()
    Activity.objects.filter(pk=activity.pk).update(published_at=None)
    at_the_row, refused = threading.Event(), []

    def delete() -> None:
        at_the_row.set()
        try:
            catalog_actions.delete_draft(activity=Activity.objects.get(pk=activity.pk), by=None)
        except CannotDelete as reason:
            refused.append(reason)
        finally:
            connection.close()

    deleting = threading.Thread(target=delete)
    with transaction.atomic():
        lock_session(session.pk)
        deleting.start()
        at_the_row.wait()
        Registration.objects.create(
            session=session, person=person, state="confirmed", confirmed_at=timezone.now()
        )
    deleting.join()
    assert [type(reason) for reason in refused] == [HasRegistrations]
    assert session.registrations.count() == 1
