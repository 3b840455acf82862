"""What changed from one version of a proposal to the next, word by word."""

import difflib
import re
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from proposals.content import ITEMS, Content, Item, in_words


@dataclass
class Change:
    """An answer that differs. `parts` are pieces of text: ("same" | "gone" | "new", text)."""

    item: Item
    parts: list[tuple[str, str]]
    hidden: bool = False

    @property
    def html(self) -> str:
        """For the page: no space but that of the texts themselves."""
        tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
        return format_html_join("", "{}", ((format_html(tags[kind], text),) for kind, text in self.parts))


def changes(before: Content, after: Content, *, names: bool) -> list[Change]:
    changed = []
    for item in ITEMS.values():
        if before.get(item.name) == after.get(item.name):
            continue
        if item.names and not names:
            changed.append(Change(item, [], hidden=True))
        elif item.name == "attachments":
            changed.append(Change(item, []))
        else:
            changed.append(Change(item, compare(in_words(item.name, before), in_words(item.name, after))))
    return changed


def compare(before: str, after: str) -> list[tuple[str, str]]:
    """Word by word. Very long texts by lines, so that no page waits for it."""
    pattern = r"\s+|[^\s]+" if len(before) + len(after) < 20_000 else r"[^\n]*\n|[^\n]+$"
    old, new = re.findall(pattern, before), re.findall(pattern, after)
    parts: list[tuple[str, str]] = []
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(old[old_from:old_to])))
            continue
        if gone := "".join(old[old_from:old_to]):
            parts.append(("gone", gone))
        if fresh := "".join(new[new_from:new_to]):
            parts.append(("new", fresh))
    return parts
