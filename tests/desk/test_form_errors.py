"""On top of a long form that came back stands what is wrong, each line leading to its field."""

import re

import pytest
from django.test import Client

from tests import cast

pytestmark = pytest.mark.django_db

LINE = re.compile(r'<li>\s*<a\s+href="#([^"]+)"\s*>([^<]*)</a>')


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(cast.secretary())
    return client


def sent(page) -> dict[str, str]:
    """The form as it stands, sent at once."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {
        bound.html_name: "" if bound.value() is None else bound.value() for form in forms for bound in form
    }


def problems(page) -> list[tuple[str, str]]:
    top = page.text[page.text.index("desk-errors") :]
    lines = LINE.findall(top[: top.index("</ul>")])
    return [(anchor, " ".join(line.split())) for anchor, line in lines]


@pytest.mark.parametrize("model", ["catalog/activity", "catalog/topic", "hubs/host", "accounts/organization"])
def test_each_line_leads_to_a_field_of_the_page(client, model):
    cast.topic(), cast.coordinator()
    address = f"/admin/{model}/add/"
    page = client.post(address, sent(client.get(address)))
    assert page.status_code == 200
    lines = problems(page)
    assert lines
    assert len(lines) == len(page.context["problems"])
    for anchor, line in lines:
        assert f'id="{anchor}"' in page.text
        assert re.fullmatch(r"[^:]+: .+", line)
    assert "Please correct the" not in page.text
    assert page.text.index("<title>Error:") > 0


def test_a_line_below_a_form_is_told_with_its_list_and_its_number(client):
    activity = cast.activity()
    address = f"/admin/catalog/activity/{activity.pk}/change/"
    typed = sent(client.get(address))
    typed |= {"speakers-TOTAL_FORMS": "1", "speakers-0-name": "…", "speakers-0-position": "0"}
    lines = problems(client.post(address, typed))
    assert (
        "id_speakers-0-name",
        "Speakers, line 1: Name: Write the name with letters, in any script.",
    ) in lines


def test_a_form_that_is_shown_for_the_first_time_has_no_list(client):
    assert "desk-errors" not in client.get("/admin/catalog/activity/add/").text
