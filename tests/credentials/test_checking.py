"""The check page, for whoever has the code: each standing, what it never tells, names that are hidden, and guessing."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.erasing import erase_person
from catalog.certificate_rule import Certificate as Kind
from credentials import access, actions
from credentials.models import Certificate
from tests import cast
from tests.quick_visits import draw_nothing

from .making import DAY, granted_by_hand, registered

pytestmark = pytest.mark.django_db

WHY = "It was issued to another Amina."


def page_of(certificate: Certificate, language: str = "") -> str:
    return f"{'/' if language else ''}{language}/certificates/{certificate.code}/"


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)).strip()


def seen(certificate: Certificate, client: Client | None = None, **asked) -> str:
    answer = (client or Client()).get(page_of(certificate, **asked))
    assert answer.status_code == 200
    return words(answer.text)


def granted_to(amina: Certificate, name: str, why: str = "She led the visit.") -> Certificate:
    (registration,) = registered(amina.registration.session, cast.person(name))
    return granted_by_hand(registration=registration, kind=Kind.COMPLETION, why=why, by=cast.secretary())


# What it says


def test_whoever_has_the_code_sees_what_was_issued_and_that_it_stands(amina):
    text = seen(amina)
    for part in (
        "Valid",
        "It stands as it was issued.",
        "Certificate of participation",
        "Amina Diallo",
        "Water in dense cities",
        "Given by MITI Seoul",
        "When 8 December 2026",
        "What it asked for Present at the meeting",
        "Signed by Dr. Mina Park Director",
        "Issued on 9 December 2026 · edition 1",
        f"Code {amina.code[:4]}-{amina.code[4:8]}-{amina.code[8:]}",
    ):
        assert part in text, part


def test_what_staff_granted_says_why(amina):
    text = seen(granted_to(amina, "Ben Okafor"))
    assert "Certificate of completion" in text
    assert "Granted by the host She led the visit." in text
    assert "What it asked for" not in text


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Attestation de participation"), ("es", "Certificado de participación"), ("ar", "شهادة مشاركة")],
)
def test_it_is_said_in_each_language_and_a_title_that_has_no_words_there_says_which_it_has(
    amina, language, said
):
    text = seen(amina, language=language)
    assert said in text
    assert "Amina Diallo" in text
    assert (
        '<span lang="en" dir="auto">Water in dense cities</span>'
        in Client().get(page_of(amina, language)).text
    )


def test_it_is_found_by_no_search_kept_by_no_cache_and_told_to_no_other_site(amina):
    answer = Client().get(page_of(amina))
    assert answer["X-Robots-Tag"] == "noindex, noarchive"
    assert '<meta name="robots" content="noindex, noarchive">' in answer.text
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Referrer-Policy"] == "same-origin"
    assert amina.code not in Client().get("/sitemap.xml").text


# Standings


def test_withdrawn_it_says_since_when_and_never_why(amina, by):
    actions.withdraw(certificate=amina, why=WHY, by=by, now=amina.issued_at + DAY)
    text = seen(amina)
    assert "Withdrawn: no longer valid" in text
    assert "The host withdrew this certificate on 10 December 2026." in text
    assert "It stands" not in text
    assert WHY not in text


def test_replaced_it_leads_to_the_newest_edition_and_says_the_old_name_no_more(amina, owner, by):
    second = actions.correct_name(certificate=amina, name="Aminata Diallo Sow", by=owner, now=amina.issued_at)
    third = actions.correct_name(certificate=second, name="Aminata Sow", by=by, now=amina.issued_at)
    for old in (amina, second):
        answer = Client().get(page_of(old))
        assert "Replaced by a newer edition" in words(answer.text)
        assert page_of(third) in answer.text
        assert "Diallo" not in answer.text
        assert "Sow" not in answer.text
    assert "Valid" in seen(third)
    assert "edition 3" in seen(third)


def test_one_that_was_replaced_says_not_why_it_was_granted_for_the_reason_may_hold_the_old_name(amina, by):
    old = granted_to(amina, "Chloe Dubois", why="Chloe Dubois led the visit.")
    new = actions.correct_name(certificate=old, name="Chloé Dubois", by=by)
    assert "Chloe" not in Client().get(page_of(old)).text
    assert "led the visit" in seen(new)


def test_erased_it_says_so_and_whose_it_was_is_not_known(amina, owner):
    erase_person(person=owner, by=owner)
    answer = Client().get(page_of(amina))
    text = words(answer.text)
    assert "The person’s data were erased at their wish" in text
    assert "Water in dense cities" in text
    assert "It stands" not in text
    assert "Amina" not in answer.text
    assert "Name on the document" not in text


def test_erased_it_does_not_say_that_the_rule_was_met_for_why_it_was_granted_is_forgotten(amina):
    granted = granted_to(amina, "Ben Okafor", why="Ben led the visit.")
    erase_person(person=granted.registration.person, by=cast.secretary())
    text = seen(granted)
    assert "What it asked for" not in text
    assert "led the visit" not in text
    assert "Sign in to" not in text


def test_erased_after_it_was_withdrawn_it_is_withdrawn_first(amina, owner, by):
    actions.withdraw(certificate=amina, why=WHY, by=by)
    erase_person(person=owner, by=owner)
    text = seen(amina)
    assert "Withdrawn: no longer valid" in text
    assert "erased at their wish" in text
    assert "Amina" not in text


# What it never tells


def test_it_never_tells_more_of_a_person_than_the_document_does(amina, owner, by):
    registration = amina.registration
    Certificate.objects.update(doubted_at=timezone.now())
    replaced = granted_to(amina, "Chloe Dubois")
    actions.correct_name(certificate=replaced, name="Chloé Dubois", by=by)
    withdrawn = granted_to(amina, "Ben Okafor")
    actions.withdraw(certificate=withdrawn, why=WHY, by=by)
    people = [one.registration.person for one in (amina, replaced, withdrawn)]
    stranger = Client()
    stranger.force_login(cast.person("A Stranger"))
    for client in (Client(), stranger):
        for one in (amina, replaced, withdrawn):
            html = client.get(page_of(one)).text
            main = html[html.index("<main") : html.index("</main>")]
            for person in people:
                assert person.email not in html
                assert person.organization.name not in html
            for secret in (
                registration.code,
                one.registration.code,
                WHY,
                "doubt",
                "corrected since",
                "Present on",
                "/name/",
                "visibility",
                ".pdf",
                "/admin/",
            ):
                assert secret not in main, secret


# Names that are hidden


@pytest.fixture
def hidden(amina, owner):
    actions.show_name(certificate=amina, shown=False, by=owner)
    return amina


def test_hidden_the_name_is_typed_and_told_whether_it_is_that_one(hidden):
    client = Client(enforce_csrf_checks=False)
    page = client.get(page_of(hidden))
    assert "Amina" not in page.text
    assert "Diallo" not in page.text
    assert "The owner does not show the name here." in words(page.text)
    right = client.post(page_of(hidden), {"name": "amina  DIÁLLO"})
    assert right.status_code == 200
    assert "Yes: “ amina DIÁLLO ” is the name on this certificate." in words(right.text)
    assert "Amina Diallo" not in right.text, "it is said as it was typed"
    wrong = client.post(page_of(hidden), {"name": "Ben Okafor"})
    assert "No: “ Ben Okafor ” is not the name on this certificate." in words(wrong.text)
    assert "Diallo" not in wrong.text
    assert client.post(page_of(hidden), {"name": " "}).status_code == 422


def test_hidden_from_others_the_owner_reads_it_and_so_do_staff_of_the_host_alone(hidden, owner):
    host = hidden.registration.session.activity.host
    client = Client()
    for person, sees in (
        (owner, True),
        (cast.coordinator(host), True),
        (cast.coordinator(cast.host("cairo")), False),
        (cast.person("A Stranger"), False),
    ):
        client.force_login(person)
        assert ("Amina Diallo" in seen(hidden, client)) == sees, person


def test_hidden_a_reason_that_holds_the_name_is_not_shown_either(amina, by):
    one = granted_to(amina, "Chloe Dubois", why="Ms. DUBOIS led the visit.")
    assert "DUBOIS" in seen(one)
    actions.show_name(certificate=one, shown=False, by=one.registration.person)
    assert "DUBOIS" not in Client().get(page_of(one)).text


def test_a_name_sent_where_it_is_shown_is_not_compared(amina):
    answer = Client().post(page_of(amina), {"name": "Ben"})
    assert "is not the name" not in words(answer.text)


# Codes, as they are typed


@pytest.mark.parametrize("how", ["{a}-{b}-{c}", "{a} {b} {c}", "{a}{b}{c}"])
def test_a_code_is_found_with_dashes_blanks_and_small_letters(amina, how):
    code = amina.code
    typed = how.format(a=code[:4], b=code[4:8], c=code[8:]).lower()
    client = Client()
    for answer in (
        client.get("/certificates/", {"code": f" {typed} "}),
        client.get(f"/certificates/{typed}/"),
    ):
        assert answer.status_code == 302
        assert answer.url == page_of(amina)


def test_the_field_is_there_for_everybody_and_linked_from_the_foot_of_each_page(client):
    page = client.get("/certificates/")
    assert "Check a certificate" in words(page.text)
    assert "noindex" not in page.text
    assert 'href="/certificates/"' in client.get("/").text
    assert client.get("/certificates/", {"code": " "}).status_code == 422


def test_a_code_that_is_nobodys_is_told_so(client, amina):
    for answer in (client.get("/certificates/", {"code": "ABC"}), client.get("/certificates/BCDFGHJKMNPQ/")):
        assert answer.status_code == 404
        assert "There is no certificate with this code." in words(answer.text)
        assert answer.context["form"]["code"].value() in ("ABC", "BCDFGHJKMNPQ")


# Guessing


def test_a_training_room_of_sixty_behind_one_network_checks_and_mistypes_as_people_do(amina, monkeypatch):
    draw_nothing(monkeypatch)
    for person in range(60):
        client = Client()
        for _mistyped in range(person % 4):
            assert client.get("/certificates/", {"code": f"WRONG{person}"}).status_code == 404
        assert client.get(page_of(amina)).status_code == 200


def test_wrong_codes_of_a_network_are_counted_and_right_ones_never(amina, monkeypatch):
    monkeypatch.setitem(access.WRONG_CODES, "wrong_code_unnamed", "5/h/ip,1000/h/key")
    client = Client()
    for _right in range(20):
        assert client.get(page_of(amina)).status_code == 200
    for wrong in range(5):
        assert client.get(f"/certificates/ZZZZ{wrong}/").status_code == 404
    assert client.get("/certificates/ZZZZ/").status_code == 429
    assert client.get(page_of(amina)).status_code == 429
    assert client.get("/certificates/", {"code": amina.code}).status_code == 429
    assert client.get("/certificates/").status_code == 200
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get(page_of(amina)).status_code == 200
    client.force_login(cast.person("Neighbor"))
    assert client.get(page_of(amina)).status_code == 200, "who is signed in is counted by themselves"


def test_wrong_codes_of_all_networks_together_are_counted_but_for_who_is_signed_in(amina, owner, monkeypatch):
    monkeypatch.setitem(access.WRONG_CODES, "wrong_code_unnamed", "100/h/ip,5/h/key")
    for wrong in range(5):
        assert Client(REMOTE_ADDR=f"203.0.113.{wrong}").get("/certificates/ZZZZ/").status_code == 404
    assert Client(REMOTE_ADDR="198.51.100.7").get(page_of(amina)).status_code == 429
    client = Client()
    client.force_login(owner)
    assert client.get(page_of(amina)).status_code == 200


def test_one_network_alone_never_closes_the_page_to_all():
    by_network, of_all = (
        int(limit.split("/")[0]) for limit in access.WRONG_CODES["wrong_code_unnamed"].split(",")
    )
    assert of_all > 50 * by_network


def test_wrong_codes_of_one_person_stop_nobody_else(amina, monkeypatch):
    monkeypatch.setitem(access.WRONG_CODES, "wrong_code", "3/10m/key,600/h/ip")
    client, other = Client(), Client()
    client.force_login(cast.person("Guesser"))
    other.force_login(cast.person("Neighbor"))
    for _wrong in range(3):
        assert client.get("/certificates/ZZZZ/").status_code == 404
    assert client.get(page_of(amina)).status_code == 429
    assert other.get(page_of(amina)).status_code == 200


def test_wrong_names_are_counted_for_each_certificate_and_right_ones_never(hidden, monkeypatch):
    monkeypatch.setattr(access, "WRONG_NAMES", "4/h/key,300/h/ip")
    client = Client()
    for _right in range(10):
        assert client.post(page_of(hidden), {"name": "Amina Diallo"}).status_code == 200
    for wrong in range(4):
        assert client.post(page_of(hidden), {"name": f"Somebody {'abcd'[wrong]}"}).status_code == 200
    assert client.post(page_of(hidden), {"name": "Amina Diallo"}).status_code == 429
    assert (
        Client(REMOTE_ADDR="203.0.113.9").post(page_of(hidden), {"name": "Amina Diallo"}).status_code == 429
    )
    assert client.get(page_of(hidden)).status_code == 200, "what it says without the name is still read"
    other = granted_to(hidden, "Ben Okafor")
    actions.show_name(certificate=other, shown=False, by=other.registration.person)
    assert client.post(page_of(other), {"name": "Ben Okafor"}).status_code == 200


def test_wrong_names_of_a_network_are_counted_whatever_the_certificate(hidden, monkeypatch):
    monkeypatch.setattr(access, "WRONG_NAMES", "100/h/key,2/h/ip")
    other = granted_to(hidden, "Ben Okafor")
    actions.show_name(certificate=other, shown=False, by=other.registration.person)
    for one in (hidden, other):
        assert Client().post(page_of(one), {"name": "Somebody"}).status_code == 200
    assert Client().post(page_of(other), {"name": "Ben Okafor"}).status_code == 429
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post(page_of(other), {"name": "Ben Okafor"}).status_code == 200


# What it costs


def test_it_asks_as_often_of_the_third_edition_as_of_the_second(amina, owner, by, django_assert_num_queries):
    with django_assert_num_queries(1):
        Client().get(page_of(amina))
    second = actions.correct_name(certificate=amina, name="Aminata", by=owner, now=amina.issued_at)
    for old, new in ((amina, second), (second, None)):
        with django_assert_num_queries(2):
            Client().get(page_of(old))
        if new:
            actions.correct_name(certificate=new, name="Amy", by=by, now=amina.issued_at)
    client, third = Client(), Certificate.objects.latest("edition")
    client.force_login(owner)
    with django_assert_num_queries(5):  # the session, the person, the certificate, its editions, its badge
        client.get(page_of(third))
