"""The board in a spreadsheet. Everything leaves as text, so nothing runs there."""

from datetime import datetime

import tablib
from django.utils.translation import gettext as _

from desk.export import defused
from proposals.models import Proposal

from .board import Row


def table(rows: list[Row], now: datetime) -> tablib.Dataset:
    """Of rows that whoever exports may see; it names who proposes, because who exports sees the board."""
    data = tablib.Dataset(headers=[defused(heading) for heading in headings()], title=_("Proposals")[:31])
    for row in rows:
        data.append([defused(str(value)) for value in columns(row)])
    return data


def headings() -> list[str]:
    return [
        _("Reference number"),
        _("State"),
        _("Title"),
        _("Aim"),
        _("Format"),
        _("Topics"),
        _("Language"),
        _("Organization"),
        _("Region"),
        _("Contact"),
        _("E-mail address"),
        _("Host asked"),
        _("Call"),
        _("Received (UTC)"),
        _("Age in days"),
        _("Reviewers"),
        _("Reviews"),
        _("Average, 0 to 4"),
        _("Decision prepared"),
        _("Waits"),
        _("Activity"),
    ]


def columns(row: Row) -> list[object]:
    proposal: Proposal = row.proposal
    return [
        proposal.code,
        proposal.get_state_display(),
        proposal.title,
        proposal.aim,
        proposal.get_format_display(),
        ", ".join(topic.name for topic in proposal.topics.all()),
        proposal.language,
        proposal.organization_name,
        proposal.get_region_display(),
        proposal.contact_name,
        proposal.contact_email,
        proposal.host.name if proposal.host else "",
        proposal.call.title if proposal.call else "",
        f"{proposal.submitted_at:%Y-%m-%d %H:%M}" if proposal.submitted_at else "",
        row.age,
        row.readers,
        row.verdicts.count,
        f"{row.verdicts.average:.2f}" if row.verdicts.average is not None else "",
        row.prepared,
        "; ".join(row.waits),
        proposal.activity.slug if proposal.activity else "",
    ]
