import json
from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from accounts.models import User
from outbox.models import Letter
from proposals import actions as proposals
from registrations.actions import cancel, cancel_session
from registrations.models import Registration
from tests import cast
from tests.hubs import agreements
from tests.proposals import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(client):
    person = cast.person("Amina Diallo")
    client.force_login(person)
    return person


def shown(answer):
    return answer.content.decode()


def test_coming_waiting_and_past_stand_apart(client, amina):
    coming = cast.register(cast.session(cast.activity("Coming up")), amina)
    full = cast.session(cast.activity("Crowded"), places=1)
    cast.register(full)
    waiting = cast.register(full, amina)
    gone = cast.register(cast.session(cast.activity("Given up")), amina)
    cancel(registration=gone, by=amina)
    with time_machine.travel(timezone.now() - timedelta(days=20)):
        over = cast.register(cast.session(cast.activity("Long ago")), amina)
    mine = client.get("/me/").context["mine"]
    assert mine.next.registration == coming
    assert mine.coming == []
    assert [facts.registration for facts in mine.waiting] == [waiting]
    assert {facts.registration for facts in mine.past} == {gone, over}
    assert mine.waiting[0].badge_name == "Waiting, number 1"


def test_nobody_elses_registrations(client, amina):
    cast.register(cast.session(cast.activity("Somebody else’s")))
    assert "Somebody else’s" not in shown(client.get("/me/"))


def test_an_empty_page_says_what_to_do(client, amina):
    answer = shown(client.get("/me/"))
    assert "Nothing here yet" in answer
    assert 'href="/activities/"' in answer


def test_thirty_registrations_cost_as_many_queries_as_one(client, amina, django_assert_num_queries):
    def register(number, places):
        at = cast.session(cast.activity(f"Activity {number}"), places=places)
        if places == 1:
            cast.register(at)
        cast.register(at, amina)

    register(0, 1)
    with django_assert_num_queries(13) as for_one:  # who, with what they are registered for, its meetings
        client.get("/me/")
    for number in range(1, 30):
        register(number, 1 + number % 2)
    with django_assert_num_queries(len(for_one)):
        answer = client.get("/me/")
    mine = answer.context["mine"]
    assert 1 + len(mine.coming) + len(mine.waiting) == 30


def test_what_comes_next_is_on_top_with_its_button(client, amina, time_machine):
    start = (timezone.now() + timedelta(days=20)).replace(minute=0, second=0, microsecond=0)
    hour, day = timedelta(hours=1), timedelta(days=1)
    weeks = [start - 7 * day, start + hour, start + 7 * day]
    course = cast.session(
        cast.activity("Course"), starts_at=start - day, ends_at=start + 9 * hour, self_paced=True
    )
    webinar = cast.session(
        cast.activity("Webinar"), starts_at=start + 4 * hour, joining_link="https://meet.example/w"
    )
    series = cast.session(
        cast.activity("Series"),
        meetings=[(at, at + hour, "") for at in weeks],
        joining_link="https://meet.example/s",
    )
    for at in (course, webinar, series):
        cast.register(at, amina)

    def top_at(moment):
        time_machine.move_to(moment, tick=False)
        client.force_login(amina)
        answer = client.get("/me/")
        mine = answer.context["mine"]
        rest = [facts.session.activity.title for facts in mine.coming]
        return answer.text.partition('id="next-heading"')[2].partition("</section>")[0], mine.next, rest

    top, first, rest = top_at(start + hour + timedelta(minutes=10))
    assert (first.session, first.badge_name, rest) == (series, "Running now", ["Webinar", "Course"])
    assert 'href="https://meet.example/s"' in top
    assert "Running now" in top
    top, first, rest = top_at(start + 2 * hour)  # the series has met for today
    assert (first.session, first.badge_name, rest) == (webinar, "Confirmed", ["Course", "Series"])
    assert "meet.example" not in top
    assert "The link to join appears here" in top
    top, first, rest = top_at(start + 3 * hour)  # an hour before
    assert 'href="https://meet.example/w"' in top
    top, first, rest = top_at(start + day)
    assert (first.session, rest) == (series, [])
    assert "Next meeting:" in top


def test_nobody_is_told_that_another_gets_a_place_that_nobody_can_get_any_more(client, amina, time_machine):
    start = (timezone.now() + timedelta(days=20)).replace(minute=0, second=0, microsecond=0)
    session = cast.session(
        meetings=[(at, at + timedelta(hours=1), "") for at in (start, start + timedelta(days=7))]
    )
    registration = cast.register(session, amina)
    page, cancellation = (
        f"/registrations/{registration.code}/",
        f"/registrations/{registration.code}/cancellation/",
    )
    promises = ("somebody else", "Somebody else")
    for moment, promised in (
        (start - timedelta(days=1), True),
        (start, False),
        (start + timedelta(days=1), False),
    ):
        time_machine.move_to(moment, tick=False)
        client.force_login(amina)
        for address in (page, cancellation):
            text = shown(client.get(address))
            assert any(words in text for words in promises) is promised, (moment, address)
    assert not any(words in shown(client.post(cancellation, follow=True)) for words in promises)


# The feed


def feed_of(person):
    person.refresh_from_db()
    return f"/me/calendar/{person.calendar_secret}.ics"


def events(answer):
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_feed_opens_by_a_button_and_needs_no_signing_in(client, amina):
    session = cast.session()
    registration = cast.register(session, amina)
    client.get("/me/calendar/")
    amina.refresh_from_db()
    assert amina.calendar_secret is None  # a GET opens nothing
    client.post("/me/calendar/", {"renew": "1"})
    address = feed_of(amina)
    assert address in shown(client.get("/me/calendar/"))
    client.logout()
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(answer)
    assert event["DTSTART"].dt == session.starts_at
    assert event["SEQUENCE"] == registration.calendar_sequence
    assert registration.get_absolute_url() in event["URL"]
    assert "https://meet.example/room" not in shown(answer)
    with time_machine.travel(session.starts_at - timedelta(minutes=30), tick=False):
        assert "https://meet.example/room" in shown(client.get(address))


def test_the_feed_holds_places_and_what_was_called_off_and_nothing_else(client, amina):
    cast.register(cast.session(cast.activity("Kept")), amina)
    called_off = cast.session(cast.activity("Called off"))
    cast.register(called_off, amina)
    cancel_session(session=called_off, reason="", by=cast.secretary())
    cancel(registration=cast.register(cast.session(cast.activity("Given up")), amina), by=amina)
    full = cast.session(cast.activity("Waiting"), places=0)
    cast.register(full, amina)
    cast.register(cast.session(cast.activity("Not mine")))
    client.post("/me/calendar/", {"renew": "1"})
    statuses = {str(event["SUMMARY"]): str(event["STATUS"]) for event in events(client.get(feed_of(amina)))}
    assert statuses == {"Kept": "CONFIRMED", "Called off": "CANCELLED"}


def test_a_new_address_makes_the_old_one_lead_nowhere(client, amina):
    client.post("/me/calendar/", {"renew": "1"})
    first = feed_of(amina)
    client.post("/me/calendar/", {"renew": "1"})
    second = feed_of(amina)
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    client.post("/me/calendar/", {"close": "1"})
    assert client.get(second).status_code == 404
    assert client.get("/me/calendar/None.ics").status_code == 404


def test_a_person_shut_out_has_no_feed(client, amina):
    client.post("/me/calendar/", {"renew": "1"})
    address = feed_of(amina)
    User.objects.update(is_active=False)
    assert client.get(address).status_code == 404


def test_the_feed_costs_the_same_for_many(client, amina, django_assert_num_queries):
    cast.register(cast.session(), amina)
    client.post("/me/calendar/", {"renew": "1"})
    address = feed_of(amina)
    client.logout()
    with django_assert_num_queries(3) as few:
        client.get(address)
    for number in range(4):
        cast.register(cast.session(cast.activity(f"More {number}")), amina)
    with django_assert_num_queries(len(few)):
        client.get(address)


# My data

# What points at a person and is not told in their download, and why.
NOT_IN_THE_DOWNLOAD = {
    "admin.LogEntry": "staff's deeds, told under changes by our own history",
}


def test_my_data_holds_what_we_hold(client, amina):
    session = cast.session()
    cast.register(session, amina, note="I use a wheelchair")
    cast.invitation(session, amina.email.upper())
    amina.former_addresses.create(email="amina@ministry.example")
    answer = client.get("/me/data/")
    assert answer["Content-Disposition"].startswith("attachment")
    data = json.loads(answer.content)
    assert data["profile"]["name"] == "Amina Diallo"
    assert data["profile"]["organization"] == "Dakar"
    assert data["addresses"] == [{"email": amina.email, "verified": True, "primary": True}]
    assert [former["email"] for former in data["former_addresses"]] == ["amina@ministry.example"]
    assert [registration["note"] for registration in data["registrations"]] == ["I use a wheelchair"]
    assert [consent["kind"] for consent in data["consents"]] == ["registration"]
    assert data["letters"][0]["text"] == Letter.objects.get().text
    assert len(data["invitations"]) == 1


def test_my_data_holds_what_i_wrote_to_the_desk_and_where_i_am_a_contact(client, amina):
    proposal = making.sent(amina)
    proposal.attachments.create(name="Note.pdf", kind="pdf", size=1, added_by=amina)
    proposals.write_message(proposal=proposal, text="One more thing", by=amina, from_desk=False)
    proposals.write_message(proposal=proposal, text="Thank you", by=cast.secretary(), from_desk=True)
    agreements.signed().contacts.create(person=amina, post="signs for the city")
    data = json.loads(client.get("/me/data/").content)
    assert [note["name"] for note in data["concept_notes"]] == ["Note.pdf"]
    assert [message["text"] for message in data["proposal_messages"]] == ["One more thing"]
    assert [version["proposal__code"] for version in data["versions_sent"]] == [proposal.code]
    assert [contact["post"] for contact in data["contact_of"]] == ["signs for the city"]


def test_my_data_holds_no_secret_and_nothing_of_others(client, amina):
    other = cast.person("Somebody Else")
    at = cast.session()
    cast.register(at, other, note="private")
    cast.register(at, amina)
    client.post("/me/calendar/", {"renew": "1"})
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"email": amina.email})
    code = Letter.objects.get(kind="sign_in_code").subject.split()[0]
    client.force_login(amina)
    text = shown(client.get("/me/data/"))
    amina.refresh_from_db()
    for secret in (code, amina.calendar_secret, "private", other.email, other.name):
        assert secret not in text


def test_every_kind_of_thing_that_points_at_a_person_is_told_or_named(client, amina):
    in_download = {
        "account.EmailAddress",
        "accounts.User",  # accounts that were merged into theirs
        "mfa.Authenticator",
        "usersessions.UserSession",
        "registrations.Registration",
        "accounts.Consent",
        "accounts.FormerAddress",
        "outbox.Letter",
        "auditlog.LogEntry",
        "hubs.Host",
        "proposals.Proposal",
        "proposals.CoProposer",
        "proposals.Review",
        "platform_reports.Alias",
        "focal_points.FocalPoint",
        "membership.Claim",
    }
    # Who made or changed another thing (`related_name="+"`) is not listed here: it is told under changes.
    pointing = {relation.related_model._meta.label for relation in User._meta.related_objects}
    assert pointing - in_download - set(NOT_IN_THE_DOWNLOAD) == set()
    assert all(apps.get_model(label) for label in in_download)


# Leaving


def test_deleting_takes_two_steps_and_forgets(client, amina):
    registration = cast.register(cast.session(), amina)
    asks = client.get("/me/deletion/")
    assert "Your 1 registration to come is cancelled" in shown(asks)
    unticked = client.post("/me/deletion/", {})
    assert unticked.status_code == 422
    amina.refresh_from_db()
    assert amina.erased_at is None
    done = client.post("/me/deletion/", {"sure": "on"})
    assert "Your account is deleted" in shown(done)
    amina.refresh_from_db()
    registration.refresh_from_db()
    assert amina.erased_at
    assert registration.cancelled_for == Registration.CancelledFor.ERASURE
    assert client.get("/me/").status_code == 302
    assert client.get(registration.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("page", ["/me/", "/me/calendar/", "/me/data/", "/me/deletion/"])
def test_my_pages_are_mine(client, page):
    assert client.get(page).url == f"/accounts/login/?next={page}"
    assert client.post(page).status_code == 302
