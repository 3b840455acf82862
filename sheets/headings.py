"""The first line of a table: what its columns are called."""

import re
import unicodedata


def plain_heading(cell: str) -> str:
    """Without case and punctuation: “Duration (Minutes)” and “duration minutes” are one."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", cell).casefold()))
