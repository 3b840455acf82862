"""A letter's subject, text and HTML, made from its three templates in the language and the clock of the person it is for."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cache
from typing import cast

import css_inline
from django.conf import settings
from django.template import Context
from django.template.backends.django import Template
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import escape

from outbox.reading import reading_as

CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
LONGEST_SUBJECT = 300
LONGEST_NAME = 200
LONGEST_KEY = 200


@dataclass(frozen=True)
class Rendered:
    """A letter's words: the subject on one line, the text as plain text, the HTML with its style in the elements."""

    subject: str
    text: str
    html: str

    def filled(self, blanks: Mapping[str, str]) -> "Rendered":
        """The same for one of many: each blank of text and HTML with the person's own words, which are given by blank.

        A blank is a text that occurs nowhere else. The subject has none.
        """
        text, html = self.text, self.html
        for blank, words in blanks.items():
            text = text.replace(blank, words)
            html = html.replace(blank, escape(words))
        return replace(self, text=text, html=html)


def render(template: str, context: Mapping[str, object], *, language: str, zone: tzinfo) -> Rendered:
    """Render `mail/<template>.subject.txt`, `.txt` and `.html`.

    Beside `context` the templates know language, direction, site_url and, but for the subject's own, subject. Raises
    `django.template.TemplateDoesNotExist` where one of the three is missing.
    """
    with reading_as(language=language, zone=zone):
        known = {
            **context,
            "language": language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "site_url": settings.SITE_URL,
        }
        subject = one_line(plain(f"mail/{template}.subject.txt", known))
        subject = fitting(subject, LONGEST_SUBJECT)
        known["subject"] = subject
        text = tidy(plain(f"mail/{template}.txt", known))
        html = get_template(f"mail/{template}.html").render(known)
    return Rendered(subject, text, re.sub(r"\n\s*\n", "\n", inliner().inline(html)))


def plain(name: str, context: Mapping[str, object]) -> str:
    """The template as plain text: an apostrophe stays one."""
    template = cast(Template, get_template(name))
    return template.template.render(Context(dict(context), autoescape=False))


def one_line(text: str) -> str:
    """The text on one line, fit for a header of a letter: nobody's name can begin another header."""
    return " ".join(CONTROL_CHARACTERS.sub(" ", text).split())


def fitting(text: str, longest: int) -> str:
    """The text, cut where it is too long for its place in the frame of a letter: no letter fails over its frame."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def fitting_key(key: str) -> str:
    """The key; of one that is too long the beginning and what tells it from all others."""
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}/{digest}"


def tidy(text: str) -> str:
    """Without the empty lines that template tags leave behind."""
    lines = [line if line == "-- " else line.rstrip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


@cache
def inliner() -> css_inline.CSSInliner:
    css = (settings.BASE_DIR / "static" / "css" / "mail.css").read_text(encoding="utf-8")
    return css_inline.CSSInliner(extra_css=css, keep_at_rules=True, load_remote_stylesheets=False)
