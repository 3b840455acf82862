"""The form of our style sheets, as far as their formatter does not see to it.

Colors stand in tokens.css and desk-colors.css alone; everything else names a token. A custom property is a token, `--ls-…`,
or a part's own variable: then its name begins with a class of its sheet, as `--button-ground` does with `.button`. A nested
selector says with `&` where it hangs. Letters are another matter: mail programs know no variables, so mail.css repeats the
tokens' values.
"""

import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

TOKENS = ("tokens.css", "desk-colors.css")
MAIL = "mail.css"

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|url\([^)]*\)")
LITERAL = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)a?\(", re.IGNORECASE
)
DECLARATION = re.compile(r"(?<=[{};])\s*(?P<name>-{0,2}[a-z][\w-]*)\s*:(?P<value>[^;{}]*)(?=[;}])")
SELECTOR = re.compile(r"(?:^|(?<=[{};]))([^{};]+)\{")
USED = re.compile(r"var\(\s*(--[\w-]+)")
HEX = re.compile(r"#[0-9a-f]{6}\b")

# Of https://www.w3.org/TR/css-color-4/#named-colors: `transparent`, `currentColor` and the system's own are none of them.
NAMED = re.compile(
    r"(?<![\w-])(?:"
    "aliceblue|antiquewhite|aqua|aquamarine|azure|beige|bisque|black|blanchedalmond|blue|blueviolet|brown|burlywood|cadetblue|"
    "chartreuse|chocolate|coral|cornflowerblue|cornsilk|crimson|cyan|dark[a-z]+|deeppink|deepskyblue|dimgr[ae]y|dodgerblue|"
    "firebrick|floralwhite|forestgreen|fuchsia|gainsboro|ghostwhite|gold|goldenrod|gr[ae]y|green|greenyellow|honeydew|hotpink|"
    "indianred|indigo|ivory|khaki|lavender|lavenderblush|lawngreen|lemonchiffon|light(?!-dark)[a-z]+|lime|limegreen|linen|"
    "magenta|maroon|medium[a-z]+|midnightblue|mintcream|mistyrose|moccasin|navajowhite|navy|oldlace|olive|olivedrab|orange|"
    "orangered|orchid|pale[a-z]+|papayawhip|peachpuff|peru|pink|plum|powderblue|purple|rebeccapurple|red|rosybrown|royalblue|"
    "saddlebrown|salmon|sandybrown|seagreen|seashell|sienna|silver|skyblue|slateblue|slategr[ae]y|snow|springgreen|steelblue|"
    "tan|teal|thistle|tomato|turquoise|violet|wheat|white|whitesmoke|yellow|yellowgreen"
    r")(?![\w-])",
    re.IGNORECASE,
)


def complaints(sheets: Mapping[str, str], templates: str, known: frozenset[str]) -> Iterator[str]:
    """What is wrong with the sheets, by path. Templates may use tokens, too; `known` are the admin's own variables."""
    for path, text in sheets.items():
        sheet = without_comments(text)
        if Path(path).name == MAIL:
            continue
        if Path(path).name not in TOKENS:
            yield from (f"{path}:{line}: {what}" for line, what in colors(sheet))
        yield from (f"{path}:{line}: {what}" for line, what in names(sheet, known))
        yield from (f"{path}:{line}: {what}" for line, what in nested_without_ampersand(sheet))
    yield from undefined_and_unused(sheets, templates, known)
    yield from foreign_colors_of_letters(sheets)


def colors(sheet: str) -> Iterator[tuple[int, str]]:
    for declaration in DECLARATION.finditer(sheet):
        for pattern in (LITERAL, NAMED):
            if found := pattern.search(without_strings(declaration["value"])):
                yield (
                    line_of(sheet, declaration.start("name")),
                    f"the color {found.group()}; name a token instead",
                )


def names(sheet: str, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Each custom property that the sheet sets is a token, a variable of one of its own parts, or one of the admin's."""
    classes = set(re.findall(r"\.([a-z][\w-]*)", " ".join(SELECTOR.findall(sheet))))
    for declaration in DECLARATION.finditer(sheet):
        name = declaration["name"]
        if not name.startswith("--") or name.startswith("--ls-") or name in known:
            continue
        if not any(name == f"--{part}" or name.startswith(f"--{part}-") for part in classes):
            yield (
                line_of(sheet, declaration.start("name")),
                f"{name} is neither a token, --ls-…, nor named for a class of this sheet",
            )


def nested_without_ampersand(sheet: str) -> Iterator[tuple[int, str]]:
    """`& a` and not `a` within a rule: so it is seen at once what is nested. Blocks of at-rules are looked into."""
    within: list[bool] = []  # for each open block, whether it is a rule or stands in one
    for block in re.finditer(r"([^{};]*)(\{|\}|;)", sheet):
        opened, end = block.group(1).strip(), block.group(2)
        if end == "}":
            within.pop()
        elif end == "{":
            in_rule = bool(within and within[-1])
            is_rule = not opened.startswith("@")
            if in_rule and is_rule and not all("&" in each for each in top_level(opened)):
                start = block.start(1) + len(block.group(1)) - len(block.group(1).lstrip())
                yield line_of(sheet, start), f"“{' '.join(opened.split())}” is nested without &"
            within.append(in_rule or is_rule)


def undefined_and_unused(sheets: Mapping[str, str], templates: str, known: frozenset[str]) -> Iterator[str]:
    defined: dict[str, str] = {}
    used = set(USED.findall(templates))
    for path, text in sheets.items():
        sheet = without_comments(text)
        used |= set(USED.findall(sheet))
        for declaration in DECLARATION.finditer(sheet):
            if declaration["name"].startswith("--") and declaration["name"] not in known:
                defined.setdefault(declaration["name"], f"{path}:{line_of(sheet, declaration.start('name'))}")
    for path, text in sheets.items():
        sheet = without_comments(text)
        for use in USED.finditer(sheet):
            if use[1] not in defined and use[1] not in known:
                yield f"{path}:{line_of(sheet, use.start())}: {use[1]} is defined nowhere"
    yield from (f"{where}: {name} is used nowhere" for name, where in defined.items() if name not in used)


def foreign_colors_of_letters(sheets: Mapping[str, str]) -> Iterator[str]:
    """A letter cannot name a token, but has no color that is no token's value."""
    tokens = {
        color
        for path, text in sheets.items()
        if Path(path).name in TOKENS
        for color in HEX.findall(without_comments(text))
    }
    for path, text in sheets.items():
        if Path(path).name == MAIL:
            sheet = without_comments(text)
            for declaration in DECLARATION.finditer(sheet):
                for found in (*LITERAL.findall(declaration["value"]), *NAMED.findall(declaration["value"])):
                    if found not in tokens:
                        line = line_of(sheet, declaration.start("name"))
                        yield f"{path}:{line}: {found} is the value of no token"


def variables_of_the_admin() -> frozenset[str]:
    """Those that Django's own sheets set: admin.css fills them in."""
    spec = find_spec("django")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent / "contrib" / "admin" / "static" / "admin" / "css"
    return frozenset(
        name for file in folder.glob("*.css") for name in re.findall(r"(--[\w-]+)\s*:", file.read_text())
    )


def top_level(selectors: str) -> list[str]:
    """The selectors of a list; those within `:is(…)` belong to theirs."""
    flat = selectors
    while (inner := re.sub(r"\([^()]*\)", "", flat)) != flat:
        flat = inner
    return flat.split(",")


def without_comments(text: str) -> str:
    return COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)


def without_strings(value: str) -> str:
    return STRING.sub("", value)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
