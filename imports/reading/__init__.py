"""Reads lists of people: CSV, XLSX, pasted tables and plain lists of e-mail addresses. No rows of the database, no requests.

sheet = read_file(content)  or  read_text(text)     or CannotRead, with a sentence
"""

from .columns import Column, guessed_columns
from .sheet import Sheet, read_file, read_text

__all__ = ["Column", "Sheet", "guessed_columns", "read_file", "read_text"]
