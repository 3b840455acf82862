"""What somebody can show, who signs it, and when a session's people were looked at."""

from .certificate import Certificate
from .round import Round
from .signatory import Signatory, Signature

__all__ = ["Certificate", "Round", "Signatory", "Signature"]
