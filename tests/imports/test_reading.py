"""Files of several kinds are read the same; what is no list is refused with a sentence."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from imports.reading import read_file, read_text
from imports.reading.values import country_in, language_in, profile_in, state_in, undefused, zone_in
from sheets import workbook
from sheets.errors import CannotRead

from .making import as_csv, as_xlsx

ROWS = [("ana@city.example", "Ana Núñez", "Bogotá"), ("li@city.example", "Li Wei", "Chengdu")]
EMAIL_NAME_ORGANIZATION = ("email", "name", "organization")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize(
    "headings",
    [
        ("E-mail address", "Name", "Organization"),
        ("Adresse électronique", "Nom complet", "Organisation"),
        ("Correo electrónico", "Nombre y apellidos", "Organización"),
    ],
    ids=["en", "fr", "es"],
)
def test_a_table_is_read_whatever_its_encoding_and_separator(separator, encoding, headings):
    sheet = read_file(as_csv(ROWS, headings, separator=separator, encoding=encoding))
    assert sheet.columns == EMAIL_NAME_ORGANIZATION
    assert [row.cells for row in sheet.rows] == ROWS


def test_arabic_headings_in_the_code_page_of_windows():
    rows = [("sara@city.example", "سارة علي", "القاهرة")]
    sheet = read_file(
        as_csv(rows, ("البريد الإلكتروني", "الاسم", "المدينة"), separator=";", encoding="cp1256")
    )
    assert sheet.columns == EMAIL_NAME_ORGANIZATION
    assert [row.cells for row in sheet.rows] == rows


def test_a_workbook_is_read_from_its_first_sheet_that_holds_anything():
    book = Workbook()
    book.create_sheet("hidden").sheet_state = "hidden"
    book["hidden"].append(["not", "this"])
    sheet = book.create_sheet("people")
    for row in [
        ["Participants"],
        [],
        ["E-mail", "Name", "Note", "Code"],
        ["ana@city.example", "Ana", 71.0, "=1+1"],
    ]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    found = read_file(file.getvalue())
    assert found.columns == ("email", "name", "note", "code")
    assert [(row.line, row.cells) for row in found.rows] == [(4, ("ana@city.example", "Ana", "71", "=1+1"))]


@pytest.mark.parametrize(
    "text",
    [
        "ana@city.example\nli@city.example",
        "Ana <ANA@city.example>\n- Li: li@city.example",
        "Ana <ana@city.example>; Li <li@city.example>",
        "1. ana@city.example, li@city.example",
    ],
)
def test_a_plain_list_of_addresses(text):
    sheet = read_text(text)
    assert sheet.columns == ("name", "email")
    assert [row.cells[1] for row in sheet.rows] == ["ana@city.example", "li@city.example"]


def test_rows_pasted_out_of_a_spreadsheet_without_headings_wait_for_what_they_mean():
    sheet = read_text("Ana\tBogotá\tana@city.example\nLi\tChengdu\tli@city.example")
    assert sheet.headings == ("Column 1", "Column 2", "Column 3")
    assert sheet.columns == ("", "", "email")


def test_of_two_columns_that_mean_the_same_the_first_is_taken_and_unknown_ones_none():
    sheet = read_file(as_csv([("a@b.example", "x@y.example", "7")], ("E-mail", "Mail", "Shoe size")))
    assert sheet.columns == ("email", "", "")


def test_our_own_clock_column_is_the_sessions_and_not_the_persons():
    assert read_file(as_csv([("a@b.example", "UTC")], ("E-mail", "Time zone"))).columns == (
        "email",
        "timezone",
    )
    ours = as_csv(
        [("X", "confirmed", "a@b.example", "UTC")], ("Code", "State", "E-mail address", "Time zone")
    )
    assert read_file(ours).columns == ("code", "state", "email", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB."),
        (as_csv([("a@b.example",)] * 5001, ["E-mail"]), "The file has more than 5,000 rows."),
        (as_xlsx([("a@b.example",)] * 5001, ["E-mail"]), "The file has more than 5,000 rows."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"\xd0\xcf\x11\xe0", "This is a workbook of an old Excel."),
        (b"PK\x03\x04 no archive", "This workbook cannot be opened."),
        (b"<!doctype html><p>a@b.example", "This is a web page."),
        (b"\x89PNG\r\n\x00\x00\x00\rIHDR" + bytes(60), "This is no table."),
        (b"E-mail,Name\n", "There are headings in it, and no rows."),
        (b"Ana\nLi\n", "There is no e-mail address in it."),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content, words):
    with pytest.raises(CannotRead) as refusal:
        read_file(content)
    assert refusal.value.sentence.startswith(words)


def test_a_document_and_what_unpacks_to_too_much_are_no_workbook(monkeypatch):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(CannotRead, match="This is no Excel workbook"):
        read_file(file.getvalue())
    monkeypatch.setattr(workbook, "UNPACKED_AT_MOST", 100)
    with pytest.raises(CannotRead, match="too large once it is unpacked"):
        read_file(as_xlsx(ROWS))


def test_values_by_their_names_in_four_languages():
    assert [country_in(name) for name in ("Senegal", "Sénégal", "السنغال", "sn", "Atlantis")] == [
        *["SN"] * 4,
        "",
    ]
    assert [profile_in(name) for name in ("technical", "Technique", "x")] == ["technical", "technical", ""]
    assert state_in("annulée") == state_in("cancelled") == "cancelled"
    assert [language_in(name) for name in ("French", "français", "Árabe", "ar", "Korean")] == [
        "fr",
        "fr",
        "ar",
        "ar",
        "",
    ]
    assert [zone_in(name) for name in ("Asia/Calcutta", "Europe/Madrid", "Nowhere/City")] == [
        "Asia/Kolkata",
        "Europe/Madrid",
        "",
    ]


def test_what_our_exports_made_harmless_is_read_as_it_was():
    assert undefused("'=1+1") == "=1+1"
    assert undefused("'Aziza") == "'Aziza"


def test_a_text_has_no_more_columns_than_a_workbook_and_no_two_of_one_name():
    """Excel writes separators to the end of what somebody once colored."""
    found = read_text("E-mail,Note,Note,,\na@b.example,x,y,,\n")
    assert found.headings == ("E-mail", "Note", "Note (3)")
    wide = read_text("E-mail" + ",x" * 900 + "\na@b.example" + ",1" * 900 + "\n")
    assert len(wide.headings) == len(set(wide.headings)) == len(wide.columns) == 200
