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


class Words(str):
    """A text whose attributes are that text too: an activity with a title, a person with a name."""

    def __getattr__(self, name: str) -> "Words | date":
        if name.startswith("_") or name == "resolve_expression":
            raise AttributeError(name)
        return date(2027, 2, 1) if name.endswith(("_on", "_day")) else self


def rendered_with(template: str, words: str, language: str) -> Rendered:
    return render(template, context_of(words), language=language, zone=ZoneInfo("Asia/Seoul"))


def subject_with(template: str, words: str, language: str) -> str:
    with translation.override(language):
        return one_line(plain(f"mail/{template}.subject.txt", context_of(words)))


def context_of(words: str) -> dict[str, Any]:
    text = Words(words)
    known: dict[str, Any] = dict.fromkeys(variables(), text)
    known["before"] = date(2027, 2, 1)
    lists = {name: [text] for name in ("meetings", "materials", "paragraphs", "dropped", "added")}
    return known | dict.fromkeys(NUMBERS, 3) | lists | {"shifted": [([text], [text])]}


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
