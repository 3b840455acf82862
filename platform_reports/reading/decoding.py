"""Which files are taken for a report, and what is said of others."""

from collections import defaultdict
from functools import cache

from django.utils.translation import gettext_lazy as _

from sheets import decoding
from sheets.decoding import OLD_WORKBOOK, PDF, WORKBOOK, Kind

from .columns import known_headings

BYTES_AT_MOST = 2 * 1024 * 1024
EXCEL = _("This is an Excel workbook. Save it as CSV, or copy its rows and paste them as a list.")


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding. Raises CannotRead."""
    return decoding.decoded(content, report())


@cache
def report() -> Kind:
    headings = defaultdict(set)
    for heading, meanings in known_headings().items():
        for meaning in meanings:
            headings[meaning.language].add(heading)
    return Kind(
        bytes_at_most=BYTES_AT_MOST,
        too_large=_("The file is larger than 2 MB: no report of one call is."),
        no_text={
            WORKBOOK: EXCEL,
            OLD_WORKBOOK: EXCEL,
            PDF: _("This is a PDF. Download the report as CSV from the platform instead."),
        },
        page=_("This is a web page. Download the report as CSV from the platform instead."),
        empty=_("The file is empty."),
        unknown=_("This is no text file. Download the report as CSV from the platform."),
        headings={language: frozenset(said) for language, said in headings.items()},
    )
