"""Pages of a list that cost the same however long it is.

Counting all rows takes longer the more there are, and nobody reads on to the last of thousands. So a list counts a
thousand rows beyond the page that is looked at, a search two hundred; if there are more, it says “more than”, and each next
page leads further.
"""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

AHEAD = 1_000
AHEAD_OF_FOUND = 200  # who searches and finds that many adds a word


class BoundedPaginator(Paginator[Any]):
    def __init__(
        self,
        object_list: QuerySet[Any],
        per_page: int,
        *,
        looked_at: int = 1,
        found: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(object_list, per_page, **kwargs)
        self.rows = object_list
        self.at_most = (AHEAD_OF_FOUND if found else AHEAD) + max(looked_at - 1, 0) * per_page

    @cached_property
    def counted(self) -> int:
        """One more than `at_most` where there are more."""
        return self.rows.order_by().values("pk")[: self.at_most + 1].count()

    @property
    def more(self) -> bool:
        return self.counted > self.at_most

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.at_most)

    def page(self, number: int | str) -> Page[Any]:
        """First which rows, then what they tell: to skip a row, nothing of what it tells is worked out."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = list(self.rows.values_list("pk", flat=True)[first : first + self.per_page])
        return Page(list(self.rows.filter(pk__in=keys)), number, self)
