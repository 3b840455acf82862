"""What a reader finds before them."""

import pytest

from reviews import actions as reviewing
from tests import cast
from tests.proposals import making

pytestmark = pytest.mark.django_db


def test_the_queue_opens_on_what_waits_for_me_or_else_on_what_came_to_my_host(client):
    coordinator = cast.coordinator(cast.host("seoul"), member=False)
    came = making.sent(title="Sent to Seoul", host="seoul")
    client.force_login(coordinator)
    assert came.code in client.get("/proposals/desk/").text
    given = making.sent(cast.person("B B"), title="Given to read", host="seoul")
    reviewing.assign(proposal=given, reviewer=coordinator, by=cast.secretary())
    text = client.get("/proposals/desk/").text
    assert (given.code in text, came.code in text) == (True, False)
    assert came.code in client.get("/proposals/desk/?show=open").text
