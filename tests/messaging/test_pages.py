"""The pages of messages at the desk, and what a registration's page shows of them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.my_data import everything_about
from messaging import actions
from messaging.actions import rewrite
from messaging.models import Message
from messaging.shown import SHOWN, kept_for
from outbox.models import Letter
from registrations.actions import cancel
from tests import cast

from .making import FRENCH, NOW, WORDS, drafted, registered, sent, session_with

pytestmark = pytest.mark.django_db

TYPED = {
    "groups": ["confirmed"],
    "subject_en": "Bring your badge",
    "text_en": "The door opens at 8.",
    "on_page": "on",
}


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def session():
    amina, ben = cast.person("Amina Diallo"), cast.person("Ben Okafor", language="ar")
    return session_with(amina, ben, cast.person("Cléo Martin", language="fr"))


def test_from_the_session_to_sent(client, session, by):
    client.force_login(by)
    desk = client.get(reverse("admin:catalog_session_change", args=[session.pk]))
    page = reverse("messaging:new", args=[session.pk])
    assert page in desk.content.decode()
    assert "People with a place (3)" in client.get(page).content.decode()
    answer = client.post(page, TYPED | {"subject_ar": "أحضر شارتك", "text_ar": "يفتح الباب في الثامنة."})
    message = Message.objects.get()
    assert answer.url == message.get_absolute_url()
    assert not Letter.objects.filter(kind="session_message").exists()
    draft = client.get(answer.url).content.decode()
    assert "3 people will be written to" in draft
    assert "Send it to 3 people" in draft
    assert [preview.stands_in for preview in client.get(answer.url).context["previews"]] == [
        "",
        "English",
        "",
    ]
    answer = client.post(reverse("messaging:sending", args=[message.pk]), follow=True)
    assert "Sent. Each person gets a letter of their own." in answer.content.decode()
    assert Letter.objects.filter(kind="session_message").count() == 3
    client.post(reverse("messaging:sending", args=[message.pk]))
    assert Letter.objects.filter(kind="session_message").count() == 3
    listed = client.get(reverse("messaging:session", args=[session.pk])).content.decode()
    assert "Bring your badge" in listed
    assert "3 letters" in listed
    history = client.get(reverse("admin:catalog_session_history", args=[session.pk])).content.decode()
    assert "Message to people “Bring your badge”" in history


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"groups": []}, "Say to whom."),
        ({"groups": ["present"]}, "Select a valid choice"),
        ({"subject_en": ""}, "Write a subject."),
        ({"text_en": " "}, "Write what you want to say."),
        ({"subject_fr": "Apportez"}, "Write both in this language, or neither."),
        ({"last_day": "soon"}, "Enter a valid date."),
        ({"last_day": "9999-12-31"}, "Write a year from 1900 to 2199"),
    ],
)
def test_what_is_missing_is_said(session, by, changed, complaint):
    answer = signed_in(by).post(reverse("messaging:new", args=[session.pk]), TYPED | changed)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert not Message.objects.exists()


def test_a_draft_is_changed_and_discarded(session, by):
    message, client = drafted(session, by, words=WORDS | FRENCH), signed_in(by)
    page = reverse("messaging:text", args=[message.pk])
    form = client.get(page).context["form"]
    assert form["subject_fr"].value() == "Apportez votre badge"
    client.post(page, TYPED | {"last_day": "2026-12-05"})
    message.refresh_from_db()
    assert message.languages == ["en"]
    assert message.useless_after.astimezone(session.zone).isoformat()[:16] == "2026-12-06T00:00"
    assert str(client.get(page).context["form"]["last_day"].value()) == "2026-12-05"
    client.post(reverse("messaging:deletion", args=[message.pk]))
    assert not Message.objects.exists()


def test_who_saves_a_draft_second_is_told_and_loses_nothing(session, by):
    message, client = drafted(session, by), signed_in(by)
    page = reverse("messaging:text", args=[message.pk])
    seen = client.get(page).context["seen"].isoformat()
    rewrite(message=message, groups=["confirmed"], words=WORDS | FRENCH, by=cast.secretary("Mei Tanaka"))
    typed = TYPED | {"subject_en": "Bring a pen", "seen": seen}
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert "Mei Tanaka" in answer.content.decode()
    assert answer.context["form"]["subject_en"].value() == "Bring a pen"
    incomplete = client.post(page, typed | {"text_en": ""})
    assert incomplete.context["seen"].isoformat() == seen, "what was looked at stays what it was"
    client.post(page, typed | {"seen": answer.context["seen"].isoformat()})
    message.refresh_from_db()
    assert message.words_for("en").subject == "Bring a pen"


def test_one_that_was_sent_is_followed_and_withdrawn(session, by):
    message, client = sent(session, by), signed_in(by)
    page = message.get_absolute_url()
    Letter.objects.filter(kind="session_message", person__name="Amina Diallo").update(
        state="sent", sent_at=NOW
    )
    assert client.get(page).context["progress"].counted == [("sent", 1), ("waiting to be sent", 2)]
    assert client.get(reverse("messaging:text", args=[message.pk])).url == page
    withdrawal = reverse("messaging:withdrawal", args=[message.pk])
    assert "Withdraw this message?" in client.get(withdrawal).content.decode()
    answer = client.post(withdrawal, follow=True).content.decode()
    assert "2 letters that waited were stopped." in answer
    assert client.get(withdrawal).url == page
    refused = client.post(reverse("messaging:deletion", args=[message.pk]), follow=True)
    assert "This message was sent meanwhile." in refused.content.decode()


def test_a_refusal_is_said_on_the_page(session, by):
    message, client = drafted(session, by), signed_in(by)
    session.registrations.all().delete()
    answer = client.post(reverse("messaging:sending", args=[message.pk]), follow=True)
    assert "Nobody is in these groups now" in answer.content.decode()


def test_what_somebody_else_changed_meanwhile_is_looked_at_again(session, by):
    message, client = drafted(session, by), signed_in(by)
    looked_at = client.get(message.get_absolute_url()).content.decode()
    seen = message.written_at.isoformat()
    assert f'name="seen" value="{seen}"' in looked_at
    actions.rewrite(message=message, groups=["waiting"], words=WORDS | FRENCH, by=cast.secretary("Another"))
    page = reverse("messaging:sending", args=[message.pk])
    answer = client.post(page, {"seen": seen}, follow=True)
    assert "It was changed since you looked at it." in answer.content.decode()
    for no_moment in ("2026-13-45T00:00", "yesterday"):
        answer = client.post(page, {"seen": no_moment}, follow=True)
        assert "It was changed since you looked at it." in answer.content.decode()
    message.refresh_from_db()
    assert message.is_draft


def test_what_is_many_is_handed_to_the_worker(session, by, monkeypatch):
    handed = []
    monkeypatch.setattr("messaging.actions.sending.AT_ONCE", 1)
    monkeypatch.setattr("messaging.views.publish", lambda task, pk: handed.append(pk))
    message, client = drafted(session, by), signed_in(by)
    answer = client.post(reverse("messaging:sending", args=[message.pk]), follow=True).content.decode()
    assert handed == [message.pk]
    assert "1 letter is written, of 3." in answer
    assert "<progress" in answer


def test_who_may_only_look_and_other_hosts(session, by):
    message = drafted(session, by)
    reader, other = signed_in(cast.reader()), signed_in(cast.coordinator(cast.host("cairo")))
    page = reader.get(message.get_absolute_url()).content.decode()
    assert "Bring your badge" in page
    assert "Send it" not in page
    assert reader.post(reverse("messaging:sending", args=[message.pk])).status_code == 403
    assert reader.get(reverse("messaging:new", args=[session.pk])).status_code == 403
    assert other.get(message.get_absolute_url()).status_code == 404
    assert other.post(reverse("messaging:sending", args=[message.pk])).status_code == 404
    message.refresh_from_db()
    assert message.is_draft


def test_the_letter_in_each_language_is_seen_before(session, by):
    message, client = drafted(session, by, words=WORDS | FRENCH), signed_in(by)
    letters = {
        code: client.get(reverse("messaging:letter", args=[message.pk, code]))
        for code in ("en", "fr", "es", "ar")
    }
    assert "sandbox" in letters["en"].headers["Content-Security-Policy"]
    assert "Apportez votre badge" in letters["fr"].content.decode()
    arabic = letters["ar"].content.decode()
    assert 'dir="rtl"' in arabic
    assert "Bring your badge" in arabic
    assert client.get(reverse("messaging:letter", args=[message.pk, "xx"])).status_code == 404
    sent_to_ben = sent(session, by, words=WORDS | FRENCH) and Letter.objects.get(
        person__name="Ben Okafor", kind="session_message"
    )
    person = sent_to_ben.person
    ours = letters["ar"].content.decode().replace("X" * 12, person.registrations.get().code)
    assert without_clocks(ours.replace(by.name, person.name)) == without_clocks(sent_to_ben.html)


def without_clocks(html: str) -> str:
    """But for the hours, which are each one's own."""
    start = html.index("<table")
    return html[:start] + html[html.index("</table>") :]


def test_the_pages_ask_the_same_however_much_there_is(session, by, django_assert_num_queries):
    client = signed_in(by)
    for number in range(3):
        actions.send(
            message=drafted(session, by, words={"en": {"subject": f"{number}", "text": "…"}}), by=by, now=NOW
        )
    draft = drafted(session, by)
    done = sent(session, by, words=WORDS | FRENCH)
    for page in (
        reverse("messaging:session", args=[session.pk]),
        reverse("messaging:new", args=[session.pk]),
        draft.get_absolute_url(),
        done.get_absolute_url(),
    ):
        client.get(page)
        with django_assert_num_queries(8):
            assert client.get(page).status_code == 200


# On the page of a registration


def page_of(registration, person=None) -> str:
    return signed_in(person or registration.person).get(registration.get_absolute_url()).content.decode()


def test_kept_messages_and_notes_stand_on_the_page_of_who_has_a_place(session, by):
    session.practical_notes_en = "Use the side door: https://example.org/door"
    session.save()
    amina = session.registrations.get(person__name="Amina Diallo")
    [waits] = registered(session, cast.person("Waits"), state="waiting")
    sent(session, by)
    sent(session, by, words=FRENCH | {"en": {"subject": "Not kept", "text": "Soon gone"}}, on_page=False)
    page = page_of(amina)
    assert "Messages from the host" in page
    assert "The door opens at 8." in page
    assert by.name not in page
    assert "Soon gone" not in page
    assert '<a href="https://example.org/door"' in page
    assert "The door opens at 8." in page_of(amina, by), "staff see it, too"
    assert "side door" not in page_of(waits)
    assert "The door opens at 8." not in page_of(waits)
    assert "The door opens at 8." not in Client().get(amina.get_absolute_url()).content.decode()
    waits.state, waits.confirmed_at = "confirmed", NOW
    waits.save()
    assert "side door" in page_of(waits)
    assert "The door opens at 8." in page_of(waits), "who is let in later reads what was kept"
    cancel(registration=waits, by=waits.person, now=NOW)
    assert "side door" not in page_of(waits)
    assert "The door opens at 8." not in page_of(waits)


def test_each_reads_them_in_their_language_and_whom_they_were_sent_to_keeps_them(session, by):
    ben = session.registrations.get(person__language="ar")
    [waited] = registered(session, cast.person("Waited", language="fr"), state="waiting")
    message = sent(session, by, groups=["waiting"], words=WORDS | FRENCH)
    waited.state, waited.confirmed_at = "confirmed", NOW
    waited.save()
    client, page = signed_in(waited.person), waited.get_absolute_url()
    assert "Apportez votre badge" in client.get(f"/fr{page}").content.decode()
    arabic = flat(client.get(f"/ar{page}").content.decode())
    assert 'lang="en" dir="auto">Bring your badge</h3>' in arabic
    assert "Bring your badge" not in page_of(ben)
    actions.withdraw(message=message, by=by)
    assert "Apportez votre badge" not in client.get(f"/fr{page}").content.decode()


def flat(html: str) -> str:
    return " ".join(html.split()).replace(" >", ">").replace("> ", ">").replace(" <", "<")


def test_what_staff_type_is_text_in_letters_and_pages(session, by):
    typed = "<script>alert(1)</script> https://example.org/?a=1&b=2"
    sent(session, by, words={"en": {"subject": "<b>Hello</b>", "text": typed}})
    registration = session.registrations.get(person__name="Amina Diallo")
    letter = Letter.objects.get(person=registration.person, kind="session_message")
    assert letter.subject == "<b>Hello</b>"
    assert typed in letter.text
    for html in (page_of(registration), letter.html):
        assert "<script>alert" not in html
        assert "<b>Hello" not in html
        assert '<a href="https://example.org/?a=1&amp;b=2"' in html


def test_the_latest_are_shown(session, by, monkeypatch):
    monkeypatch.setattr("messaging.actions.sending.MOST_OF_SESSION", 100)
    for number in range(SHOWN + 1):
        sent(session, by, words={"en": {"subject": f"News {number}.", "text": "…"}})
    page = flat(page_of(session.registrations.first()))
    assert f'dir="auto">News {SHOWN}.</h3>' in page
    assert 'dir="auto">News 0.</h3>' not in page


def test_messages_cost_the_page_three_queries(session, by, django_assert_num_queries):
    registration = session.registrations.first()
    with django_assert_num_queries(1):
        assert kept_for(registration) == []
    sent(session, by)
    sent(session, by, words=FRENCH | {"en": {"subject": "More", "text": "…"}})
    with django_assert_num_queries(3):
        assert len(kept_for(registration)) == 2


def test_a_message_stays_in_the_download_of_who_got_and_of_who_sent_it(session, by):
    sent(session, by)
    told = everything_about(by)["messages_to_people"]
    assert [(one["subject"], one["letters"]) for one in told] == [("Bring your badge", 3)]
    amina = session.registrations.get(person__name="Amina Diallo").person
    assert "Bring your badge" in [letter["subject"] for letter in everything_about(amina)["letters"]]
    assert everything_about(amina)["messages_to_people"] == []


def test_one_that_is_not_finished_needs_a_person(session, by):
    message = actions.send(message=drafted(session, by), by=by, now=NOW)
    client = signed_in(by)
    assert message.get_absolute_url() not in client.get("/admin/").content.decode()
    Message.objects.update(sent_at=NOW.replace(hour=8))
    page = client.get("/admin/").content.decode()
    assert message.get_absolute_url() in page
    assert "0 letters of 3 are written" in page
    elsewhere = signed_in(cast.coordinator(cast.host("cairo"))).get("/admin/").content.decode()
    assert message.get_absolute_url() not in elsewhere


def test_the_list_of_a_sessions_people_leads_to_writing_to_them(session, by):
    people = reverse("admin:registrations_registration_changelist")
    page = reverse("messaging:new", args=[session.pk])
    assert page in signed_in(by).get(f"{people}?session__id__exact={session.pk}").content.decode()
    assert "/messages/new/" not in signed_in(by).get(people).content.decode()
    reader = signed_in(cast.reader())
    assert page not in reader.get(f"{people}?session__id__exact={session.pk}").content.decode()
