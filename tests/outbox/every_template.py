"""Every letter's three templates, rendered with the same words wherever they take words in."""

import re
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from outbox.rendering import Rendered, one_line, plain, render

MAIL = settings.BASE_DIR / "templates" / "mail"
EVERY_TEMPLATE = sorted(
    str(path.relative_to(MAIL)).removesuffix(".subject.txt") for path in MAIL.rglob("*.subject.txt")
)
NUMBERS = {"days", "minutes", "position", "so_far"}


class Filler(str):
    """A text whose attributes are that text too: an activity with a title, a person with a name."""

    def __getattr__(self, name: str) -> "Filler | date":
        if name.startswith("_") or name == "resolve_expression":
            raise AttributeError(name)
        return date(2027, 2, 1) if name.endswith(("_on", "_day")) else self


def rendered_with(template: str, text: str, language: str) -> Rendered:
    return render(template, context_of(text), language=language, zone=ZoneInfo("Asia/Seoul"))


def subject_with(template: str, text: str, language: str) -> str:
    with translation.override(language):
        return one_line(plain(f"mail/{template}.subject.txt", context_of(text)))


def context_of(text: str) -> dict[str, Any]:
    filler = Filler(text)
    known: dict[str, Any] = dict.fromkeys(variables(), filler)
    known["before"] = date(2027, 2, 1)
    lists = {name: [filler] for name in ("meetings", "materials", "paragraphs", "dropped", "added")}
    return known | dict.fromkeys(NUMBERS, 3) | lists | {"shifted": [([filler], [filler])]}


@cache
def variables() -> set[str]:
    """The names that any template asks for."""
    sources = [path.read_text() for path in MAIL.rglob("*.*")]
    tags = re.findall(r"\{[{%](.*?)[%}]\}", " ".join(sources), re.DOTALL)
    return {name for tag in tags for name in re.findall(r"(?<![\w.\"])[a-z_]+(?![\w\"])", tag)} - {
        "language",
        "direction",
        "site_url",
        "subject",
    }
