"""What somebody can show, who signs it, and when a session's people were looked at."""

from .certificate import Certificate
from .round import Nameless, Round
from .signatory import Signatory, Signature

__all__ = ["Certificate", "Nameless", "Round", "Signatory", "Signature"]
