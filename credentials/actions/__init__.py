"""The changes a person would name: the only writers of certificates and signatures."""

from .claiming import claim
from .granting import grant
from .issuing import issue
from .naming import correct_name, show_name
from .signing import remove_signatory, sign_with
from .withdrawing import keep, withdraw

__all__ = [
    "claim",
    "correct_name",
    "grant",
    "issue",
    "keep",
    "remove_signatory",
    "show_name",
    "sign_with",
    "withdraw",
]
