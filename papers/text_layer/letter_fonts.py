"""Fonts of a page in which each letter has a code of its own, whatever it is drawn with.

Type 3: a shape is a drawing. The first letter of a cluster draws what typst drew, with the same fonts; the others take their
room. Each code means one letter, which is what readers of PDF turn round without harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import pikepdf
from pikepdf import Array, Dictionary, Name

from .content import Shape
from .letters import leans
from .words import Cluster

PREFIX = "/letters"
EM = 1000
# A font has 256 codes; none of them is 0.
CODES = 255
IN_A_LINE = 120
# Of all fonts: large enough for every shape.
BOX = [-600, -700, 3000, 1500]
TABLE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one code means and draws. Its width and what it draws are of a size of 1,000."""

    text: str
    width: float
    drawing: str
    box: tuple[int, int, int, int] | None = None  # how far the drawing reaches


class LetterFonts:
    def __init__(self, pdf: pikepdf.Pdf, resources: pikepdf.Object) -> None:
        self.pdf = pdf
        self.resources = resources
        self.fonts: list[dict[Letter, int]] = [{}]

    def begin_line(self) -> None:
        """A line has one font as a rule: where it changes, some readers see a space."""
        if len(self.fonts[-1]) > CODES - IN_A_LINE:
            self.fonts.append({})

    def code(self, letter: Letter) -> tuple[str, str]:
        """The font of a letter and its code in it."""
        if letter not in self.fonts[-1] and len(self.fonts[-1]) == CODES:
            self.fonts.append({})
        code = self.fonts[-1].setdefault(letter, len(self.fonts[-1]) + 1)
        return f"{PREFIX}{len(self.fonts) - 1}", f"{code:02X}"

    def write(self) -> None:
        """Once all codes are given out."""
        drawn_with = Dictionary(dict(self.resources.Font.items()))
        for number, letters in enumerate(self.fonts):
            self.resources.Font[f"{PREFIX}{number}"] = self.pdf.make_indirect(
                self.font(list(letters), drawn_with)
            )

    def font(self, letters: Sequence[Letter], drawn_with: Dictionary) -> Dictionary:
        names = [Name(f"/l{code}") for code in range(1, len(letters) + 1)]
        drawings = {
            str(name): self.pdf.make_stream(described(letter))
            for name, letter in zip(names, letters, strict=True)
        }
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array(BOX),
            FontMatrix=Array([1 / EM, 0, 0, 1 / EM, 0, 0]),
            FirstChar=1,
            LastChar=len(letters),
            Widths=Array([round(letter.width, 3) for letter in letters]),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([1, *names])),
            CharProcs=Dictionary(drawings),
            Resources=Dictionary(Font=drawn_with),
            FontDescriptor=self.pdf.make_indirect(
                Dictionary(
                    Type=Name.FontDescriptor,
                    FontName=Name.Letters,
                    Flags=4,
                    FontBBox=Array(BOX),
                    ItalicAngle=0,
                    Ascent=1069,
                    Descent=-293,
                    CapHeight=714,
                    StemV=80,
                )
            ),
            ToUnicode=self.pdf.make_stream(table(letters)),
        )


def described(letter: Letter) -> bytes:
    """A shape without a color (d1): MuPDF draws those that may have one (d0) in black. It needs a box, by which PDFium finds
    words."""
    if letter.box is None:
        return f"{number(letter.width)} 0 d0\n{letter.drawing}".encode()
    sides = " ".join(str(side) for side in letter.box)
    return f"{number(letter.width)} 0 {sides} d1\n{letter.drawing}".encode()


def table(letters: Sequence[Letter]) -> bytes:
    lines = [
        f"<{code:02X}> <{letter.text.encode('utf-16-be').hex().upper()}>"
        for code, letter in enumerate(letters, start=1)
    ]
    blocks = [
        "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])
        for block in (lines[first : first + 100] for first in range(0, len(lines), 100))
    ]
    return TABLE.format(blocks="\n".join(blocks)).encode("ascii")


def rightward(cluster: Cluster, base_line: float) -> list[tuple[Letter, float]]:
    """A cluster of a script from left to right: one code. And where it stands."""
    first = cluster.shapes[0]
    width = sum(shape.width for shape in cluster.shapes) / first.size * EM
    drawing, box = drawn(cluster.shapes, first.x, base_line), reach(cluster.shapes, first.x, base_line)
    return [(Letter(text=cluster.text, width=round(width, 3), drawing=drawing, box=box), first.x)]


def leftward(cluster: Cluster, base_line: float) -> list[tuple[Letter, float]]:
    """A cluster of a script from right to left, as codes from left to right: the last letter first, each with its own."""
    size = cluster.shapes[0].size
    left = cluster.left
    standing = sum(not leans(letter) for letter in cluster.text)
    width = sum(shape.width for shape in cluster.shapes) / max(standing, 1)
    drawing, box = drawn(cluster.shapes, left, base_line), reach(cluster.shapes, left, base_line)
    found = []
    for letter in reversed(cluster.text):
        # What leans on a letter takes no room, and is no good for drawing: some readers do not look at it.
        own = 0 if leans(letter) and standing else width
        wide = round(own / size * EM, 3)
        if own and drawing:
            found.append((Letter(text=letter, width=wide, drawing=drawing, box=box), left))
            drawing = ""
        else:
            found.append((Letter(text=letter, width=wide, drawing=""), left))
        left += own
    return found


def drawn(shapes: Sequence[Shape], left: float, base_line: float) -> str:
    """What draws shapes, seen from a place on the base line, in a size of 1,000."""
    size = shapes[0].size
    return "".join(
        f"BT {shape.font} {number(shape.size / size * EM)} Tf 1 0 0 1"
        f" {number((shape.x - left) / size * EM)} {number((shape.y - base_line) / size * EM)} Tm"
        f" <{shape.code.hex().upper()}> Tj ET\n"
        for shape in shapes
    )


def reach(shapes: Sequence[Shape], left: float, base_line: float) -> tuple[int, int, int, int] | None:
    """How far their outlines reach from there, rounded outward."""
    size = shapes[0].size
    boxes = [
        (
            (shape.x - left) / size * EM + shape.box[0] * shape.size / size,
            (shape.y - base_line) / size * EM + shape.box[1] * shape.size / size,
            (shape.x - left) / size * EM + shape.box[2] * shape.size / size,
            (shape.y - base_line) / size * EM + shape.box[3] * shape.size / size,
        )
        for shape in shapes
        if shape.box
    ]
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return floor(min(lefts)), floor(min(bottoms)), ceil(max(rights)), ceil(max(tops))


def number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
