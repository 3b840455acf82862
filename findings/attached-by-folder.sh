#!/bin/sh
# A file that typst puts into a PDF is named after the folder of the template that puts it there.
# With typst 0.15.2 `pdf.attach("badge.json", …)` written in parts/shared.typ makes an attachment called "parts/badge.json", though its
# content is given as bytes and no such file exists; written "/badge.json" it is called "badge.json". A program that looks for the
# name finds nothing. Exits with 1 when it is otherwise.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cd "$home"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 pypdf==7.1.1
mkdir parts
cat >parts/shared.typ <<'TYP'
#let attached(name) = pdf.attach(name, bytes("{}"), relationship: "alternative", mime-type: "application/json", description: "a badge")
TYP
cat >paper.typ <<'TYP'
#import "parts/shared.typ": attached
#set document(title: "Paper", date: datetime(year: 2026, month: 11, day: 30))
#set text(lang: "en")
#attached(sys.inputs.name)
Paper
TYP
cat >attach.py <<'PY'
import io
import sys

import pypdf
import typst

seen = {}
for name in ("badge.json", "/badge.json"):
    pdf = typst.compile("paper.typ", root=".", sys_inputs={"name": name}, pdf_standards=["a-3b"])
    seen[name] = list(pypdf.PdfReader(io.BytesIO(pdf)).attachments)
    print(f"asked for {name!r}: attached as {seen[name]}")
sys.exit(0 if seen == {"badge.json": ["parts/badge.json"], "/badge.json": ["badge.json"]} else 1)
PY
venv/bin/python attach.py
