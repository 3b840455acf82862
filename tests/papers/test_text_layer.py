"""What programs read out of a paper: two readers that work in different ways, and the structure."""

import io
import re
import unicodedata
from datetime import UTC, datetime

import pikepdf
import pypdf
import pypdfium2
import pytest
from django.utils import translation
from PIL import Image, ImageChops

import papers
from papers import drawing
from papers.text_layer import Corrected, corrected
from papers.text_layer.words import Words

from .reading import opened
from .test_drawing import NAMES, ROW

NOW = datetime(2026, 12, 1, tzinfo=UTC)
# Where typst's own text is wrong: letters drawn in pieces (ي، ی), vowels and doubled letters, لا as one shape.
RIGHT_TO_LEFT = [
    "محمد عليّ الزيّات",
    "لا إله الأمين عبد الله",
    "يحيى الصبّاغ",
    "زهرا میرزایی‌نژاد",
    "علی یکتا",
    "ڈاکٹر عبدالسلام",
    "شَمْسُ الدِّينِ",
    "דוד כהן",
]
RIGHTWARD = [
    NAMES[script]
    for script in ("Latin", "Devanagari", "Bengali", "Tamil", "Thai", "Sinhala", "Burmese", "Khmer")
]


def sheet(*names: str, **fields) -> bytes:
    rows = [{"name": name, "origin": ""} for name in names]
    options = {"title": "Sheet", "author": "Seoul", "now": NOW}
    return papers.drawn("attendance/papers/sheet.typ", ROW | {"rows": rows} | fields, **options)


def by_pypdf(pdf: bytes) -> str:
    return plain("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def by_pdfium(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return plain("\n".join(page.get_textpage().get_text_range() for page in document))


def plain(text: str) -> str:
    return " ".join(
        re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", unicodedata.normalize("NFC", text)).split()
    )


def told(pdf: pikepdf.Pdf) -> list[str]:
    """The texts that the structure tells in place of what is drawn."""
    found = []

    def walk(element):
        if not isinstance(element, pikepdf.Dictionary):
            return
        if "/ActualText" in element:
            found.append(str(element.ActualText).strip())
        children = element.get("/K", pikepdf.Array())
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            walk(child)

    walk(
        pdf.Root.StructTreeRoot.K[0]
        if isinstance(pdf.Root.StructTreeRoot.K, pikepdf.Array)
        else pdf.Root.StructTreeRoot.K
    )
    return found


def declares(pdf: bytes) -> dict[str, str]:
    with opened(pdf).open_metadata() as metadata:
        return {
            key: metadata[key]
            for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
            if key in metadata
        }


# What runs from left to right on a page that does not, PDFium turns round, as it does with plain English there.
@pytest.mark.parametrize(("language", "names"), [("en", [*RIGHT_TO_LEFT, *RIGHTWARD]), ("ar", RIGHT_TO_LEFT)])
def test_names_are_read_as_they_were_typed_by_two_readers(language, names):
    with translation.override(language):
        pdf = sheet(*names)
    for read in (by_pypdf(pdf), by_pdfium(pdf)):
        assert [name for name in names if plain(name) not in read] == []
    assert declares(pdf) == {"pdfuaid:part": "1"}


def test_without_the_correction_hardly_a_name_is(monkeypatch):
    """The day this fails, typst does it right, and the correction may go."""
    pdf = sheet("Zoë Ort")
    monkeypatch.setattr(drawing, "corrected", lambda made, texts: corrected(made, []))
    pdf = sheet(*RIGHT_TO_LEFT)
    for read in (by_pypdf(pdf), by_pdfium(pdf)):
        assert sum(plain(name) in read for name in RIGHT_TO_LEFT) <= 1


def test_the_structure_tells_each_line_as_it_was_typed():
    pdf = opened(sheet(*RIGHT_TO_LEFT, "Zoë Ort"))
    assert told(pdf) == RIGHT_TO_LEFT


def test_what_is_left_to_right_and_simple_is_not_touched(monkeypatch):
    names = [
        NAMES[script]
        for script in ("Greek", "Cyrillic", "Korean", "Chinese", "Japanese", "Amharic", "Georgian")
    ]
    pdf = sheet(*names)
    monkeypatch.setattr(drawing, "corrected", lambda made, texts: corrected(made, []))
    assert sheet(*names) == pdf


def test_every_mark_of_a_page_leads_to_its_element_and_back():
    pdf = opened(sheet(*RIGHT_TO_LEFT, *RIGHTWARD))
    tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        drawn = {
            int(instruction.operands[1].MCID)
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]
        }
        elements = tree[int(page.obj.StructParents)]
        leading = {number for number, element in enumerate(elements) if element is not None}
        assert drawn == leading
        for number in drawn:
            children = elements[number].K
            assert number in [
                int(child)
                for child in (children if isinstance(children, pikepdf.Array) else [children])
                if isinstance(child, int)
            ]


def test_the_page_looks_the_same(monkeypatch):
    names = [*RIGHT_TO_LEFT, *RIGHTWARD]
    written_anew = picture(sheet(*names))
    monkeypatch.setattr(drawing, "corrected", lambda made, _texts: Corrected(pdf=made, unread=[]))
    differing = ImageChops.difference(written_anew, picture(sheet(*names))).histogram()
    assert sum(differing[64:]) < 30  # of two million


def picture(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=2).to_pil().convert("L")


def test_letters_leave_their_color_to_the_page_and_their_widths_agree():
    """Where a letter says that it may have a color (d0), MuPDF draws it in black."""
    pdf = opened(sheet(*RIGHT_TO_LEFT, *RIGHTWARD))
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values() if font.Subtype == "/Type3"]
    assert fonts
    for font in fonts:
        for code, width in enumerate(font.Widths, start=int(font.FirstChar)):
            first, *others = pikepdf.parse_content_stream(font.CharProcs[f"/l{code}"])
            assert float(first.operands[0]) == float(width)
            assert str(first.operator) == "d1" or not others


def test_the_same_bytes_each_time():
    assert sheet(*RIGHT_TO_LEFT) == sheet(*RIGHT_TO_LEFT)


def test_a_word_that_is_not_found_again_is_promised_to_nobody(monkeypatch, caplog):
    monkeypatch.setattr(drawing, "texts_of", lambda _data: ["أحمد"])
    pdf = sheet("محمد")
    assert declares(pdf) == {}
    assert "may be read wrongly" in caplog.text


def test_a_word_broken_where_no_word_ends_is_promised_to_nobody():
    assert declares(sheet("محمدعبدالرحمن" * 30)) == {}
    assert declares(sheet("محمدعبدالرحمن " * 6)) == {"pdfuaid:part": "1"}


def test_two_whose_names_are_the_same_words_are_told_apart():
    names = ["محمد علي", "علي محمد"]
    pdf = sheet(*names)
    assert told(opened(pdf)) == names
    assert all(name in by_pypdf(pdf) and name in by_pdfium(pdf) for name in names)


def test_figures_and_latin_words_within_a_line_keep_their_place():
    lines = [
        "حضر 4 من 5 لقاءات أو أكثر",
        "التخطيط العمراني: Urban Planning 101 للمدن",
        "كوفيد-19 والمدن",
        "الطبعة 2، تحل محل الأولى",
    ]
    with translation.override("ar"):
        pdf = sheet("Ana", about=lines)
    assert set(told(opened(pdf))) >= set(lines)
    assert lines[0] in by_pdfium(pdf)


def test_letters_that_repeat_are_not_taken_for_pieces_of_one():
    words = Words(["بب"])
    assert words.order(["بب"]) == [0]
    assert words.order(["ب", "بب"]) is None
