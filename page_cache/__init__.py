"""Public pages kept whole in the cache, and how they are forgotten.

No room of the product: it holds no rows and knows nobody, so every room may use it. Pages for visitors who are not signed in
are kept with the edition they were made in. Whoever changes what the public sees calls `new_edition()`. How long a page is
kept, and how many are, stands in `middleware.py`.
"""

from .decorator import cached_page
from .edition import new_edition

__all__ = ["cached_page", "new_edition"]
