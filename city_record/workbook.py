"""A city's record as a spreadsheet: the numbers of its page, and the people where names were asked for."""

from io import BytesIO

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from openpyxl import Workbook

from credentials.record import Learned
from figures.workbook import Rows, fill, sheet

from .words import CityRecord


def workbook(record: CityRecord) -> bytes:
    book = Workbook()
    first = book.active
    first.title = _("By year")
    fill(first, [[record.title], [], *by_year(record)], bold={1, 3})
    if record.numbers.certificates:
        rows: Rows = [[one.years, one.number] for one in record.numbers.certificates]
        sheet(book, _("Certificates"), [_("Years"), _("Certificates")], rows)
    if record.people is not None:
        sheet(book, _("People"), *people(record))
    for page in book.worksheets:
        page.sheet_view.rightToLeft = get_language_bidi()
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def by_year(record: CityRecord) -> Rows:
    rows: Rows = [[_("Years"), _("People trained"), _("Hours"), _("Certificates"), _("Topics")]]
    for row in record.numbers.rows:
        rows.append([row.years, row.people, row.hours, row.certificates, row.topics_in_words])
    return rows


def people(record: CityRecord) -> tuple[list[str], Rows]:
    heads = [
        _("Name"),
        _("Activity"),
        _("Host"),
        _("First day"),
        _("Last day"),
        _("Meetings present"),
        _("Hours"),
        _("Certificates"),
    ]
    return heads, [
        [
            person.name,
            one.title,
            one.host,
            one.starts_on,
            one.ends_on,
            one.present,
            round(one.minutes / 60, 1),
            kinds(one),
        ]
        for person in record.people or []
        for one in person.learned
    ]


def kinds(one: Learned) -> str:
    return ", ".join(certificate.said.kind_words for certificate in one.certificates)
