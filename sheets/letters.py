"""Which code page makes names of these bytes, where headings in plain English do not tell.

A short list of names is too little for what is known of whole languages (`findings/names-in-old-encodings.sh`). But the
letters that are common where a code page is used stand close together in it; another page makes rare ones of them, or none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

ENOUGH = 0.6
WORD = re.compile(r"[^\W\d_]+")
# What nine of ten Koreans are called before their given name; among syllables of other letters it would be a rare chance.
KOREAN_FAMILIES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄원채천방공현함변염여추"
)
ALL_SMALL_OR_LARGE = re.compile("[А-ЯЁІЇЄҐЎ]?[а-яёіїєґў]+|[А-ЯЁІЇЄҐЎ]+")


def is_plain(letter: str) -> bool:
    return letter.isascii()


def stands_apart(word: str) -> bool:
    """Scripts of their own: no plain letter in the same word."""
    return not any(map(is_plain, word))


def stands_among_plain(word: str) -> bool:
    """Accents: a third of the word at least is plain letters."""
    return 3 * sum(map(is_plain, word)) >= len(word)


def is_cyrillic(word: str) -> bool:
    """Small but for its first letter, or all large. What this page makes of Arabic is large and small by turns."""
    return ALL_SMALL_OR_LARGE.fullmatch(word) is not None


def has_lead(encoding: str, first: int, last: int) -> Callable[[str], bool]:
    """Whether the first of a letter's two bytes lies between these."""

    def lies_there(letter: str) -> bool:
        try:
            written = letter.encode(encoding)
        except UnicodeEncodeError:
            return False
        return len(written) == 2 and first <= written[0] <= last

    return lies_there


common_kanji = has_lead("shift_jis", 0x88, 0x97)


@dataclass(frozen=True)
class Page:
    encoding: str
    is_common: Callable[[str], bool]
    fits: Callable[[str], bool] = stands_apart


# In this order where two are as good.
PAGES = (
    Page(
        "cp1252",
        "àáâãäåæçèéêëìíîïñòóôõöøœùúûüÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜŸ".__contains__,
        stands_among_plain,
    ),
    Page("cp1254", "âçğıîöşûüÂÇĞİÎÖŞÛÜ".__contains__, stands_among_plain),
    Page(
        "cp1250",
        "ąćęłńóśźżáčďéěíňřšťúůýžäôľĺŕőűöüăâîşţđĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽÄÔĽĹŔŐŰÖÜĂÂÎŞŢĐ".__contains__,
        stands_among_plain,
    ),
    Page("cp949", has_lead("euc_kr", 0xB0, 0xC8)),
    Page("cp932", lambda letter: "\u3041" <= letter <= "\u30fe" or letter == "々" or common_kanji(letter)),
    Page("gb18030", has_lead("gb2312", 0xB0, 0xD7)),
    Page("cp950", has_lead("big5", 0xA4, 0xC6)),
    Page("cp1251", lambda letter: "Ё" <= letter <= "ґ", is_cyrillic),
    Page("cp1256", lambda letter: "\u0621" <= letter <= "\u064a" or letter in "پچژگکیھہے"),
)


def likeliest_page(content: bytes) -> str:
    shares = {page.encoding: share_of_common(content, page) for page in PAGES}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= ENOUGH else "cp1252"


def share_of_common(content: bytes, page: Page) -> float:
    """How many of the letters beyond English are common ones, in words as one writes them. 0: it is no text in this page."""
    try:
        text = content.decode(page.encoding)
    except UnicodeDecodeError:
        return 0
    words = [word for word in WORD.findall(text) if not word.isascii()]
    common = sum(
        page.is_common(letter) for word in words if page.fits(word) for letter in word if not is_plain(letter)
    )
    share = common / max(sum(not is_plain(letter) for letter in text), 1)
    has_families = page.encoding != "cp949" or any(word[0] in KOREAN_FAMILIES for word in words)
    return share if has_families else share / 2
