"""What the board finds, what it costs, and what leaves it in a spreadsheet."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from proposals import actions
from proposals.models import Proposal
from reviews import actions as reviewing
from tests import cast
from tests.proposals import making
from tests.proposals.making import ALL_WELL

pytestmark = pytest.mark.django_db


def test_the_board_finds_by_state_topic_region_host_age_and_what_waits(client):
    now = timezone.now()
    secretary = cast.secretary()
    old = making.sent(cast.person("A A"), title="Old one", now=now - timedelta(days=20))
    new = making.sent(
        cast.person("B B"), title="New one", topics=[cast.topic("Safety").slug], host=cast.host("cairo").slug
    )
    gone = making.sent(
        cast.person("C C"), title="Gone one", organization=None, organization_other="Elsewhere"
    )
    actions.withdraw(proposal=gone, by=gone.person)
    making.draft(cast.person("D D"))
    client.force_login(secretary)

    def shown(**asked):
        text = client.get("/proposals/desk/board/", asked).text
        return {one.title for one in (old, new, gone) if f"/proposals/desk/{one.code}/" in text}

    assert shown() == {"Old one", "New one", "Gone one"}
    assert shown(state="submitted") == {"Old one", "New one"}
    assert shown(topic="safety") == {"New one"}
    assert shown(region="africa") == {"Old one", "New one"}
    assert shown(host="cairo") == {"New one"}
    assert shown(age="7") == {"Old one"}
    assert shown(waits="1") == {"Old one"}
    assert shown(call="none") == {"Old one", "New one", "Gone one"}
    assert shown(q="Elsewhere") == {"Gone one"}
    actions.write_message(
        proposal=new, text="Any news?", by=new.person, from_desk=False, now=now - timedelta(days=8)
    )
    assert shown(waits="1") == {"Old one", "New one"}


def test_lists_cost_the_same_for_three_as_for_one(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    secretary = cast.secretary()
    client.force_login(secretary)
    counts = []
    for wanted in (1, 4):
        while Proposal.objects.count() < wanted:
            one = making.sent(cast.person(f"P {Proposal.objects.count()}"), call=making.call())
            reviewer = making.reviewer(f"R {one.pk}")
            reviewing.assign(proposal=one, reviewer=reviewer, by=secretary)
            reviewing.finish_review(proposal=one, by=reviewer, scores=ALL_WELL)
        for page in ("/proposals/desk/board/", "/proposals/desk/?show=all"):
            client.get(page)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(page)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_the_spreadsheet_runs_nothing(client):
    from openpyxl import load_workbook

    making.sent(cast.person(), title="=HYPERLINK(1)", contact_name="+cmd|' /C calc'!A0")
    client.force_login(cast.secretary())
    book = load_workbook(io.BytesIO(client.post("/proposals/desk/board/export/", {"format": "xlsx"}).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert "'+cmd|' /C calc'!A0" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    text = client.post("/proposals/desk/board/export/", {"format": "csv"}).text
    assert "\n=HYPERLINK" not in text
    assert ",=HYPERLINK" not in text
