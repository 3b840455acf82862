"""The list of registrations as a file: safe in a spreadsheet, of one's own hosts, and written down."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import translation

from catalog.models import Session
from desk import export
from desk.export import defused
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "\u200b=1", "=cmd|'/c calc'!A1"],
)
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "3-4", "2026-12-01 10:00 +09:00", "a=b", "’Alī", "住房"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert defused(text) == text


def exported(client: Client, kind: str, **question: Any) -> Any:
    page = f"{reverse('admin:registrations_registration_export')}"
    asked = "&".join(f"{name}={value}" for name, value in question.items())
    return client.post(f"{page}?{asked}", {"format": "0" if kind == "csv" else "1", "resource": "0"})


@pytest.fixture
def dangerous() -> Session:
    session = cast.session(
        cast.activity('=HYPERLINK("https://evil.example")', host=cast.host("seoul")),
        starts_at=datetime(2031, 1, 15, 1, 0, tzinfo=UTC),
        places=1,
    )
    cast.register(session, cast.person("=1+1", post="@SUM(A1:A9)"), note="-2+3\x07")
    cast.register(session, cast.person("陈 家豪, “Ñandú”"))
    return session


def test_csv_opens_right_and_runs_nothing(client: Client, dangerous: Session) -> None:
    answer = exported(client, "csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 2
    by_name = {row["Name"]: row for row in rows}
    bad, good = by_name["'=1+1"], by_name["陈 家豪, “Ñandú”"]
    assert bad["Post"] == "'@SUM(A1:A9)"
    assert bad["Note to the host"] == "'-2+3\N{REPLACEMENT CHARACTER}"
    assert bad["Activity"].startswith("'=HYPERLINK")
    assert bad["Starts"] == "2031-01-15 10:00 +09:00"
    assert bad["Time zone"] == "Asia/Seoul"
    assert (good["State"], good["Position in the waiting list"]) == ("on the waiting list", "1")
    dangerous_cells = [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]
    assert dangerous_cells == []


def test_xlsx_holds_texts_only(client: Client, dangerous: Session) -> None:
    answer = exported(client, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert len(cells) == 2 * len(next(sheet.iter_rows(max_row=1)))
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}  # texts, and nothing
    assert "f" not in {cell.data_type for cell in cells}
    assert "'=1+1" in {cell.value for cell in cells}


def test_an_export_holds_what_the_list_shows_and_is_written_down(client: Client, dangerous: Session) -> None:
    cast.register(cast.session(), cast.person("Somewhere Else"))
    answer = exported(client, "csv", session__id__exact=dangerous.pk, state__exact="waiting")
    assert answer.getvalue().decode("utf-8-sig").count("\r\n") == 2  # the headings and one row
    entry = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert entry.actor.name == "Marta Soler"
    assert entry.additional_data["rows"] == 1
    assert entry.additional_data["format"] == "csv"
    page = client.get(reverse("admin:auditlog_logentry_changelist")).content.decode()
    assert "exported 1 row (csv)" in page


def test_an_export_of_a_coordinator_holds_own_hosts_only(dangerous: Session) -> None:
    cast.register(cast.session(cast.activity(host=cast.host("cairo"))), cast.person("Zzforeign Person"))
    client = Client()
    client.force_login(cast.coordinator(cast.host("seoul")))
    text = exported(client, "csv").getvalue().decode("utf-8-sig")
    assert "陈 家豪" in text
    assert "Zzforeign" not in text


def test_export_needs_its_permission() -> None:
    client = Client()
    client.force_login(cast.reader())
    assert exported(client, "csv").status_code == 403
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


def test_an_xlsx_file_has_a_limit_that_the_page_tells(
    client: Client, dangerous: Session, monkeypatch: Any
) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    page = client.get(reverse("admin:registrations_registration_export")).content.decode()
    assert "You get the 2 rows that the search and the filters of the list leave." in page
    assert "CSV takes any number of rows; an XLSX file takes 1." in page
    answer = exported(client, "xlsx")
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "more than 1 rows, too many for an XLSX file. Export them as CSV" in page
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists(), "nothing left the station"
    assert exported(client, "xlsx", state__exact="waiting").status_code == 200


def test_csv_has_no_limit_and_leaves_line_by_line_in_the_language_of_the_page(
    client: Client, dangerous: Session, monkeypatch: Any
) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    client.cookies["django_language"] = "fr"
    with translation.override("fr"):
        page = reverse("admin:registrations_registration_export")
    answer = client.post(page, {"format": "0", "resource": "0"}, headers={"accept-language": "fr"})
    translation.deactivate()
    assert answer.streaming
    lines = list(answer)
    assert len(lines) == 3
    headings = next(csv.reader([lines[0].decode("utf-8-sig")], delimiter=";"))
    assert headings[6] == "Organisation", "French spreadsheets part cells by semicolons"


def test_an_export_asks_a_fixed_number_of_questions(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(30) as queries:
            exported(client, "csv").getvalue()
        return len(queries)

    session = cast.session(starts_in=timedelta(days=3))
    cast.register(session)
    asked()
    with_one = asked()
    for _n in range(3):
        cast.register(session)
    assert asked() == with_one
