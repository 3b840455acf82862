"""Letters’ templates keep apart what runs the other way: a Latin title in an Arabic letter, an Arabic name in a French one.

Without it “Heat: what works!” is shown with its mark in front (Unicode's bidirectional algorithm, UAX 9). Whatever a
template under `mail/` puts in is looked at then, so no template has to think of it: in HTML it gets a <bdi>, in plain
text and in subjects the marks FSI and PDI. Words that Python puts together (“Seoul via Learning Station”) use `isolated`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import bidirectional

from django.template import Context, Node, Origin, Template, TemplateDoesNotExist
from django.template.base import FilterExpression, TextNode, TokenType, VariableNode
from django.template.base import render_value_in_context as rendered
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

FSI, PDI = (
    "\u2068",
    "\u2069",
)  # “first strong isolate”: it runs as its first letter does, and touches nothing around it
LEFT_TO_RIGHT, RIGHT_TO_LEFT = {"L"}, {"R", "AL"}
ADDRESS = re.compile(r"(https?|mailto):\S+")


def isolated(text: str) -> str:
    """The text kept apart, where it has letters that run against the active language."""
    if not runs_against(text):
        return text
    return re.sub(
        r"[^\r\n]+", lambda line: f"{FSI}{line[0]}{PDI}", text
    )  # no mark reaches over the end of a line


def isolated_html(html: str) -> str:
    """The same in HTML. Paragraphs, which stand alone, find their direction by themselves."""
    if not runs_against(html):
        return html
    if "<p>" in html:
        return html.replace("<p>", '<p dir="auto">')
    return f"<bdi>{html}</bdi>"


def runs_against(text: str) -> bool:
    """Not of an address, which must stay as it is to be followed, nor where it is kept apart already."""
    if FSI in text or "<bdi>" in text or ADDRESS.fullmatch(text.strip()):
        return False
    opposite = LEFT_TO_RIGHT if translation.get_language_bidi() else RIGHT_TO_LEFT
    return any(bidirectional(letter) in opposite for letter in text)


class LetterLoader(cached.Loader):
    """Loads what is under `mail/`, and leaves all else to the loaders after it (settings.TEMPLATES)."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        if not template_name.startswith("mail/"):
            raise TemplateDoesNotExist(template_name)
        template = super().get_template(template_name, skip)
        for node in outside_of_tags(template.nodelist.get_nodes_by_type(Node)):
            if type(node) is VariableNode:
                node.__class__ = IsolatingVariable
            elif isinstance(node, BlockTranslateNode):
                isolate_words_in(node)
        return template


WITH_WORDS = (VariableNode, BlockTranslateNode)


def outside_of_tags(nodes: Iterable[Node]) -> Iterator[Node]:
    """What puts words into a text: in an address of a link or another attribute, marks would be part of it."""
    in_tag = False
    for node in nodes:
        if isinstance(node, TextNode):
            if "<" in node.s or ">" in node.s:
                in_tag = node.s.rfind("<") > node.s.rfind(">")
        elif isinstance(node, WITH_WORDS) and not in_tag:
            yield node


class IsolatingVariable(VariableNode):
    def render(self, context: Context) -> SafeString:
        return kept_apart(super().render(context), context)


class IsolatingExpression:
    def __init__(self, expression: FilterExpression):
        self.expression = expression

    def resolve(self, context: Context) -> Any:
        value = self.expression.resolve(context)
        text = rendered(value, context)
        apart = kept_apart(text, context)
        return value if apart == text else apart


def isolate_words_in(node: BlockTranslateNode) -> None:
    for token in [*node.singular, *(node.plural or [])]:
        name = token.contents
        if token.token_type == TokenType.VAR and name != node.countervar:
            given = node.extra_context.get(name) or FilterExpression(name, None)  # type: ignore[arg-type]  # asked for filters only
            if not isinstance(given, IsolatingExpression):
                node.extra_context[name] = IsolatingExpression(given)  # type: ignore[assignment]  # asked to resolve only


def kept_apart(text: str, context: Context) -> SafeString:
    return mark_safe(
        isolated_html(text) if context.autoescape else isolated(text)
    )  # it was escaped as it was rendered
