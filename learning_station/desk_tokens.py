"""The colors of the station as the desk reads them: `css/desk-tokens.css`, made of `tokens.css` and `desk-colors.css`.

Pages follow the reader's device; at the desk one may also choose light or dark, which Django's admin writes on <html>. So
what both files say once for the dark stands twice here.
"""

import re
from pathlib import Path

from .stylesheet import MadeSheetFinder, joined

NAME = "css/desk-tokens.css"
DARK = "@media screen and (prefers-color-scheme: dark)"
ROOT = re.compile(r":root\{([^}]*)\}")
# Veils and shadows of pages are no matter of the desk: it has its own.
COLOR = re.compile(
    r"(--ls-[\w-]+):(#[0-9a-f]{6}|var\(--ls-[\w-]+\)|transparent|(?<=desk-shade:)rgb\([^)]*\))(?=;|$)"
)


def desk_tokens(files: list[Path]) -> str:
    """All colors by day, and those that are others in the dark: there by the device or by choice."""
    by_day, in_the_dark = "", ""
    for file in files:
        day, dark = joined([file]).split(DARK)
        by_day += declared(day)
        in_the_dark += declared(dark)
    return (
        f'html[data-theme="light"],:root{{{by_day}}}\n'
        f"{DARK}{{:root{{{in_the_dark}}}}}\n"
        f'html[data-theme="dark"]{{{in_the_dark}}}\n'
    )


def declared(text: str) -> str:
    return "".join(f"{name}:{value};" for root in ROOT.findall(text) for name, value in COLOR.findall(root))


class DeskTokensFinder(MadeSheetFinder):
    """Finds `css/desk-tokens.css`, made of the tokens and of the desk's own colors."""

    name = NAME

    def files(self) -> list[Path]:
        return [self.source / "tokens.css", self.source / "desk-colors.css"]

    def text(self) -> str:
        return desk_tokens(self.files())
