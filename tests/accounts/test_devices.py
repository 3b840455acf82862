"""Where one is signed in: told so that a person recognizes the device, on their own clock."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.templatetags.devices import device
from tests import cast


@pytest.mark.parametrize(
    ("says", "is_called"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/26.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "macOS"),
        ("", "An unknown browser"),
    ],
)
def test_a_device_is_called_by_its_name(says: str, is_called: str) -> None:
    assert device(says) == is_called


@pytest.mark.django_db
def test_the_page_lists_where_one_is_signed_in_on_ones_own_clock(client: Client) -> None:
    amina = cast.person("Amina Diallo", timezone="Asia/Seoul")
    client.force_login(amina)
    UserSession.objects.create(
        user=amina,
        session_key=client.session.session_key,
        ip="192.0.2.7",
        user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    )
    UserSession.objects.update(created_at="2026-11-24T20:30:00Z")
    page = client.get("/accounts/sessions/").text
    assert "Firefox on Linux" in page
    assert "Wednesday 25 November 2026, 05:30" in page
    assert "Times are shown in your own time zone (Seoul" in page
