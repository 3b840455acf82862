"""The report of a host and a year."""

from datetime import date
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from figures.report import year_report
from hubs import actions
from tests import cast
from tests.hubs.agreements import noon, session_on, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(agreement):
    """A year with two sessions, and one session in the year after."""
    host = agreement.host
    first = session_on(host, date(2025, 12, 31), people=2, hours=2)
    cast.register(first, cast.person("=1+1", member=False), now=noon(date(2025, 12, 1)))
    session_on(host, date(2025, 3, 1), people=1, hours=1.5, title_en="=cmd|' /C calc'!A0")
    session_on(host, date(2026, 1, 1), people=5)
    return 2025


def test_a_year_is_reported_as_it_was(client, agreement, year):
    client.force_login(cast.reader())
    page = client.get(reverse("admin:hubs_agreement_report", args=["chengdu", year]))
    report = page.context["report"]
    assert (report.totals.sessions, report.totals.participants, report.totals.hours) == (2, 4, 3)
    assert [(line.day, line.registered, line.hours) for line in report.sessions] == [
        (date(2025, 3, 1), 1, 1.5),
        (date(2025, 12, 31), 3, 2.0),
    ]
    assert [(line.name, line.attended, line.registered) for line in report.regions] == [
        ("Africa", 0, 3),
        ("no member organization", 0, 1),
    ]
    assert (report.organizations.attended, report.organizations.registered) == (0, 1)


def test_the_report_is_a_spreadsheet_whose_texts_cannot_calculate(client, agreement, year):
    client.force_login(cast.secretary())
    page, file = (
        reverse(f"admin:hubs_agreement_{name}", args=["chengdu", year]) for name in ("report", "report_xlsx")
    )
    exports = LogEntry.objects.filter(additional_data__done="exported")
    assert client.get(file).url == page
    assert not exports.exists()
    assert f'<form method="post" action="{file}">' in client.get(page).text
    answer = client.post(file)
    assert exports.count() == 1
    assert answer["Content-Disposition"] == 'attachment; filename="chengdu-2025.xlsx"'
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == [
        "Summary",
        "Agreements",
        "Sessions",
        "Countries",
        "Milestones",
        "Research works",
    ]
    heads, first, *_rest = book["Sessions"].iter_rows(values_only=True)
    row = dict(zip(heads, first, strict=True))
    assert row["Day"].date() == date(2025, 3, 1)
    assert row["Activity"] == "'=cmd|' /C calc'!A0"
    assert (row["Attendance"], row["People who attended"]) == ("not recorded", None)
    assert (row["Registered"], row["Hours"]) == (1, 1.5)
    summary = dict(book["Summary"].iter_rows(max_row=8, max_col=2, values_only=True))
    assert (summary["People who attended"], summary["Registered, attendance not recorded"]) == (0, 4)


def test_an_empty_year_is_a_report_too(client, agreement):
    client.force_login(cast.secretary())
    assert client.get(reverse("admin:hubs_agreement_report", args=["chengdu", 2019])).status_code == 200
    assert client.get(reverse("admin:hubs_agreement_report", args=["chengdu", 1200])).status_code == 404


def test_a_report_costs_the_same_for_many_sessions(client, agreement, django_assert_num_queries):
    for number in range(1, 4):
        session_on(agreement.host, date(2025, number, 1), people=2)
        with django_assert_num_queries(10):
            year_report(agreement.host, 2025, now=timezone.now())


def test_the_report_says_what_is_overdue(hub):
    agreement = signed(hub)
    for title, due_on in (("Early", date(2026, 2, 1)), ("Late", date(2026, 12, 1))):
        actions.add_milestone(agreement=agreement, kind="activity", title=title, due_on=due_on, by=None)
    report = year_report(hub, 2026, now=noon(date(2026, 6, 1)))
    assert [line.state for line in report.milestones] == ["overdue", "open"]


def test_the_whole_station_is_a_page_and_a_spreadsheet(client, agreement, year):
    secretariat = cast.host("secretariat-general")
    session_on(secretariat, date(2025, 4, 1), people=1)
    client.force_login(cast.reader())
    found = client.get(reverse("admin:hubs_agreement_changelist")).text
    assert reverse("admin:hubs_agreement_station", args=[timezone.now().year]) in found
    assert reverse("admin:hubs_agreement_report", args=[secretariat.slug, timezone.now().year]) in found
    page, file = (
        reverse(f"admin:hubs_agreement_{name}", args=[2025]) for name in ("station", "station_xlsx")
    )
    shown = client.get(page)
    assert [line.host.slug for line in shown.context["report"].hosts] == ["chengdu", "secretariat-general"]
    assert shown.context["report"].totals.registered == 5
    assert f'<form method="post" action="{file}">' in shown.text
    assert "css/report" in shown.text, "how it is printed"
    assert client.get(file).url == page
    answer = client.post(file)
    assert answer["Content-Disposition"] == 'attachment; filename="station-2025.xlsx"'
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Summary", "Hosts", "Sessions", "Countries", "Research works"]
    assert book["Sessions"].max_row == 4
    assert LogEntry.objects.get(additional_data__done="exported").object_pk == str(secretariat.pk)


def test_the_secretariats_report_asks_for_no_agreements(client):
    client.force_login(cast.secretary())
    secretariat = cast.host("secretariat-general")
    session_on(secretariat, date(2025, 4, 1), people=1)
    page = client.get(reverse("admin:hubs_agreement_report", args=[secretariat.slug, 2025]))
    assert len(page.context["report"].sessions) == 1
    assert "Agreements in this year" not in page.text
    assert "Sessions held" in page.text
