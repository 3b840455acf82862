"""/letters/ of the demonstration: a mailbox for everybody there, and no address at all elsewhere."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from outbox.models import Letter
from tests.outbox.letters import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_templates")]

INVITE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:session-1@station.example
SEQUENCE:3
DTSTAMP:20270301T120000Z
DTSTART;TZID=Asia/Seoul:20270310T090000
DTEND;TZID=Asia/Seoul:20270310T103000
SUMMARY:Night buses\\, from phone traces
LOCATION:City Hall
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


@pytest.fixture
def demo(settings) -> None:
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.demo.demo_urls"


def test_mailbox_has_no_address_outside_of_the_demonstration(client):
    assert client.get("/letters/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo:letters")


def test_mailbox_stays_shut_even_where_its_addresses_are_known(client, person, settings):
    settings.ROOT_URLCONF = "tests.demo.demo_urls"
    letter = write(person, calendar=INVITE)
    for page in (
        "",
        f"{letter.pk}/",
        f"{letter.pk}/html/",
        f"{letter.pk}/invite.ics",
        f"{letter.pk}/source/",
    ):
        assert client.get(f"/letters/{page}").status_code == 404


def test_mailbox_shows_letters_newest_first_to_anyone(client, person, demo):
    now = timezone.now()
    for name, age in [("Old", 2), ("New", 0), ("Middle", 1)]:
        person.name = name
        write(person, now=now - timedelta(days=age))
    response = client.get("/letters/")
    assert response.status_code == 200
    assert subjects(response) == ["For New: it’s noted", "For Middle: it’s noted", "For Old: it’s noted"]
    assert "waiting to be sent · English" in response.text
    assert "no-store" in response["Cache-Control"]


def test_mailbox_is_filtered_by_recipient(client, person, demo):
    write(person)
    person.name = "Bo"
    write(person, to="bo@example.net")
    assert subjects(client.get("/letters/", {"to": "EXAMPLE.NET"})) == ["For Bo: it’s noted"]
    nobody = client.get("/letters/", {"to": "nobody@"})
    assert subjects(nobody) == []
    assert "No letter to this address" in nobody.text


def test_mailbox_is_paged_at_a_fixed_number_of_queries(client, person, demo, django_assert_num_queries):
    write(person)
    with django_assert_num_queries(2):
        client.get("/letters/")
    for _ in range(30):
        write(person)
    with django_assert_num_queries(2):
        first = client.get("/letters/")
    assert len(subjects(first)) == 25
    assert len(subjects(client.get("/letters/?page=2"))) == 6


def test_empty_mailbox_says_what_to_do(client, demo):
    assert "Register for a session" in client.get("/letters/").text


def test_letter_page_shows_what_a_person_would_see(client, person, demo):
    letter = write(person, from_name="MITI Seoul", reply_to="seoul@example.org", calendar=INVITE)
    response = client.get(f"/letters/{letter.pk}/")
    assert response.status_code == 200
    for shown in (
        "For Amina Diallo: it’s noted",
        "MITI Seoul &lt;letters@localhost&gt;",
        "seoul@example.org",
        "waiting to be sent",
        "Night buses, from phone traces",
        "Wednesday 10 March 2027, 09:00 (Asia/Seoul)",
        "City Hall",
        "session-1@station.example",
        "Amina Diallo, it’s noted.",
    ):
        assert shown in " ".join(response.text.split())
    assert f'src="/letters/{letter.pk}/html/"' in response.text


def test_letter_page_keeps_the_stations_policy(client, person, demo):
    letter = write(person)
    response = client.get(f"/letters/{letter.pk}/")
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert "style=" not in response.text


def test_letter_itself_is_framed_by_us_only_and_runs_nothing(client, person, demo):
    person.name = "<script>alert(1)</script>"
    letter = write(person)
    response = client.get(f"/letters/{letter.pk}/html/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert tags(response.text).isdisjoint({"script", "form", "iframe"})
    assert "&lt;script&gt;" in response.text


def test_calendar_entry_is_downloaded_as_it_was_sent(client, person, demo):
    letter = write(person, calendar=INVITE)
    response = client.get(f"/letters/{letter.pk}/invite.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content.decode() == INVITE
    assert client.get(f"/letters/{write(person).pk}/invite.ics").status_code == 404


def test_source_is_what_a_mail_server_gets(client, person, demo):
    letter = write(person, calendar=INVITE, calendar_method="REQUEST")
    response = client.get(f"/letters/{letter.pk}/source/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Message-ID: {letter.message_id}" in response.text
    assert 'text/calendar; method="REQUEST"' in response.text


def test_letter_whose_text_is_forgotten_says_so(client, person, demo):
    letter = write(person, secret=True)
    Letter.objects.update(text="", html="", state="sent", sent_at=timezone.now())
    response = client.get(f"/letters/{letter.pk}/")
    assert "no longer kept" in response.text
    assert "<iframe" not in response.text


def test_mailbox_speaks_the_readers_language(client, person, demo):
    write(person)
    response = client.get("/fr/letters/")
    assert response.status_code == 200
    assert '<html lang="fr"' in response.text


def test_mailbox_changes_nothing(client, person, demo):
    letter = write(person)
    assert client.post("/letters/").status_code == 405
    assert client.post(f"/letters/{letter.pk}/").status_code == 405


def subjects(response) -> list[str]:
    return [row["subject"] for row in response.context["rows"]]


def tags(html: str) -> set[str]:
    names = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag, attributes):
            names.add(tag)

    Tags().feed(html)
    return names
