#!/bin/sh
# charset-normalizer 3.5.2, which comes with requests, and chardet 7.7.0 disagree about lists of names under English headings, as
# spreadsheets save them in the encoding of their country. Sixty lines are too few for charset-normalizer: Japanese names become
# Korean syllables, and Turkish letters Icelandic ones, without a word that it is unsure. chardet reads them all. Exits with 1 when
# it is otherwise.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cd "$home"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check charset-normalizer==3.5.2 chardet==7.7.0
cat >compare.py <<'PY'
import sys

import chardet
from charset_normalizer import from_bytes

LISTS = {
    "cp932": ("佐藤 花子", "田中 一郎", "鈴木 さくら", "高橋 健", "渡辺 美咲", "伊藤 翔"),
    "cp1252": ("José Núñez", "Zoë Müller", "Françoise Lefèvre", "Jürgen Groß", "Iñaki Ibáñez", "João Conceição"),
    "cp1254": ("Ayşe Yılmaz", "Gökçe Işık", "Çağrı Şahin", "Özgür Doğan", "İpek Güneş", "Barış Öztürk"),
    "cp949": ("김서연", "박도윤", "최민준", "이하은", "정우진", "강지호"),
}

right = {}
for encoding, names in LISTS.items():
    lines = [f"{names[n % 6]},p{n}@example.org,11/24/2026 10:00:00 AM,11/24/2026 11:00:00 AM,60" for n in range(60)]
    content = "\n".join(["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)", *lines]).encode(encoding)
    guesses = {"charset-normalizer": from_bytes(content).best().encoding, "chardet": chardet.detect(content)["encoding"]}
    for library, guess in guesses.items():
        read = content.decode(guess, "replace").split("\n")[1].split(",")[0]
        right[library, encoding] = read == names[0]
        print(f"{encoding:7} {library:19} {guess:13} {names[0]} is read as {read}")
as_told = {("charset-normalizer", e): e in ("cp949", "cp1252") for e in LISTS} | {("chardet", e): True for e in LISTS}
sys.exit(right != as_told)
PY
venv/bin/python compare.py 2>/dev/null || { echo "They read otherwise now." >&2; exit 1; }
