"""What every paper needs of the room: the letters of all scripts, data that is never markup, and no box in silence."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

import papers
from papers import drawing, fonts

from .reading import fonts_of, opened, text_of

NOW = datetime(2026, 12, 1, tzinfo=UTC)
# One name in each script that a fund of the world's cities is likely to meet.
NAMES = {
    "Latin": "Zoë Łukasz ẹ̀kọ́ ɓaŋ Nguyễn Thị Ánh",
    "Greek": "Γιώργος Ἀθῆναι",
    "Cyrillic": "Олександр Ђорђе Әлия",
    "Arabic": "أمينة بنت عبد الرحمن",
    "Persian": "محمدرضا پهلوان‌زاده",
    "Urdu": "ڈاکٹر عبدالسلام",
    "Korean": "김민수",
    "Chinese": "王小明 臺北",
    "Japanese": "佐藤 さくら サクラ",
    "Amharic": "አበበ ቢቂላ",
    "Devanagari": "अमिताभ बच्चन",
    "Bengali": "রবীন্দ্রনাথ ঠাকুর",
    "Tamil": "ரஜினி",
    "Thai": "สมชาย ใจดี",
    "Hebrew": "דוד כהן",
    "Armenian": "Արամ",
    "Georgian": "გიორგი",
    "Sinhala": "සුනිල්",
    "Burmese": "အောင်",
    "Khmer": "សុខា",
}
ROW = {
    "size": "a4",
    "activity": "Leading transit",
    "meeting": "",
    "hours": "",
    "about": [],
    "foot": "",
    "guests": 0,
    "words": {
        "kind": "",
        "columns": ["No.", "Name", "City", "Signature"],
        "guests": "Guests",
        "unprintable": "",
        "page": "{page} of {pages}",
    },
}


def sheet(*names: str, **fields) -> bytes:
    rows = [{"name": name, "origin": ""} for name in names]
    options = {"title": "Sheet", "author": "Seoul", "now": NOW}
    return papers.drawn("attendance/papers/sheet.typ", ROW | {"rows": rows} | fields, **options)


@pytest.mark.parametrize("script", NAMES)
def test_each_script_is_set_in_a_font_that_is_carried_along(script):
    """A letter without a glyph is an error of the compiler, which this would raise."""
    name = NAMES[script]
    assert papers.printable(name)
    found = fonts_of(opened(sheet(name)))
    assert all(found.values())
    assert all(font.startswith("Noto") for font in found), found


def test_what_looks_like_markup_stands_as_it_was_typed():
    name = '*Ana* #panic("x") $x$ <b> [y] // z \\ "q" @ref --- ~'
    assert name.replace(" ", "") in text_of(opened(sheet(name))).replace(" ", "")


def test_lines_are_one_and_accents_are_joined(caplog):
    assert drawing.legible({"a": ["Zoe\u0308\n  Ort", 3, None]}) == {"a": ["Zoë Ort", 3, None]}
    assert not caplog.records


def test_a_letter_without_a_font_is_told_and_never_a_box(caplog):
    thaana = "ހިލްމީ"
    assert not papers.printable(thaana)
    assert "?" in text_of(opened(sheet(f"Malé {thaana}")))
    assert "U+0780" in caplog.text


def test_nobody_draws_around_what_is_legible(monkeypatch):
    monkeypatch.setattr(drawing, "legible", lambda data: data)
    with pytest.raises(papers.Unprintable, match="could not be displayed"):
        sheet("ހިލްމީ")


def test_a_warning_is_an_error(monkeypatch):
    monkeypatch.setattr(drawing, "families", lambda _country: ["No Such Font", fonts.LATIN])
    with pytest.raises(papers.Unprintable, match="unknown font family"):
        sheet("Ana")


def test_the_same_data_at_the_same_moment_are_the_same_bytes():
    assert sheet("Ana") == sheet("Ana")


def test_it_says_what_it_is_and_in_which_language():
    with translation.override("fr"):
        pdf = opened(sheet("Ana"))
    assert str(pdf.Root.Lang) == "fr"
    assert pdf.Root.MarkInfo.Marked
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Sheet"
        assert metadata["dc:creator"] == ["Seoul"]
        assert metadata["pdfuaid:part"] == "1"


def test_chinese_characters_are_drawn_as_the_country_writes_them():
    assert "Noto Sans CJK KR" in fonts.families("KR")
    assert "Noto Sans CJK SC" in fonts.families("SN")


def test_every_family_is_there_under_its_name():
    import typst

    known = typst.Fonts(False, False, [str(folder) for folder in fonts.folders()]).families()
    wanted = {name for country in ("", "JP", "KR", "TW", "HK") for name in fonts.families(country)}
    assert wanted <= set(known)
