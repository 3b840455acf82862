"""A yearly report counts the certificates that stand, of the sessions of its year."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from credentials import actions
from credentials.models import Certificate
from figures.report import station_report, year_report
from tests import cast
from tests.credentials.making import DAY, finished
from tests.hubs.agreements import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """Five were there: one certificate is withdrawn, one replaced, the others stand."""
    session, by = finished(5), cast.secretary()
    actions.issue(session=session, by=by, now=session.ends_at)
    first, second, *_rest = Certificate.objects.order_by("pk")
    actions.withdraw(certificate=first, why="By mistake", by=by)
    actions.correct_name(certificate=second, name="Another Name", by=by)
    return session


def test_they_are_counted_with_their_host_and_year(session):
    host, year, now = session.activity.host, session.ends_at.year, session.ends_at + DAY
    assert year_report(host, year, now=now).totals.certificates == 4
    assert year_report(host, year - 1, now=now).totals.certificates == 0
    assert year_report(cast.host("cairo"), year, now=now).totals.certificates == 0
    of_all = station_report(year, now=now)
    assert of_all.totals.certificates == 4
    assert {
        line.host.slug: line.totals.certificates for line in of_all.hosts if line.totals.certificates
    } == {host.slug: 4}


def test_they_stand_on_the_page_and_in_the_spreadsheet(client, session, monkeypatch):
    signed(session.activity.host)
    monkeypatch.setattr("django.utils.timezone.now", lambda: session.ends_at + DAY)
    client.force_login(cast.secretary())
    asked = [session.activity.host.slug, session.ends_at.year]
    page = client.get(reverse("admin:hubs_agreement_report", args=asked))
    assert "<strong>4</strong> certificates that stand" in " ".join(page.text.split())
    file = client.post(reverse("admin:hubs_agreement_report_xlsx", args=asked)).content
    summary = dict(load_workbook(BytesIO(file))["Summary"].iter_rows(max_col=2, values_only=True))
    assert summary["Certificates that stand"] == 4
