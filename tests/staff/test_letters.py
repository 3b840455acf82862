"""Letters as staff follow them."""

from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from outbox.kinds import known_kinds
from outbox.models import Letter
from registrations.models import Registration
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


@pytest.fixture
def letter() -> Letter:
    cast.register(
        cast.session(cast.activity("Water in dense cities")),
        cast.person("Ada Mensah", email="ada@city.example"),
    )
    return Letter.objects.get(to="ada@city.example")


def page_of(letter: Letter, name: str = "change") -> str:
    return reverse(f"admin:outbox_letter_{name}", args=[letter.pk])


def step_page(noun: str, *letters: Letter) -> str:
    return f"{reverse(f'admin:outbox_letter_{noun}')}?ids={','.join(str(letter.pk) for letter in letters)}"


def now_is(letter: Letter, **facts: Any) -> None:
    Letter.objects.filter(pk=letter.pk).update(**facts)


def test_the_list_is_searched_and_filtered_by_state(client: Client, letter: Letter) -> None:
    page = reverse("admin:outbox_letter_changelist")
    assert [row.pk for row in client.get(page, {"q": "ada@city"}).context["cl"].result_list] == [letter.pk]
    assert list(client.get(page, {"state__exact": "failed"}).context["cl"].result_list) == []
    now_is(letter, state="failed", last_error="550 no such box")
    assert [row.pk for row in client.get(page, {"state__exact": "failed"}).context["cl"].result_list] == [
        letter.pk
    ]
    assert "550 no such box" in client.get(page_of(letter)).content.decode()


def test_the_page_shows_what_the_letter_says(client: Client, letter: Letter) -> None:
    text = client.get(page_of(letter)).content.decode()
    assert "Water in dense cities" in text
    assert f'src="{page_of(letter, "look")}"' in text


def test_the_look_of_a_letter_has_no_rights(client: Client, letter: Letter) -> None:
    now_is(letter, html='<p style="color: red">Hello</p><script>alert(1)</script>')
    answer = client.get(page_of(letter, "look"))
    assert answer.content.decode().startswith("<p style")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_letter_that_opens_a_door_is_shown_to_nobody(client: Client, letter: Letter) -> None:
    now_is(
        letter, secret=True, subject="1234-5678 is your code", text="Code 1234-5678", html="<p>1234-5678</p>"
    )
    for page in (page_of(letter), reverse("admin:outbox_letter_changelist")):
        assert "1234-5678" not in client.get(page).content.decode()
    assert client.get(page_of(letter, "look")).status_code == 404
    # Nor can a code be guessed by searching for it.
    page = reverse("admin:outbox_letter_changelist")
    assert list(client.get(page, {"q": "1234"}).context["cl"].result_list) == []
    assert [row.pk for row in client.get(page, {"q": "ada@city"}).context["cl"].result_list] == [letter.pk]


@pytest.mark.parametrize("noun", ["resending", "stopping"])
def test_steps_do_not_tell_a_code_either(client: Client, letter: Letter, noun: str) -> None:
    now_is(letter, secret=True, subject="1234-5678 is your code", text="Code 1234-5678")
    assert "1234-5678" not in client.get(step_page(noun, letter)).content.decode()


def test_stop_keeps_a_waiting_letter_from_going(client: Client, letter: Letter) -> None:
    assert Letter.objects.get(pk=letter.pk).state == "waiting"
    client.get(step_page("stopping", letter))
    assert Letter.objects.get(pk=letter.pk).state == "waiting"
    client.post(step_page("stopping", letter))
    stopped = Letter.objects.get(pk=letter.pk)
    assert (stopped.state, stopped.stopped_by.name) == ("stopped", "Marta Soler")
    history = client.get(page_of(letter, "history")).content.decode()
    assert "Marta Soler" in history
    assert "stopped" in history


def test_resend_lets_go_what_was_given_up(client: Client, letter: Letter) -> None:
    now_is(letter, state="failed", attempts=8)
    assert "1 person will be written to" in client.get(step_page("resending", letter)).content.decode()
    client.post(step_page("resending", letter))
    again = Letter.objects.get(pk=letter.pk)
    assert (again.state, again.attempts, again.resent_by.name) == ("waiting", 0, "Marta Soler")


def test_resending_what_arrived_sends_a_copy(client: Client, letter: Letter) -> None:
    now_is(letter, state="sent", sent_at=timezone.now())
    assert "a copy will go to ada@city.example" in client.get(step_page("resending", letter)).content.decode()
    client.post(step_page("resending", letter))
    assert Letter.objects.get(copy_of=letter).to == "ada@city.example"


def test_what_cannot_be_done_is_said(client: Client, letter: Letter) -> None:
    now_is(letter, state="sent", sent_at=timezone.now())
    question = client.get(step_page("stopping", letter)).content.decode()
    assert "can no longer be stopped" in question
    assert "There is nothing to do here." in question
    with transaction.atomic():
        client.post(step_page("stopping", letter))
    assert Letter.objects.get(pk=letter.pk).state == "sent"


def test_letters_are_not_written_by_hand(client: Client, letter: Letter) -> None:
    assert client.get(reverse("admin:outbox_letter_add")).status_code == 403
    assert client.post(page_of(letter), {"subject": "Other"}).status_code == 403
    assert client.post(page_of(letter, "delete"), {"post": "yes"}).status_code == 403


def test_the_list_speaks_in_words_and_filters_by_them(client: Client, letter: Letter) -> None:
    address = reverse("admin:outbox_letter_changelist")
    page = client.get(address, {"kind__exact": "confirmation", "language__exact": "en", "copy": "no"})
    assert [row.pk for row in page.context["cl"].result_list] == [letter.pk]
    text = page.content.decode()
    assert '<td class="field-kind_shown">Place confirmed</td>' in text
    assert '<td class="field-language_shown">English</td>' in text
    for question in ({"kind__exact": "promotion"}, {"language__exact": "fr"}, {"copy": "yes"}):
        assert not client.get(address, question).context["cl"].result_list


def test_every_kind_of_letter_has_its_words() -> None:
    """A kind's templates are named for it; those of proposals without their room."""
    mail = settings.BASE_DIR / "templates" / "mail"
    of_templates = {path.name.removesuffix(".subject.txt") for path in mail.rglob("*.subject.txt")}
    elsewhere = {"confirm_address": "confirm", "continue": "continue", "ask_to_join": "join"}
    proposals = {
        path.name.removesuffix(".subject.txt") for path in (mail / "proposals").glob("*.subject.txt")
    }
    kinds = (of_templates - proposals) | {f"proposal_{elsewhere.get(name, name)}" for name in proposals}
    assert kinds <= {kind for kind, _name in known_kinds()}


def test_from_a_session_to_its_letters_in_all_languages() -> None:
    session, other = cast.session(cast.activity("Water")), cast.session(cast.activity("Water"))
    for language in ("en", "fr", "ar"):
        cast.register(session, cast.person(f"Reader of {language}", language=language))
    cast.register(other, cast.person("Somebody else"))
    client = Client()
    client.force_login(cast.coordinator(session.activity.host))
    page = client.get(reverse("admin:catalog_session_change", args=[session.pk])).content.decode()
    address = f"{reverse('admin:outbox_letter_changelist')}?session={session.pk}"
    assert address in page
    assert {row.language for row in client.get(address).context["cl"].result_list} == {"en", "fr", "ar"}
    for nobody in ("999999", "²", "x", "1" * 30):
        answer = client.get(reverse("admin:outbox_letter_changelist"), {"session": nobody})
        assert list(answer.context["cl"].result_list) == []


def test_coordinators_see_and_send_again_the_letters_of_their_own_host() -> None:
    own, foreign = (cast.session(cast.activity(slug, host=cast.host(slug))) for slug in ("seoul", "cairo"))
    for session in (own, foreign):
        cast.register(session, cast.person(f"Reader of {session.activity}"))
    letter, foreign_letter = (
        Letter.objects.get(about=f"registration {session.registrations.get().pk}")
        for session in (own, foreign)
    )
    client = Client()
    client.force_login(cast.coordinator(cast.host("seoul")))
    listed = client.get(reverse("admin:outbox_letter_changelist")).context["cl"].result_list
    assert [row.pk for row in listed] == [letter.pk]
    assert client.post(step_page("resending", foreign_letter)).status_code == 404
    now_is(letter, state="failed")
    assert client.post(step_page("resending", letter)).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "waiting"
    reader = Client()
    reader.force_login(cast.reader())
    assert reader.post(step_page("resending", letter)).status_code == 403


def test_staff_of_a_host_follow_and_do_not_read_the_letters_to_whom_they_may_not_see_yet() -> None:
    """A letter says a name and a language: an address out of a list would tell whom the station knew."""
    host = cast.host("cairo")
    session = cast.session(cast.activity("Rain gardens", host=host))
    seen = cast.register(session, cast.person("Ada Seen"))
    unseen = cast.person("Zyx Unseen", email="z@city.example", language="fr")
    registration = cast.register(session, unseen)
    Registration.objects.filter(pk=registration.pk).update(discloses=False)
    hidden, shown = unseen.letters.get(), seen.person.letters.get()

    def told(by: User) -> tuple[list[int], bool, int, bool]:
        client = Client()
        client.force_login(by)
        found = client.get("/admin/search/", {"q": "Unseen"}).context["found"]
        page, in_list = client.get(page_of(hidden)).text, client.get("/admin/outbox/letter/").text
        own = client.get(f"/admin/registrations/registration/{registration.pk}/change/").text
        step = client.get(step_page("resending", hidden)).text
        texts = page + in_list + step + client.get("/admin/outbox/letter/", {"q": "z@city"}).text
        look = client.get(f"/admin/outbox/letter/{hidden.pk}/look/").status_code
        assert "z@city.example" in page
        assert "z@city.example" in in_list
        assert shown.subject in in_list
        hits = [hit.address for one in found if one.name == "Letters" for hit in one.hits]
        return hits, "Zyx" in texts, look, hidden.subject in texts + own

    assert told(cast.coordinator(host)) == ([], False, 404, False)
    hits, named, look, subject = told(cast.secretary())
    assert (len(hits), named, look, subject) == (1, True, 200, True)
