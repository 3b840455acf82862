"""Page numbers for `_parts/pagination.html`."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def numbers(page: Page[object]) -> Iterator[int | str]:
    """The numbers worth a link: the first, the last, those around this page; an ellipsis for the others."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
