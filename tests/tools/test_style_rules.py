"""Each rule of the style sheets' form: what passes, and what is refused with its line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.style_rules import complaints, variables_of_the_admin

TOKENS = ":root {\n  --ls-ink: #14232b;\n  --ls-paper: #f4f6f5;\n}\n"
USE = ".page {\n  color: var(--ls-ink);\n  background: var(--ls-paper);\n}\n"


def found(part, *, name="parts/page.css", tokens=TOKENS, templates="", known=frozenset()):
    sheets = {"tokens.css": tokens, "base.css": USE, name: part}
    return list(complaints(sheets, templates, known))


@pytest.mark.parametrize(
    "value",
    [
        "color: var(--ls-ink)",
        "border: 1px solid currentColor",
        "background: transparent",
        "white-space: nowrap",
        "background: linear-gradient(currentColor 0 0)",
        'content: "red #fff"',
        "background: url(red.svg)",
        "background: CanvasText",
        "transition: color 140ms",
    ],
)
def test_what_names_a_token_or_no_color_passes(value):
    assert found(f".page {{\n  {value};\n}}\n") == []


@pytest.mark.parametrize(
    ("value", "color"),
    [
        ("color: #fff", "#fff"),
        ("border: 1px solid #14232B", "#14232B"),
        ("box-shadow: 0 1px rgb(0 0 0 / 8%)", "rgb("),
        ("background: hsl(10 20% 30%)", "hsl("),
        ("color: oklch(50% 0 0)", "oklch("),
        ("background: white", "white"),
        ("color: LightGray", "LightGray"),
        ("background: linear-gradient(red 0 0)", "red"),
    ],
)
def test_a_color_is_refused_wherever_it_stands(value, color):
    complaint = f"parts/page.css:4: the color {color}; name a token instead"
    assert found(f".page {{\n  color: inherit;\n  &:hover {{\n    {value};\n  }}\n}}\n") == [complaint]
    assert found(f"/* a\n comment */ .page {{\n  &:hover {{ {value} }} }}\n") == [
        complaint.replace("4", "3", 1)
    ]


def test_colors_stand_in_both_files_of_tokens():
    assert found(":root {\n  --ls-ink: #000000;\n}\n", name="desk-colors.css") == []


@pytest.mark.parametrize(
    "part",
    [
        ".page {\n  --page-gap: 1rem;\n  gap: var(--page-gap);\n}\n",
        ".page {\n  --page: 1rem;\n  gap: var(--page);\n}\n",
        ".other > .page-head {\n  --page-head-gap: 1rem;\n  gap: var(--page-head-gap);\n}\n",
    ],
)
def test_a_parts_variable_is_named_for_a_class_of_its_sheet(part):
    assert found(part) == []


def test_a_variable_named_for_no_class_of_its_sheet_is_refused():
    part = ".page {\n  --pages-gap: 1rem;\n  gap: var(--pages-gap);\n}\n"
    assert found(part) == [
        "parts/page.css:2: --pages-gap is neither a token, --ls-…, nor named for a class of this sheet"
    ]


def test_variables_of_the_admin_may_be_set_and_used():
    part = ":root {\n  --primary: var(--ls-ink);\n  color: var(--body-fg);\n}\n"
    assert found(part, known=frozenset({"--primary", "--body-fg"})) == []
    assert [complaint.partition(": ")[2] for complaint in found(part)] == [
        "--primary is neither a token, --ls-…, nor named for a class of this sheet",
        "--body-fg is defined nowhere",
        "--primary is used nowhere",
    ]
    assert {"--primary", "--body-fg", "--object-tools-bg"} <= variables_of_the_admin()


@pytest.mark.parametrize(
    "part",
    [
        ".page {\n  & a,\n  &:is(b, i),\n  [dir] & {\n    color: inherit;\n  }\n}\n",
        ".page {\n  @media (width > 1px) {\n    color: inherit;\n    & a {\n      color: inherit;\n    }\n  }\n}\n",
        "@layer parts {\n  .page {\n    color: inherit;\n  }\n  a:hover {\n    color: inherit;\n  }\n}\n",
    ],
)
def test_nested_selectors_with_ampersand_pass(part):
    assert found(part) == []


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        (".page {\n  color: inherit;\n  a {\n    color: inherit;\n  }\n}\n", "3: “a” is nested without &"),
        (
            ".page {\n  & a,\n  b {\n    color: inherit;\n  }\n}\n",
            "2: “& a, b” is nested without &",
        ),
        (
            ".page {\n  @media print {\n    a {\n      color: inherit;\n    }\n  }\n}\n",
            "3: “a” is nested without &",
        ),
    ],
)
def test_nested_selectors_without_ampersand_are_refused(part, complaint):
    assert found(part) == [f"parts/page.css:{complaint}"]


def test_what_is_used_is_defined():
    assert found(".page {\n  gap: var(--ls-gap, 1rem);\n}\n") == [
        "parts/page.css:2: --ls-gap is defined nowhere"
    ]


def test_what_is_defined_is_used_in_a_sheet_or_a_template():
    tokens = TOKENS.replace("}", "  --ls-lost: #000000;\n}")
    assert found("", tokens=tokens) == ["tokens.css:4: --ls-lost is used nowhere"]
    assert found("", tokens=tokens, templates='<path fill="var(--ls-lost)">') == []


def test_letters_have_no_color_that_is_no_tokens_value():
    assert found("body {\n  color: #14232b;\n}\n", name="mail.css") == []
    for color in ("#14232c", "rgb(", "white"):
        value = f"{color}0 0 0)" if color.endswith("(") else color
        assert found(f"body {{\n  color: {value};\n}}\n", name="mail.css") == [
            f"mail.css:2: {color} is the value of no token"
        ]


def test_one_declaration_a_line_is_the_formatters_matter(tmp_path):
    oxfmt = Path(sys.executable).with_name("oxfmt")
    sheet = tmp_path / "page.css"

    def passes(text):
        sheet.write_text(text)
        done = subprocess.run([oxfmt, "--check", sheet], cwd=tmp_path, capture_output=True, check=False)
        return done.returncode == 0

    assert passes(".page {\n  color: inherit;\n  &:hover {\n    margin: 0;\n  }\n}\n")
    assert not passes(".page {\n  color: inherit; margin: 0;\n}\n")
    assert not passes(".page { color: inherit; }\n")
