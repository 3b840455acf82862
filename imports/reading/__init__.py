"""Reads lists of people: CSV, XLSX, pasted tables and plain lists of e-mail addresses. No rows of the database, no requests.

sheet = read_file(content)  or  read_text(text)     or CannotRead, with a sentence

Which headings are known says a `Vocabulary`: that of people for a session, or of another kind of list.
"""

from .columns import Column, Vocabulary
from .sheet import Sheet, read_file, read_text

__all__ = ["Column", "Sheet", "Vocabulary", "read_file", "read_text"]
