"""The fonts of papers, and which letters they have.

Noto Sans in one weight range for all scripts, from two packages that carry nothing else (SIL Open Font License 1.1, with
its text); and, for headings in Latin letters, the website's own serif. No other font is looked at: a machine's own would
make the same paper different there.
"""

import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
LATIN, ARABIC = "Noto Sans", "Noto Sans Arabic"
SERIF = Path(__file__).parent / "typefaces" / "newsreader.ttf"
# Chinese characters are drawn as the reader's country writes them; the mainland's font is the one for everybody else.
CHINESE = {"JP": "JP", "KR": "KR", "TW": "TC", "HK": "HK", "MO": "HK"}
# Where a letter is in none of the fonts above.
OTHERS = [
    *("Noto Sans " + script for script in (
        "Ethiopic", "Devanagari", "Bengali", "Armenian", "Georgian", "Hebrew", "Thai", "Lao", "Khmer", "Myanmar", "Sinhala",
        "Tamil", "Telugu", "Kannada", "Malayalam", "Gujarati", "Gurmukhi", "Oriya", "Symbols",
    )),
    "Noto Emoji",
]  # fmt: skip


def families(country: str) -> list[str]:
    """In the order in which a letter is looked for, on a paper for a country."""
    return [LATIN, ARABIC, f"Noto Sans CJK {CHINESE.get(country, 'SC')}", *OTHERS]


@cache
def folders() -> tuple[Path, ...]:
    """The packages are not imported: each lists its files when it is."""
    specs = [find_spec(package) for package in PACKAGES]
    return SERIF.parent, *(Path(spec.origin).parent for spec in specs if spec and spec.origin)


def printable(text: str) -> bool:
    """Whether every letter has a font."""
    return all(has_font(letter) for letter in unicodedata.normalize("NFC", text))


def in_serif(text: str) -> bool:
    """Whether “Newsreader” has every letter: two typefaces in one word are worse than the plainer one."""
    ranges = serif()
    return all(
        any(start <= ord(letter) <= end for start, end in ranges)
        for letter in unicodedata.normalize("NFC", text)
    )


@cache
def serif() -> list[tuple[int, int]]:
    return ranges_of(SERIF.read_bytes())


@cache
def has_font(letter: str) -> bool:
    if unicodedata.category(letter) in ("Cf", "Zs"):
        return True  # marks of direction and joiners draw nothing
    starts, ends = covered()
    place = bisect_right(starts, ord(letter)) - 1
    return place >= 0 and ord(letter) <= ends[place]


@cache
def covered() -> tuple[list[int], list[int]]:
    """The ranges of characters that some font draws: where each starts and ends."""
    found = sorted(
        one
        for folder in folders()
        for path in folder.glob("*.tt[fc]")
        for one in ranges_of(path.read_bytes())
    )
    starts: list[int] = []
    ends: list[int] = []
    for start, end in found:
        if ends and start <= ends[-1] + 1:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def ranges_of(font: bytes) -> list[tuple[int, int]]:
    """Of a font file, or of the first font of a collection (its fonts draw the same characters): the table `cmap` in its
    formats 4 and 12 (OpenType 1.9, https://learn.microsoft.com/typography/opentype/spec/cmap)."""
    base = struct.unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
    tables = struct.unpack_from(">H", font, base + 4)[0]
    records = (struct.unpack_from(">4sIII", font, base + 12 + 16 * n) for n in range(tables))
    cmap = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    subtables = {cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * n)[2] for n in range(count)}
    return [one for at in subtables for one in ranges_in(font, at)]


def ranges_in(font: bytes, at: int) -> list[tuple[int, int]]:
    match struct.unpack_from(">H", font, at)[0]:
        case 4:
            segments = struct.unpack_from(">H", font, at + 6)[0] // 2
            ends = struct.unpack_from(f">{segments}H", font, at + 14)
            starts = struct.unpack_from(f">{segments}H", font, at + 16 + 2 * segments)
            return [(start, end) for start, end in zip(starts, ends, strict=True) if end != 0xFFFF]
        case 12:
            groups = struct.unpack_from(">I", font, at + 12)[0]
            return [struct.unpack_from(">II", font, at + 16 + 12 * n) for n in range(groups)]
        case _:
            return []  # of variants and of old systems: the others have all that these have
