"""A proposal written through its pages, as a browser would."""

from datetime import timedelta

from django.utils import timezone

from proposals import tokens
from proposals.models import Proposal

WHO = {
    "organization": "",
    "organization_other": "Water Works of Elsewhere",
    "contact_name": "Amina Diallo",
    "contact_post": "Head of Water",
    "contact_email": "amina@city.example",
}
IDEA = {
    "written_in": "fr",
    "title": "Bus de nuit",
    "format": "webinar",
    "topics": ["mobility"],
    "languages": ["fr", "en"],
    "aim": "Un plan pour une ligne.",
    "outline": "D’abord,\r\npuis.",
    "outcomes": "Planifier.",
}
HOW = {"meetings": "2", "hours": "1.5", "group_size": "30"}
GIVING = {"offers": "Nos données."}


def begin(client, **fields):
    page = client.get("/proposals/new/form/")
    answer = client.post(
        "/proposals/new/form/", WHO | {"start_key": page.context["page"].start_key, "sitting": "s1"} | fields
    )
    return answer, Proposal.objects.order_by("pk").last()


def post(client, proposal, step, fields, **more):
    proposal.refresh_from_db()
    return client.post(
        f"/proposals/{proposal.code}/text/{step}/",
        {"token": tokens.form_token(proposal), "version": proposal.version, "sitting": "s1"} | fields | more,
    )


def ready(client):
    _answer, proposal = begin(client)
    for step, fields in [("idea", IDEA), ("how", HOW), ("giving", GIVING)]:
        assert post(client, proposal, step, fields).status_code == 302
    Proposal.objects.update(started_at=timezone.now() - timedelta(hours=1))
    return proposal
