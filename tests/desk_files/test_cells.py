"""Cells as programs and people write them: marks that nobody sees, other figures, truth, formulas, apostrophes."""

from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook

from accounts.models import Organization, User
from catalog.models import Session
from desk.export import defused
from desk_files.columns import CellRefused, same
from imports.kinds import kind_named
from imports.reading.values import country_in, undefused, zone_in
from tests import cast

from .making import done, looked, outcomes, read, told

pytestmark = pytest.mark.django_db
OF_PEOPLE = ("Name", "E-mail address", "Organization", "Post", "Profile", "Country")
OF_ORGANIZATIONS = ("Code", "Name", "Kind", "Country", "Region", "Names in other languages", "Latitude")
OF_ACTIVITIES = ("Title", "Format", "Host", "Self-paced", "Window opens", "Window closes", "Places")
ANA = ("Ana Lima", "ana@a.example", "Lima", "Planner", "technical staff", "Peru")
LISTED = {"ground": "named", "source": "A network"}


@pytest.fixture
def staff():
    cast.host("seoul", timezone="Asia/Seoul")
    return cast.secretary()


def column(kind: str, name: str):
    return next(one for one in kind_named(kind).columns if one.name == name)


def workbook(*rows) -> bytes:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("kind", "name", "cell", "is_read_as"),
    [
        ("activities", "places", "\u200e٣٠\u200f", "30"),
        ("activities", "places", "۴۵", "45"),
        ("activities", "self_paced", "VRAI", "yes"),
        ("activities", "self_paced", "FALSE", "no"),
        ("activities", "late_registration", "صواب", "yes"),
        ("activities", "leaves_out_excused", "Falso", "no"),
        ("activities", "format", "\u200fwebinar\u200e", "webinar"),
        ("activities", "timezone", "\u200eAfrica/Dakar\u200e", "Africa/Dakar"),
        ("activities", "starts_at", "٢٠٢٧-٠٣-٠١ ٠٩:٣٠", "2027-03-01 09:30"),
        ("activities", "starts_at", "2027-03-01T09:30:00.5", "2027-03-01 09:30"),
        ("activities", "registration_opens_at", "2027-03-01", "2027-03-01 00:00"),
        ("activities", "meetings_text", "\u200f٢٠٢٧-٠٣-٠١ ١٠:٠٠–١١:٣٠", "2027-03-01 10:00–11:30"),
        ("activities", "reminder_leads", "٦٠; 15", "15\n60"),
        ("organizations", "code", "\u200fdakar\u200e", "dakar"),
        ("organizations", "member_since", "٢٠٢٠-٠١-٠٢", "2020-01-02"),
        ("organizations", "latitude", "−١٫٩٥", "-1.95"),
        ("organizations", "longitude", "30,5", "30.5"),
        ("organizations", "country", "\u200fRwanda", "RW"),
        ("organizations", "name", "'=Sum", "=Sum"),
        ("organizations", "name", "''-Sum", "'-Sum"),
    ],
)
def test_is_read(kind, name, cell, is_read_as):
    assert column(kind, name).read_cell(cell) == is_read_as


@pytest.mark.parametrize(
    ("kind", "name", "cell"),
    [
        ("activities", "ends_at", "2027-03-01 10:00 PM"),
        ("activities", "starts_at", "2027-03-01 10:00 +09:00"),
        ("activities", "registration_closes_at", "2027-03-01T10:00Z"),
        ("activities", "registration_closes_at", "2027-03-01"),  # its beginning or its end?
        ("activities", "starts_at", "01/03/2027 10:00"),
        ("activities", "places", "1_0"),
        ("activities", "title_fr", "=A1&B1"),
        ("organizations", "latitude", "195"),
        ("organizations", "longitude", "-181"),
        ("organizations", "latitude", "nan"),
        ("organizations", "latitude", "1_0"),
        ("organizations", "name", ' =CONCAT(A2;" ";B2)'),
        ("people", "post", "=LOWER(C4)"),
    ],
)
def test_is_refused_and_never_guessed(kind, name, cell):
    with pytest.raises(CellRefused):
        column(kind, name).read_cell(cell)


@pytest.mark.parametrize(
    "text", ["'=x", "''+x", "'", "''", "'Abd", "-Foo", "' @x", "\u200b=x", "＝x", "O'x", "'＠", "'-'"]
)
def test_apostrophes_come_back_as_they_left(text):
    assert undefused(defused(text)) == text


@pytest.mark.parametrize("format", ["0", "1"])
def test_names_with_apostrophes_leave_and_come_again_unchanged(staff, format):
    client = Client()
    client.force_login(staff)
    for number, name in enumerate(("'=Sum", "'-Foo", "''+x", "'Abd", "Foo\u200f")):
        Organization.objects.create(
            name=name, slug=f"o-{number}", country="FR", region="europe", timezone="Europe/Paris"
        )
    form = {"format": format, "organizationresource_id": True, "resource": 0}
    answer = client.post(reverse("admin:accounts_organization_export"), form)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert {(one.outcome, one.changes) for one in looked(read("organizations", content, by=staff))} == {
        ("same", ())
    }


def test_marks_that_nobody_sees_are_no_difference():
    assert same("Water\u200f for\u00a0all", "\u200eWater for all")
    assert not same("Water", "Water!")


def test_a_workbook_with_truth_days_and_numbers_of_its_own(staff):
    row = ["Water", "webinar", "\u200fseoul", True, datetime(2027, 3, 1), datetime(2027, 3, 9, 10), 30.0]
    of = done(read("activities", workbook(OF_ACTIVITIES, row), by=staff))
    assert outcomes(of) == [("new", "")]
    session = Session.objects.get()
    assert (session.self_paced, session.places) == (True, 30)
    assert session.starts_at.isoformat() == "2027-02-28T15:00:00+00:00"


def test_what_a_formula_comes_to_is_asked_for(staff):
    rows = [
        ["Name", "Surname", *OF_PEOPLE[1:]],
        ["=A9", "Lima", *ANA[1:]],
        ["Bea", "Diaz", "bea@a.example", *ANA[2:]],
    ]
    of = read("people", workbook(*rows), by=staff, **LISTED)
    (outcome, why), second = told(of)
    assert (outcome, second) == ("refused", ("new", ""))
    assert "“=A9” is a formula" in why
    done(of)
    assert not User.objects.filter(name__startswith="=").exists()


def test_problems_name_the_column_in_the_language_of_the_page(staff):
    row = ("x" * 201, "ana@a.example", "y" * 201, "z" * 201, *ANA[4:])
    of = read("people", [row], OF_PEOPLE, by=staff, **LISTED)
    with translation.override("fr"):
        [(_outcome, why)] = told(of)
    assert all(f"{name}\u00a0:" in why for name in ("Nom", "Organisation", "Fonction"))
    of = read("activities", [("Water", "webinar", "seoul", "a/b")], (*OF_ACTIVITIES[:3], "Code"), by=staff)
    assert told(of)[0][1].startswith("Code:")


def test_a_short_name_in_a_language_that_has_a_column_is_led_there(staff):
    row = ("kigali", "Kigali", "member", "Rwanda", "Africa", "ko: 키갈리; ar: كيغالي", "")
    [(outcome, why)] = told(read("organizations", [row], OF_ORGANIZATIONS, by=staff))
    assert outcome == "refused"
    assert "“Name in Arabic”" in why


@pytest.mark.parametrize(
    ("cell", "code"), [("Cote d'Ivoire", "CI"), ("PERÚ", "PE"), ("Mexico", "MX"), ("\u200fرواندا", "RW")]
)
def test_countries_without_accents(cell, code):
    assert country_in(cell) == code


def test_a_zone_between_marks():
    assert zone_in("\u200eAmerica/Lima ") == "America/Lima"


def test_a_refused_formula_is_no_name_when_its_file_comes_again(staff):
    client = Client()
    client.force_login(staff)
    of = read("people", [("=A9&B9", *ANA[1:])], OF_PEOPLE, by=staff, **LISTED)
    again = client.get(reverse("imports:refused", args=[of.pk])).content
    [(outcome, why)] = told(read("people", again, by=staff, **LISTED))
    assert outcome == "refused"
    assert "is a formula" in why


@pytest.mark.parametrize("kind", ["people", "organizations"])
def test_the_sheet_with_known_headings_is_the_list(staff, kind):
    book, content = Workbook(), BytesIO()
    book.active.append(["Read me", "before you begin"])
    book.active.append(["One", "row for each"])
    book.create_sheet("Empty")
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    hidden.append(OF_PEOPLE)
    hidden.append(["Old Name", "old@a.example"])
    meant = book.create_sheet("List")
    headings = {"people": OF_PEOPLE, "organizations": OF_ORGANIZATIONS}[kind]
    meant.append(headings)
    meant.append({"people": ANA, "organizations": ("", "Kigali", "member", "Rwanda", "Africa", "", "")}[kind])
    book.save(content)
    assert told(read(kind, content.getvalue(), by=staff, **LISTED)) == [("new", "")]


def test_of_two_organizations_of_one_name_the_country_says_which(staff):
    for slug, country in (("lima", "PE"), ("lima-2", "US")):
        Organization.objects.create(
            name="Lima", slug=slug, country=country, region="africa", timezone="UTC", kind="member"
        )
    known = cast.person("Ana Lima", email="ana@a.example", member=False, organization_other="", country="US")
    done(read("people", [ANA, ("Bea", "bea@a.example", *ANA[2:])], OF_PEOPLE, by=staff, **LISTED))
    known.refresh_from_db()
    assert known.organization
    assert known.organization.slug == "lima-2"
    assert User.objects.get(email="bea@a.example").organization.slug == "lima"


@pytest.mark.parametrize("cell", ["'-Sum", "-Sum", "''@Sum", "'Abd"])
def test_a_file_of_refused_rows_that_comes_again_says_the_same(staff, cell):
    client = Client()
    client.force_login(staff)
    files, content = [], [("o-1", cell, "member", "Atlantis", "Africa", "", "")]
    for _time in range(2):
        of = read("organizations", content, OF_ORGANIZATIONS, by=staff)
        content = client.get(reverse("imports:refused", args=[of.pk])).content
        files.append(content.decode().splitlines()[1].split(",")[:6])
    assert files[0] == files[1]
