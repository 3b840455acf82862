"""What staff write in Markdown, as HTML that is safe to show. Made once when it is written, not at each page."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "code", "pre", "hr"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}


# The demonstration says the same things in thousands of activities.
@lru_cache(maxsize=1024)
def to_html(text: str) -> str:
    """HTML of CommonMark `text`. Raw HTML in it is shown as written; headings start at h3, below the page's own."""
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False})
    parser.core.ruler.push("headings_below_the_pages_own", lower_headings)
    html = parser.render(text).strip()
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    )


def lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2") else "h4"
