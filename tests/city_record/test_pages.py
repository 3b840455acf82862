"""The record of a city as a page, on paper and as a spreadsheet; who may see it; and what the public page tells of it."""

import io
import re
from datetime import date

import openpyxl
import pikepdf
import pypdf
import pytest
import time_machine
from auditlog.models import LogEntry
from django.utils import translation

from city_record import actions
from city_record.models import Belonging
from city_record.paper import paper
from city_record.words import record_of
from desk.history import deed
from focal_points.actions import end as end_focal_point
from focal_points.actions import name as name_focal_point
from tests import cast
from tests.kept import forget_pages
from tests.made_once import made_once

from .making import HOUR, NOW, its_people, learned, looked_after

pytestmark = pytest.mark.django_db

PAGE = "/members/dakar/record/"
FILES = ("/members/dakar/record.pdf", "/members/dakar/record.xlsx")


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup, django_db_blocker):
    """Dakar: twelve people in 2026, two of them named; three in 2024 and four in 2025."""
    with time_machine.travel(NOW, tick=False), made_once(django_db_blocker):
        people = its_people(12)
        for name, one in zip(("Amina Diallo", "=1+1 Bo Chen"), people, strict=False):
            one.name = name
            one.save()
        learned(people, topics=[cast.topic("Mobility")], certified=people)
        learned(people[:3], year=2024)
        learned(people[3:7], year=2025)
        looked_after()
        for one in people[:2]:
            actions.agree(person=one, organization=cast.organization(), wording="I agree")
        yield people


@pytest.fixture(autouse=True)
def in_december():
    forget_pages()
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def marta(client):
    person = cast.secretary()
    client.force_login(person)
    return person


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def figures(page: str) -> list[list[str]]:
    lists = re.findall(r'<ul class="figures">(.*?)</ul>', page, re.DOTALL)
    return [re.findall(r'figures-value">\s*(\d+)', one) for one in lists]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def rows_of(xlsx: bytes, sheet: int = 0) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets[sheet].values)


def test_page_paper_and_spreadsheet_tell_the_same_numbers(client, marta):
    page = client.get(PAGE)
    assert re.findall(r'id="years-\d">([^<]+)', page.content.decode()) == ["2026", "2024–2025"]
    assert figures(page.content.decode()) == [["12", "24", "12"], ["7", "14", "0"]]
    paper, sheet = (client.get(address).content for address in FILES)
    assert "12 people trained · 24 hours · 12 certificates" in text_of(paper)
    assert "7 people trained · 14 hours · 0 certificates" in text_of(paper)
    assert rows_of(sheet)[2:] == [
        ("Years", "People trained", "Hours", "Certificates", "Topics"),
        ("2026", 12, 24, 12, "Mobility"),
        ("2024–2025", 7, 14, 0, "Mobility"),
    ]
    for answer in (words(page), text_of(paper), str(rows_of(sheet))):
        assert "Amina" not in answer
    assert not LogEntry.objects.filter(additional_data__done="record opened").exists()


def test_names_are_asked_for_and_noted(client, marta):
    for address in (PAGE, *FILES):
        answer = client.post(address)
        assert answer.status_code == 200
    page = words(client.post(PAGE))
    for name in ("Amina Diallo", "=1+1 Bo Chen", "Water in 2024", "Certificate of participation"):
        assert name in page
    assert "Official" not in page
    entries = LogEntry.objects.get_for_object(cast.organization()).filter(
        additional_data__done="record opened"
    )
    assert {(one.actor, one.additional_data["people"]) for one in entries} == {(marta, 2)}
    assert entries.count() == 4
    assert deed(entries[0]) == "Organization “Dakar”: record opened, with the names of people"


def test_a_spreadsheet_with_names_holds_no_formula(client, marta):
    people = rows_of(client.post(FILES[1]).content, sheet=1)
    assert [row[0] for row in people[1:]] == [
        "'=1+1 Bo Chen",
        "'=1+1 Bo Chen",
        "Amina Diallo",
        "Amina Diallo",
    ]
    assert people[-2][1:] == (
        "Water in 2026",
        "MITI Seoul",
        people[-2][3],
        people[-2][4],
        1,
        2,
        "Certificate of participation",
    )


def test_who_takes_it_back_is_gone_at_once(client, marta, world):
    client.force_login(world[0])
    client.post("/me/record/cities/", {"take_back": cast.organization().pk})
    client.force_login(marta)
    assert "Amina Diallo" not in words(client.post(PAGE))


@pytest.mark.parametrize("who", ["visitor", "official", "coordinator", "reader", "of_the_city"])
def test_nobody_else_sees_it(client, who, world):
    people = {
        "official": lambda: cast.person("Curious Official"),
        "coordinator": cast.coordinator,
        "reader": cast.reader,
        "of_the_city": lambda: world[3],
    }
    if who != "visitor":
        client.force_login(people[who]())
    for address in (PAGE, *FILES):
        for method in (client.get, client.post):
            assert method(address).status_code == (302 if who == "visitor" else 404)
    page = client.get("/members/dakar/").content.decode()
    assert PAGE not in page


def test_a_focal_point_sees_their_own_city_until_their_term_ends(client, marta, world):
    point, dakar = world[7], cast.organization()
    named = name_focal_point(person=point, organization=dakar, last_day=date(2027, 6, 1), by=marta)
    cast.organization("Accra")
    client.force_login(point)
    lists = client.get("/endorsements/").content.decode()
    assert PAGE in lists
    assert figures(lists) == [["12", "24", "12"]]
    for address in (PAGE, *FILES):
        assert client.get(address).status_code == client.post(address).status_code == 200
    assert client.get("/members/accra/record/").status_code == 404
    entry = LogEntry.objects.get_for_object(dakar).filter(additional_data__done="record opened").first()
    assert entry.actor == point
    end_focal_point(focal_point=named, by=marta)
    for address in (PAGE, *FILES):
        assert client.get(address).status_code == client.post(address).status_code == 404


def test_a_focal_point_signs_in_anew_after_twelve_hours(client, marta, world, time_machine):
    point = world[7]
    name_focal_point(person=point, organization=cast.organization(), last_day=date(2027, 6, 1), by=marta)
    for address in (PAGE, *FILES):
        time_machine.move_to(NOW)
        client.force_login(point)
        for hours, status in ((11, 200), (13, 302)):
            time_machine.move_to(NOW + hours * HOUR)
            answer = client.post(address)
            assert answer.status_code == status
        assert "/accounts/login/" in answer["Location"]


def test_a_city_of_which_nothing_may_be_told_says_so(client, marta):
    cast.organization("Accra")
    assert "No numbers yet" in words(client.get("/members/accra/record/"))
    assert "Numbers appear once five people" in text_of(client.get("/members/accra/record.pdf").content)
    assert client.get("/members/nowhere/record/").status_code == 404


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_paper_is_tagged_and_in_the_readers_language(language):
    with translation.override(language):
        made = paper(record_of(cast.organization(), by_name=True), now=NOW)
        assert made == paper(record_of(cast.organization(), by_name=True), now=NOW)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert "Dakar" in str(pdf.docinfo.Title)
    assert "Amina Diallo" in text_of(made)


class TestPublicPage:
    """No number there that is not in the record."""

    def test_it_tells_the_same_numbers_and_no_names(self, client, django_assert_num_queries):
        with django_assert_num_queries(13):
            page = client.get("/members/dakar/")
        assert figures(page.content.decode()) == [["12", "24", "12"], ["7", "14", "0"]]
        assert "Amina" not in words(page)
        with django_assert_num_queries(0):
            client.get("/members/dakar/")

    def test_while_nothing_may_be_told_it_is_silent(self, client):
        Belonging.objects.update(counted_at=None)
        assert "What it learned" not in words(client.get("/members/dakar/"))

    def test_it_invites_each_reader_to_what_is_next_for_them(self, client, marta, world):
        seen = {}
        for name, person in (
            ("confirmed", world[3]),
            ("claimed", cast.person("New Here")),
            ("other", cast.person("Of None", member=False)),
            ("staff", marta),
        ):
            client.force_login(person)
            seen[name] = client.get("/members/dakar/").content.decode()
        client.logout()
        forget_pages()
        seen["visitor"] = client.get("/members/dakar/").content.decode()
        leads = {
            name: [
                address
                for address in ("/accounts/profile/", "/me/organizations/", "/me/record/cities/", PAGE)
                if f'href="{address}"' in page.partition("own-title")[2].partition("</section>")[0]
            ]
            for name, page in seen.items()
        }
        assert leads == {
            "visitor": ["/accounts/profile/"],
            "other": ["/accounts/profile/"],
            "claimed": ["/me/organizations/"],
            "confirmed": ["/me/record/cities/"],
            "staff": ["/accounts/profile/", PAGE],
        }


class TestOwnPage:
    def test_one_agrees_and_takes_it_back(self, client, world):
        person, dakar = world[5], cast.organization()
        client.force_login(person)
        page = words(client.get("/me/record/cities/"))
        assert "It does not see your name." in page
        assert "This it would see of you" in page
        page = words(client.post("/me/record/cities/", {"agree": dakar.pk}, follow=True))
        assert "Dakar sees your name and what you learned" in page
        assert "This it sees of you" in page
        consent = person.consents.get()
        assert "The focal points of Dakar and the secretariat see my name" in consent.wording
        client.post("/me/record/cities/", {"take_back": dakar.pk})
        consent.refresh_from_db()
        assert consent.withdrawn_at is not None

    def test_nobody_agrees_to_a_city_of_others_or_to_nothing(self, client, world):
        accra = cast.organization("Accra")
        client.force_login(world[5])
        for number in (accra.pk, "x", "", "9" * 30):
            assert client.post("/me/record/cities/", {"agree": number}).status_code == 404
        assert client.post("/me/record/cities/", {}).status_code == 302
        assert not world[5].consents.exists()

    def test_ones_own_record_leads_there_and_who_has_no_city_reads_so(self, client):
        client.force_login(cast.person("Of None", member=False))
        assert "/me/record/cities/" in client.get("/me/record/").content.decode()
        assert "You act for no organization that is listed here." in words(client.get("/me/record/cities/"))

    def test_the_desk_names_the_city_of_a_consent(self, client, marta):
        page = words(client.get("/admin/accounts/consent/"))
        assert "my name in what my city learned Dakar" in page
