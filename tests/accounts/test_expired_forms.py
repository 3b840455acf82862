"""A form that comes too late: signed out meanwhile, or with an old token. What was typed is sent by one more button."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import expired_forms
from tests import cast
from tests.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db

PROFILE = {
    "name": "Amina Diallo",
    "organization_other": "Ville de Thiès",
    "post": "Line one\nline two & “more”",
    "profile": "technical",
    "country": "SN",
    "language": "fr",
    "timezone": "Africa/Dakar",
}


@pytest.fixture
def amina():
    return cast.person("Amina Diallo")


def again(answer) -> dict:
    """The fields of the form on the page, as a browser would send them."""
    fields = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', answer.text, re.S)
    assert fields
    return {unescape(name): unescape(value) for name, value in fields}


def test_what_was_typed_while_signed_out_is_sent_after_signing_in(client, amina):
    page = reverse("accounts:profile")
    asked = client.post(page, PROFILE)
    assert asked.url == f"{reverse('account_login')}?next=%2Faccounts%2Funsent%2F"
    amina.refresh_from_db()
    assert amina.post != PROFILE["post"]

    arrived = sign_in(client, amina.email, next=reverse("accounts:unsent"))
    answer = client.get(arrived.url)
    assert f'action="{page}"' in answer.text
    assert again(answer) == PROFILE
    amina.refresh_from_db()
    assert amina.post != PROFILE["post"]  # looking sends nothing

    assert client.post(page, again(answer)).status_code == 302
    amina.refresh_from_db()
    assert amina.post == PROFILE["post"]
    assert client.get(reverse("accounts:unsent")).url == reverse("me:overview")  # it has arrived


def test_it_waits_for_an_hour(client, amina, monkeypatch):
    client.post(reverse("accounts:profile"), PROFILE)
    client.force_login(amina)
    late = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(expired_forms.timezone, "now", lambda: late)
    assert client.get(reverse("accounts:unsent")).url == reverse("me:overview")


def test_nothing_waits_that_is_empty_too_long_or_no_more_than_a_yes(client):
    plain = f"{reverse('account_login')}?next="
    for page, fields in (
        (reverse("accounts:profile"), {"name": ""}),
        (reverse("accounts:profile"), {"name": "x" * (expired_forms.MOST_KEPT + 1)}),
        (reverse("me:delete_account"), {"sure": "on"}),
    ):
        assert client.post(page, fields).url == plain + page
        assert expired_forms.KEY not in client.session


def test_the_desk_keeps_a_form_too(client):
    page = reverse("admin:catalog_activity_add")
    client.post(page, {"title_en": "A long title", "topics": ["1", "2"]})
    client.force_login(cast.secretary())
    answer = client.get(reverse("accounts:unsent"))
    assert f'action="{page}"' in answer.text
    assert len(re.findall(r'name="topics"', answer.text)) == 2


def test_an_old_token_gives_the_form_back(amina):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina)
    page = reverse("accounts:profile")
    answer = client.post(page, PROFILE, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    assert again(answer) == PROFILE
    assert "cookie" in answer.text  # there was none at all
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)[1]
    assert client.post(page, again(answer) | {"csrfmiddlewaretoken": token}).status_code == 302
    amina.refresh_from_db()
    assert amina.post == PROFILE["post"]


def test_what_another_site_sent_is_not_offered(amina):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {}):
        answer = client.post(reverse("accounts:profile"), PROFILE, headers=headers)
        assert answer.status_code == 403
        assert "Thiès" not in answer.text
    answer = client.post(
        reverse("me:delete_account"), {"sure": "on"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 403
    assert "textarea" not in answer.text
