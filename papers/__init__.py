"""Papers as PDF: set in any script, tagged, with the fonts that draw them.

No room of the product: it holds no rows and knows nobody. A room draws its papers by a template of its own beside its code
(`attendance/papers/sheet.typ`), which begins as `common.typ` says. What people typed reaches it as data, never as source.

Why typst, and what it does not do: docs/decisions/0014-papers.md.
"""

from .drawing import Attachment, Promise, Unprintable, drawn
from .fonts import in_serif, printable

__all__ = ["Attachment", "Promise", "Unprintable", "drawn", "in_serif", "printable"]
