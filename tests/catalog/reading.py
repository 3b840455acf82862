"""The catalog's pages as tests read them."""

import re

from catalog.models import Activity, Material
from tests import cast


def address_of(activity: Activity, prefix: str = "") -> str:
    """In English, or under the prefix of another language, whatever language the last answer was in."""
    return f"{prefix}/activities/{activity.slug}/"


def text_of(response) -> str:
    """What one reads, without markup."""
    body = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", " ", response.content.decode())
    return " ".join(body.split())


def full_activity() -> Activity:
    activity = cast.activity(
        "Care within walking distance",
        host=cast.host("mexico-city"),
        languages=["es"],
        interpretation=["en", "fr"],
        audiences=["technical"],
        regions=["africa"],
        partners=["Alliance of Neighborhoods"],
        description="What you **learn**.",
        certificate="participation",
        certificate_percent=50,
        certificate_rule="A certificate for all who attend.",
    )
    cast.speaker(activity, "Yolima Quintín", role_en="Coordinator", organization="Alliance")
    Material.objects.create(activity=activity, title="Reading list", link="https://library.example/list")
    Material.objects.create(
        activity=activity, title="Slides", link="https://library.example/slides", shown_to="participants"
    )
    return activity
