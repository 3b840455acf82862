"""Several certificates at once: files untouched, one in memory at a time."""

import io
import zipfile
from datetime import UTC, datetime

from credentials.zipping import file_name, zipped

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def test_each_file_is_the_one_that_would_be_given_out_alone():
    files = {"a.pdf": b"%PDF-1.7 one", "محمد 7KQ4.pdf": b"%PDF-1.7 two"}
    archive = b"".join(zipped([(name, lambda body=body: body) for name, body in files.items()], now=NOW))
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == files


def test_each_is_made_when_its_turn_comes():
    made = []

    def making(number):
        made.append(number)
        return bytes(1000)

    pieces = zipped([(f"{number}.pdf", lambda number=number: making(number)) for number in range(3)], now=NOW)
    first = next(pieces)
    assert made == [0]
    assert 1000 < len(first) < 1200
    assert len(list(pieces)) == 3


def test_it_is_the_same_each_time():
    def once():
        return b"".join(zipped([("a.pdf", lambda: b"%PDF")], now=NOW))

    assert once() == once()


def test_names_of_files_are_safe_and_never_the_same():
    assert file_name("Amina Diallo", "7KQ4") == "Amina Diallo 7KQ4.pdf"
    assert file_name("../a/b:c\u202e", "7KQ4") == "a b c 7KQ4.pdf"
    assert file_name("محمد علي", "7KQ4") == "محمد علي 7KQ4.pdf"
    assert file_name("", "7KQ4") == "7KQ4.pdf"
    assert len(file_name("x" * 300, "7KQ4")) < 100
