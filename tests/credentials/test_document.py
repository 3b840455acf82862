"""The certificate as a PDF: what stands on it, how it is told, and what it says of itself."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from PIL import Image

import papers
from credentials.document import document
from credentials.facts import Facts
from tests.papers.reading import fonts_of, letters_of, opened
from tests.papers.test_text_layer import by_pdfium, by_pypdf, declares, plain, told

ISSUED = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
ADDRESS = "https://station.example/certificates/7KQ4M2XW/"
LANGUAGES = ["en", "fr", "es", "ar"]
TITLES = {"en": "Water in growing cities", "fr": "L’eau dans les villes", "es": "Agua en las ciudades"}
RULE = {"certificate": "participation", "percent": 80, "percent_of": "meetings", "leaves_out_excused": False}
DESIGNS = {
    "participation": {},
    "completion": {"kind": "completion", "format": "webinar", "rule": RULE | {"certificate": "completion"}},
    "program": {"format": "in_person_program", "venue": "Recinte Modernista, Barcelona"},
}
# Names where what typst tells by itself is wrong: ya of both languages, doubled letters, لا, two words and more.
ARABIC = ["محمد عليّ الزيّات", "لا إله الأمين عبد الله", "يحيى الصبّاغ"]
PERSIAN = ["زهرا میرزایی‌نژاد", "علی یکتا"]
LONG = "María Fernanda de los Ángeles Rodríguez Santamaría y Villavicencio de la Concepción"


def facts(**fields) -> Facts:
    usual = {
        "name": "Amina Diallo",
        "kind": "participation",
        "format": "online_course",
        "titles": TITLES,
        "hosts": {"en": "Barcelona Center", "fr": "Centre de Barcelone", "es": "Centro de Barcelona"},
        "venue": "",
        "starts_on": "2026-11-02",
        "ends_on": "2026-11-30",
        "zone": "Europe/Madrid",
        "meetings": 5,
        "minutes": 450,
        "rule": RULE,
        "signatory": {
            "name": "Dr. Mina Park",
            "posts": {"en": "Director", "fr": "Directrice", "es": "Directora"},
        },
        "granted": "",
        "country": "SN",
    }
    return Facts(**(usual | fields))


def made(language: str = "en", *, edition: int = 1, signature: bytes | None = None, **fields) -> bytes:
    return document(
        facts(**fields),
        code="7KQ4M2XW",
        edition=edition,
        address=ADDRESS,
        issued_at=ISSUED,
        language=language,
        signature=signature,
    )


def signature() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGBA", (300, 100), (20, 35, 90, 255)).save(drawn, "PNG")
    return drawn.getvalue()


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Of the structure, in the order of reading."""
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(element)
            children = element.get("/K", pikepdf.Array())
            for child in children if isinstance(children, pikepdf.Array) else [children]:
                walk(child)

    root = pdf.Root.StructTreeRoot.K
    walk(root[0] if isinstance(root, pikepdf.Array) else root)
    return found


def place_of(words: str, pdf: bytes) -> float:
    """How far from the left edge of the page, in points, the first of them begins."""
    read = opened(pdf)
    return min(x for x, _y, said in letters_of(read.pages[0]) if words in said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_is_drawn_in_every_language_on_one_page(language, design):
    pdf = made(language, signature=signature(), edition=2, **DESIGNS[design])
    assert declares(pdf) == {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}
    read = opened(pdf)
    assert len(read.pages) == 1
    assert str(read.Root.Lang) == language
    assert read.Root.MarkInfo.Marked
    assert read.Root.ViewerPreferences.DisplayDocTitle
    assert all(fonts_of(read).values())
    figures = [str(element.Alt) for element in elements(read) if element.S == "/Figure"]
    assert len(figures) == 2
    assert any(ADDRESS in words for words in figures)


def test_it_says_who_what_when_by_whom_and_where_it_is_checked():
    text = by_pypdf(made(edition=2, signature=signature()))
    order = [
        "Certificate of participation",
        "Amina Diallo",
        "for taking part in the online course",
        "Water in growing cities",
        "Barcelona Center",
        "2 to 30 November 2026",
        "7 h 30 min in 5 meetings",
        "Condition met: present at 4 of 5 meetings or more",
        "Dr. Mina Park",
        "Director",
        "Issued on 1 December 2026",  # on the host's clock
        "Edition 2, replaces edition 1",
        "station.example/ certificates/7KQ4M2XW/",
        "Code: 7KQ4M2XW",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_what_staff_granted_says_so_and_tells_no_rule():
    text = by_pypdf(made(granted="Ill on two days, and wrote a paper instead"))
    assert "Granted by the host: Ill on two days, and wrote a paper instead" in text
    assert "Condition" not in text


def test_what_has_no_meetings_tells_no_hours():
    assert "Duration" not in by_pypdf(made(meetings=0, minutes=0, rule=None))


def test_the_place_of_a_program_stands_on_it():
    text = by_pypdf(made(**DESIGNS["program"]))
    assert "Recinte Modernista, Barcelona" in text
    assert "for taking part in the in-person program" in text


@pytest.mark.parametrize(
    ("name", "language"),
    [*((name, "en") for name in [*ARABIC, *PERSIAN]), (ARABIC[0], "ar"), (PERSIAN[0], "ar")],
)
def test_names_from_right_to_left_are_read_by_two_readers_and_told_by_the_structure(name, language):
    pdf = made(language, name=name)
    assert plain(name) in by_pypdf(pdf)
    assert plain(name) in by_pdfium(pdf)
    assert name in told(opened(pdf))
    with opened(pdf).open_metadata() as metadata:
        assert metadata["dc:title"].endswith(name)


@pytest.mark.parametrize(
    "name", ["김민수", "王小明", "አበበ ቢቂላ", "अमिताभ बच्चन", "Олександр Шевченко", "Nguyễn Thị Ánh"]
)
def test_names_of_other_scripts_are_read_by_two_readers(name):
    pdf = made(name=name)
    assert plain(name) in by_pypdf(pdf)
    assert plain(name) in by_pdfium(pdf)


def test_in_arabic_the_page_is_the_other_way_round_but_addresses_and_codes_are_not():
    pdf = made("ar", name=ARABIC[0])
    text = by_pdfium(pdf)
    assert "certificates/7KQ4M2XW/" in text
    assert "7KQ4M2XW" in text
    assert TITLES["en"] in text  # nobody translated it
    read = opened(pdf)
    assert {str(element.Lang) for element in elements(read) if "/Lang" in element} == {"en"}
    assert place_of("7KQ4M2XW", pdf) > 500
    assert place_of("7KQ4M2XW", made()) < 100


def test_a_long_name_stands_in_two_lines_whole():
    pdf = made(name=LONG)
    assert LONG in by_pypdf(pdf)
    read = opened(pdf)
    heights = {
        round(y) for _x, y, said in letters_of(read.pages[0]) if set(said.split()) & {"María", "Concepción"}
    }
    assert len(heights) == 2


@pytest.mark.parametrize("design", DESIGNS)
def test_with_everything_at_its_longest_nothing_lies_on_anything(design):
    many = "Integrated management of water and drainage for cities " * 10
    pdf = made(
        name=f"{LONG} {LONG}",
        titles={"en": many[:200]},
        hosts={"en": many[:150]},
        granted=f"{many[:480]} last",
        signatory={"name": f"Signs {LONG}", "posts": {"en": many[:200]}},
        edition=2,
        **{key: value for key, value in DESIGNS[design].items() if key != "rule"},
    )
    read = opened(pdf)
    assert len(read.pages) == 1
    heights = {
        words: y for words in ("last", "Signs") for _x, y, said in letters_of(read.pages[0]) if words in said
    }
    assert heights["last"] > heights["Signs"] + 12


def test_a_name_too_long_to_be_read_is_not_said_to_be_readable():
    pdf = made(name="محمدعبدالرحمن" * 15)
    assert declares(pdf) == {"pdfaid:part": "3", "pdfaid:conformance": "B"}


@pytest.mark.parametrize("fields", [{"name": "ހިލްމީ"}, {"titles": {"en": "ހިލްމީ"}}, {"granted": "ހިލްމީ"}])
def test_nothing_is_written_with_question_marks(fields):
    with pytest.raises(papers.Unprintable, match="No font"):
        made(**fields)


def test_it_is_the_same_each_time():
    assert made("ar", name=ARABIC[0], signature=signature()) == made(
        "ar", name=ARABIC[0], signature=signature()
    )


def test_title_author_and_subject_are_told_to_programs():
    with opened(made()).open_metadata() as metadata:
        assert metadata["dc:title"] == "Certificate of participation: Amina Diallo"
        assert metadata["dc:creator"] == ["Barcelona Center"]
        assert metadata["dc:description"] == TITLES["en"]
