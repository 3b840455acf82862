"""What the tests of agreements at the desk ask for: addresses, roles, and what is typed into the forms."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from hubs.models import Agreement
from tests import cast

from .files import upload

ROLES = {
    "secretary": cast.secretary,
    "reader": cast.reader,
    "own coordinator": lambda: cast.coordinator(cast.host("chengdu")),
    "other coordinator": lambda: cast.coordinator(cast.host("cairo")),
    "official": cast.person,
}


def overview(agreement: Agreement) -> str:
    return reverse("admin:hubs_agreement_overview", args=[agreement.pk])


def step(noun: str, agreement: Agreement) -> str:
    return f"{reverse(f'admin:hubs_agreement_{noun}')}?ids={agreement.pk}"


def new_agreement(**facts) -> dict:
    empty = {}
    for name in ("parties", "contacts", "milestones", "extensions", "review"):
        empty |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    return (
        empty
        | {
            "host": cast.host("chengdu").pk,
            "kind": "learning_hub",
            "theme_en": "Green communities",
            "starts_on": "2024-02-29",
            "ends_on": "",
            "review_due_on": "",
        }
        | facts
    )


def milestone_form(agreement: Agreement, **facts) -> dict:
    return {
        "agreement": agreement.pk,
        "title_en": "Two webinars",
        "kind": "activity",
        "measure": "",
        "due_on": agreement.today(timezone.now()) + timedelta(days=10),
        "promised": 2,
        "is_public": "on",
        "evidence-TOTAL_FORMS": 1,
        "evidence-INITIAL_FORMS": 0,
        "evidence-0-title_en": "Report",
        "evidence-0-link": "",
        "evidence-0-file": upload("Report of all.pdf"),
    } | facts
