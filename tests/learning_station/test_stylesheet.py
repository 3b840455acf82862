import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from learning_station.desk_tokens import DeskTokensFinder, desk_tokens
from learning_station.stylesheet import NAME, DeskSheetFinder, StylesheetFinder, joined, parts

CSS = Path(settings.BASE_DIR) / "static" / "css"
# A letter's style sheet speaks to mail programs, many of which know no logical properties.
DESK_PARTS = sorted((CSS / "desk").glob("*.css"))
ALL = [file for file in sorted(CSS.rglob("*.css")) if file.name != "mail.css"]

PHYSICAL = re.compile(
    r"(?<![\w-])("
    r"(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*"
    r"|left|right|top|bottom|(?:(?:min|max)-)?(?:width|height)"
    r")\s*:"
    r"|(?<![\w-])(?:float|clear|text-align)\s*:\s*(?:left|right)\b"
)


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.name)
def test_style_sheets_know_no_left_and_right(file):
    text = re.sub(r"/\*.*?\*/|@media[^{]*|@supports[^{]*", "", file.read_text(), flags=re.DOTALL)
    assert [match.group() for match in PHYSICAL.finditer(text)] == []


def test_physical_properties_would_be_found():
    assert PHYSICAL.search(".a { margin-left: 1px }")
    assert PHYSICAL.search(".a { text-align: right; }")
    assert PHYSICAL.search(".a { max-width: 1px }")
    assert not PHYSICAL.search(".a { border-inline-start: 1px solid; inline-size: 2px; line-height: 1 }")


def test_parts_name_no_other_files():
    assert [file.name for file in (CSS / "parts").glob("*.css") if "url(" in file.read_text()] == []


def test_whole_is_all_parts_in_order_and_within_its_budget():
    whole = joined(parts(CSS))
    assert whole.startswith("@layer reset,tokens,base,layout,parts,utilities;")
    for sign in (".wrap{", ".activity-card{", ".field-error{", ".world-stop{", "@media print{"):
        assert sign in whole
    assert whole.count("{") == whole.count("}")
    assert len(gzip.compress(whole.encode())) <= 14_000


def test_finder_makes_the_whole_again_when_a_part_changes(tmp_path):
    source, target = tmp_path / "css", tmp_path / "made"
    (source / "parts").mkdir(parents=True)
    for name in ("tokens", "base", "layout", "utilities", "print"):
        (source / f"{name}.css").write_text(f".{name} {{ color: red; }}\n")
    finder = StylesheetFinder(source=source, target=target)
    whole = Path(finder.find(NAME))
    assert whole.read_text() == (
        ".tokens{color: red}.base{color: red}.layout{color: red}.utilities{color: red}.print{color: red}\n"
    )
    (source / "parts" / "new.css").write_text(".new { color: blue; }")
    assert ".layout{color: red}.new{color: blue}.utilities" in Path(finder.find(NAME)).read_text()
    assert [(path, storage.exists(path)) for path, storage in finder.list(None)] == [(NAME, True)]
    assert finder.find("css/other.css") == []


def test_the_desk_has_one_sheet_of_its_parts(tmp_path):
    whole = Path(DeskSheetFinder(target=tmp_path).find("css/desk.css")).read_text()
    assert all(
        file.read_text().split("{")[0].split("*/")[-1].split(",")[0].strip() in whole for file in DESK_PARTS
    )
    assert whole.count("{") == whole.count("}")
    assert "/*" not in whole


def test_nested_rules_lose_nothing_but_comments_and_space(tmp_path):
    part = tmp_path / "part.css"
    part.write_text(
        ".a {\n  /* why */\n  --a-b: 1px;\n  transition:\n    color 1s,\n    margin 1s;\n"
        "  &:hover,\n  & a:hover > b {\n    margin: 0 var(--a-b);\n  }\n"
        '  @media (min-width: 60rem) {\n    &::before {\n      content: "a: b";\n    }\n  }\n}\n'
    )
    assert joined([part]) == (
        ".a{--a-b:1px;transition:color 1s,margin 1s;&:hover,& a:hover > b{margin:0 var(--a-b)}"
        '@media (min-width: 60rem){&::before{content:"a: b"}}}\n'
    )


def _colors(block: str) -> dict[str, str]:
    return dict(re.findall(r"--ls-([\w-]+):\s*(#[0-9a-f]{6})", block))


def _luminance(color: str) -> float:
    channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _modes() -> dict[str, dict[str, str]]:
    text = (CSS / "tokens.css").read_text()
    light, dark = text.split("@media screen and (prefers-color-scheme: dark)")
    return {"light": _colors(light), "dark": _colors(light) | _colors(dark)}


# WCAG 2.2 AA: 4.5 for text, 3 for the edges of controls and for what has a meaning without being text.
READ_ON = [
    *[(ink, ground, 4.5) for ink in ("ink", "ink-soft") for ground in ("paper", "surface", "surface-sunk")],
    *[("accent", ground, 4.5) for ground in ("paper", "surface", "surface-sunk", "accent-tint")],
    *[("accent-strong", ground, 4.5) for ground in ("paper", "surface", "accent-tint")],
    *[
        (line, ground, 4.5)
        for line in ("webinar", "online-course", "in-person-program")
        for ground in ("paper", "surface")
    ],
    *[(line, f"{line}-tint", 4.5) for line in ("webinar", "online-course", "in-person-program")],
    *[(kind, f"{kind}-tint", 4.5) for kind in ("success", "warning", "danger", "info")],
    *[("ink", f"{kind}-tint", 4.5) for kind in ("success", "warning", "danger", "info")],
    *[("danger", ground, 4.5) for ground in ("paper", "surface")],
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("surface", "danger", 4.5),
    ("on-signal", "signal", 4.5),
    ("on-deep", "deep", 4.5),
    ("on-deep-soft", "deep", 4.5),
    ("signal", "deep", 4.5),
    ("paper", "ink", 4.5),
    ("line-strong", "paper", 3),
    ("line-strong", "surface", 3),
    ("focus", "paper", 3),
    ("focus", "surface", 3),
]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colors_can_be_told_apart_by_everybody(mode):
    colors = _modes()[mode]
    faint = [
        (ink, ground, round(contrast(colors[ink], colors[ground]), 2))
        for ink, ground, least in READ_ON
        if contrast(colors[ink], colors[ground]) < least
    ]
    assert faint == []


DESK = [CSS / name for name in ("admin.css", "terms.css", "agreement.css", "report.css")]
A_COLOR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(|[ :](?:white|black|gr[ae]y|red)\b(?!-)", re.IGNORECASE
)


@pytest.fixture(scope="module")
def desk_modes() -> dict[str, dict[str, str]]:
    """The desk's colors as a browser finds them, by what the reader's device and the desk's own switch say."""
    by_day, by_device, by_choice = desk_tokens(DeskTokensFinder().files()).strip().split("\n")
    assert by_day.startswith('html[data-theme="light"],:root{')
    assert by_device.startswith("@media screen and (prefers-color-scheme: dark){:root{")
    assert by_choice.startswith('html[data-theme="dark"]{')
    light, device, choice = (
        dict(re.findall(r"--ls-([\w-]+):([^;]+);", text)) for text in (by_day, by_device, by_choice)
    )
    return {"light": light, "dark": light | device, "chosen dark": light | choice}


@pytest.mark.parametrize("mode", ["light", "dark", "chosen dark"])
def test_the_desk_has_the_stations_colors(desk_modes, mode):
    tokens = _modes()[mode.removeprefix("chosen ")]
    assert {name: desk_modes[mode][name] for name in tokens} == tokens
    assert {name for name in desk_modes[mode] if name not in tokens and not name.startswith("desk-")} == set()


@pytest.mark.parametrize("file", [*DESK, *DESK_PARTS], ids=lambda file: file.name)
def test_every_color_that_the_desk_asks_for_is_there(desk_modes, file):
    known = desk_modes["light"]
    asked = set(re.findall(r"var\(--ls-([\w-]+)", file.read_text()))
    meant = {value for value in known.values() if value.startswith("var(")}
    assert asked <= known.keys()
    assert {value.removeprefix("var(--ls-").removesuffix(")") for value in meant} <= known.keys()


@pytest.mark.parametrize("files", [DESK, DESK_PARTS], ids=["admin and agreements", "desk"])
def test_the_desk_names_no_color_itself(files):
    assert A_COLOR.search("border: 1px solid #fff")
    assert A_COLOR.search("background: White")
    assert not A_COLOR.search("white-space: nowrap")
    assert not A_COLOR.search("background: var(--ls-white)")
    declarations = re.findall(r"[\w-]+\s*:[^;{}]+(?=[;}])", joined(files))
    assert len(declarations) > 150
    assert [one for one in declarations if A_COLOR.search(one)] == []
