"""Names for comparing."""

import re
import unicodedata
from functools import lru_cache

from texts.names import name_as_typed

# “Dr. Ana Silva (Lisboa)” and “Ana Silva [she/her]” are Ana Silva. Brackets of East Asian keyboards too.
IN_BRACKETS = re.compile(r"[(\[{（【［][^()\[\]{}（）【】［］]*[)\]}）】］]")
# Accents of scripts that write them beside the letter; letters of Hangul and vowels of Indian scripts are not among them.
ACCENT = re.compile("[\u0300-\u036f\u064b-\u0652\u0640\u0670]")
NOT_OF_A_NAME = re.compile(r"[^\w\s'’-]|_")


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """“ÁNA  Sılva (guest)” and “ana silva” are one.

    NFD takes Hangul apart, so what is left is put together again: both sides of a comparison must be folded.
    """
    name = unicodedata.normalize("NFKC", name_as_typed(name))
    name = IN_BRACKETS.sub(" ", name) if IN_BRACKETS.sub(" ", name).strip() else name
    bare = ACCENT.sub("", unicodedata.normalize("NFD", name.casefold()))
    return " ".join(NOT_OF_A_NAME.sub(" ", unicodedata.normalize("NFC", bare)).split())
