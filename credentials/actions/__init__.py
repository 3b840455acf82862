"""The changes a person would name: the only writers of certificates."""

from .granting import grant
from .issuing import issue
from .naming import correct_name, show_name
from .withdrawing import keep, withdraw

__all__ = ["correct_name", "grant", "issue", "keep", "show_name", "withdraw"]
