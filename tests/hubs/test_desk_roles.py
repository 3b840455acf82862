"""Agreements at the desk: each role on each page."""

import pytest
from django.urls import reverse

from hubs import actions
from hubs.models import Agreement
from tests import cast
from tests.quick_visits import draw_nothing, known

from .agreements import END, START, signed
from .at_the_desk import ROLES, address_of, overview, step

pytestmark = pytest.mark.django_db


# Address of the page: what secretary, reader, own coordinator, other coordinator and official are answered.
PAGES = {
    "list": (200, 200, 200, 200, 302),
    "overview": (200, 200, 200, 404, 302),
    "change": (200, 200, 200, 404, 302),
    "add": (200, 403, 403, 403, 302),
    "report": (200, 200, 200, 404, 302),
    "report_xlsx": (302, 302, 302, 404, 302),  # leads to the report, where the button is
    "station": (200, 200, 403, 403, 302),  # for who sees all hosts
    "station_xlsx": (302, 302, 403, 403, 302),
    "secretariats": (200, 200, 404, 404, 302),
    "extension": (200, 403, 403, 403, 302),
    "renewal": (200, 403, 403, 403, 302),
    "early-end": (200, 403, 403, 403, 302),
    "review": (200, 403, 403, 403, 302),
    "signature": (200, 403, 403, 403, 302),
    "milestone": (200, 200, 200, 404, 302),
    "milestone add": (200, 403, 200, 200, 302),
    "waiver": (200, 403, 403, 403, 302),
    "work": (200, 200, 200, 404, 302),
    "work add": (200, 403, 200, 200, 302),
}


def test_each_role_on_each_page(client, agreement, monkeypatch):
    browsers = known(monkeypatch, *(make() for make in ROLES.values()))
    draw_nothing(monkeypatch)
    for page, expected in PAGES.items():
        address = address_of(page, agreement)
        answers = tuple(browser.get(address).status_code for browser in browsers)
        assert answers == expected, page
        assert client.get(address).status_code == 302, page


@pytest.mark.parametrize("role", ["reader", "own coordinator", "other coordinator"])
@pytest.mark.parametrize("noun", ["signature", "extension", "renewal", "review", "early-end"])
def test_nobody_but_the_secretariat_decides(client, agreement, role, noun):
    client.force_login(ROLES[role]())
    facts = {
        "thing-0-ends_on": END,
        "thing-0-reason": "Why not.",
        "thing-0-on": START,
        "thing-0-starts_on": END,
    }
    assert client.post(step(noun, agreement), facts).status_code in (403, 404)
    agreement.refresh_from_db()
    assert (agreement.ended_early_on, agreement.extensions.count(), Agreement.objects.count()) == (None, 0, 1)


def test_a_coordinator_cannot_edit_the_agreement_nor_delete_a_milestone(client, agreement):
    address = address_of("milestone", agreement)
    client.force_login(ROLES["own coordinator"]())
    change = reverse("admin:hubs_agreement_change", args=[agreement.pk])
    assert client.post(change, {"theme_en": "Mine"}).status_code == 403
    assert client.post(address.replace("change", "delete"), {"post": "yes"}).status_code == 403
    agreement.refresh_from_db()
    assert (agreement.theme, agreement.milestones.count()) == ("Green communities", 1)


def test_coordinators_see_their_own_host_only(client, agreement):
    own = signed(cast.host("cairo"))
    client.force_login(cast.coordinator(cast.host("cairo")))
    page = client.get(reverse("admin:hubs_agreement_changelist"))
    assert list(page.context["cl"].result_list) == [own]
    assert [row["host"].slug for row in page.context["timeline"]["rows"]] == ["cairo"]
    assert [host.slug for host, _year in page.context["reports"]] == ["cairo"]


@pytest.mark.parametrize("role", ["reader", "own coordinator"])
def test_who_may_only_look_reads_languages_by_their_names(client, agreement, role):
    agreement.parties.create(name="Planning Institute", role="gives experts")
    milestone = actions.add_milestone(agreement=agreement, kind="activity", title="Two", due_on=END, by=None)
    client.force_login(ROLES[role]())
    page = client.get(reverse("admin:hubs_agreement_change", args=[agreement.pk])).text
    for label in ("Priority theme in English", "Title in French", "Role in Spanish"):
        assert label in page
    assert "[en]" not in page
    history = client.get(overview(agreement)).text
    assert "Title in English" in history
    assert "[en]" not in history
    if role == "reader":
        assert "[en]" not in client.get(reverse("admin:hubs_milestone_change", args=[milestone.pk])).text
