"""What each role may decide about agreements. Who may open which page stands in tests/doors/table.csv."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hubs import actions
from hubs.models import Agreement
from tests import cast

from .agreements import END, START, signed
from .at_the_desk import ROLES, overview, step

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "answered"), [("reader", 200), ("own coordinator", 404), ("other coordinator", 404)]
)
def test_the_report_of_the_secretariat_is_for_who_sees_all_hosts(client, agreement, role, answered):
    client.force_login(ROLES[role]())
    report = reverse(
        "admin:hubs_agreement_report", args=[cast.host("secretariat-general").slug, timezone.now().year]
    )
    assert client.get(report).status_code == answered


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
    milestone = actions.add_milestone(agreement=agreement, kind="activity", title="Two", due_on=END, by=None)
    client.force_login(ROLES["own coordinator"]())
    change = reverse("admin:hubs_agreement_change", args=[agreement.pk])
    assert client.post(change, {"theme_en": "Mine"}).status_code == 403
    delete = reverse("admin:hubs_milestone_delete", args=[milestone.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
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
