#!/bin/sh
# How programs read Arabic out of a PDF: four of them, and a name with a ligature, a doubled letter and two words.
# typst 0.15.2 draws it rightly, and none of the four reads it: letters drawn in pieces are there once for each piece.
# Of what can be written instead, one code for each letter, from the left, is read by all but pdfminer, which turns nothing
# round. In the order of reading two read it; with one code for letters that are drawn together, nobody. ActualText beside the
# letters is there to say how they are read; PDFium and MuPDF turn it round. Exits with 1 when it is otherwise.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cd "$home"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 manimgx-fonts==2026.9.26.post1 pikepdf==10.18.0 \
    pypdf==7.1.1 pypdfium2==5.15.2 pymupdf==2.0 pdfminer.six==20260107
cat >compare.py <<'PY'
import io
import re
import sys
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pdfminer.high_level
import pikepdf
import pymupdf
import pypdf
import pypdfium2
import typst
from pikepdf import Array, Dictionary, Name

TEXT = "عليّ لالا"
READERS = {
    "pypdf": lambda pdf: pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(),
    "PDFium": lambda pdf: pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range(),
    "MuPDF": lambda pdf: pymupdf.open(stream=pdf)[0].get_text(),
    "pdfminer": lambda pdf: pdfminer.high_level.extract_text(io.BytesIO(pdf)),
}


def by_typst():
    folder = Path(find_spec("manimgx_fonts").origin).parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    page = '#set text(font: ("Noto Sans Arabic", "Noto Sans"), dir: rtl)\n' + TEXT
    return typst.Compiler(font_paths=fonts).compile(page.encode(), format="pdf")


def by_hand(codes, *, from_right=False, told=""):
    """Each code is a square, and means some letters; marks take no room."""
    pdf = pikepdf.new()
    widths = [0 if all(map(unicodedata.combining, letters)) else 600 * len(letters) for letters in codes]
    squares = {f"/s{n}": pdf.make_stream(f"{w} 0 d0 0 0 400 500 re f".encode()) for n, w in enumerate(widths, 1)}
    mapped = "\n".join(f"<{n:02X}> <{letters.encode('utf-16-be').hex()}>" for n, letters in enumerate(codes, 1))
    table = f"""begincmap 1 begincodespacerange <00> <FF> endcodespacerange
{len(codes)} beginbfchar\n{mapped}\nendbfchar endcmap"""
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, -200, 1000, 800], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        FirstChar=1, LastChar=len(codes), Widths=widths, CharProcs=Dictionary(squares), Resources=Dictionary(),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *(Name(name) for name in squares)])),
        ToUnicode=pdf.make_stream(table.encode()),
    )
    following = [*widths[1:], 0]
    back = [here + after if from_right else 0 for here, after in zip(widths, following)]
    shown = " ".join(f"<{n:02X}> {move}" for n, move in enumerate(back, 1))
    content = f"BT /F 20 Tf {300 if from_right else 100} 300 Td [{shown}] TJ ET"
    if told:
        content = f"/Span <</ActualText <FEFF{told.encode('utf-16-be').hex()}>>> BDC {content} EMC"
    page = pdf.add_blank_page(page_size=(500, 500))
    page.Resources = Dictionary(Font=Dictionary(F=font))
    page.Contents = pdf.make_stream(content.encode())
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


together = re.findall("يّ|لا|.", TEXT)
WAYS = {
    "typst": (by_typst(), []),
    "a code a letter, from the left": (by_hand(TEXT[::-1]), ["pypdf", "PDFium", "MuPDF"]),
    "a code a letter, as it is read": (by_hand(TEXT, from_right=True), ["MuPDF", "pdfminer"]),
    "a code for letters drawn together": (by_hand(together[::-1]), []),
    "a code a letter, with ActualText": (by_hand(TEXT[::-1], told=TEXT), ["pypdf"]),
}
as_found = True
for way, (pdf, expected) in WAYS.items():
    texts = {name: " ".join(unicodedata.normalize("NFC", reader(pdf)).split()) for name, reader in READERS.items()}
    read = [name for name, text in texts.items() if TEXT in text]
    print(f"{way}: read by {', '.join(read) or 'none'}")
    as_found &= read == expected
if not as_found:
    sys.exit("It is otherwise now.")
PY
venv/bin/python compare.py
