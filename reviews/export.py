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
    one: Proposal = row.proposal
    return [
        one.code,
        one.get_state_display(),
        one.title,
        one.aim,
        one.get_format_display(),
        ", ".join(topic.name for topic in one.topics.all()),
        one.language,
        one.organization_name,
        one.get_region_display(),
        one.contact_name,
        one.contact_email,
        one.host.name if one.host else "",
        one.call.title if one.call else "",
        f"{one.submitted_at:%Y-%m-%d %H:%M}" if one.submitted_at else "",
        row.age,
        row.readers,
        row.verdicts.count,
        f"{row.verdicts.average:.2f}" if row.verdicts.average is not None else "",
        row.prepared,
        "; ".join(row.waits),
        one.activity.slug if one.activity else "",
    ]
