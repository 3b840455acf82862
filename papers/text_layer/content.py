"""What is drawn on a page: its pieces of marked content, and the shapes of letters in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Matrix, Object, String

from .letters import without_marks
from .outlines import Box, Outlines

# All that a piece of text consists of. What has more (a line under it, a pattern) is left as it is.
TEXT = {"q", "Q", "cm", "cs", "scn", "BT", "ET", "Tr", "Tf", "Tm", "TJ", "Tj", "BMC", "BDC", "EMC"}
MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")

type Instruction = ContentStreamInstruction | pikepdf.ContentStreamInlineImage


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One shape of a font at its place on the page, left end of its base line, in points."""

    font: str
    size: float
    code: bytes
    x: float
    y: float
    width: float
    text: str  # of the letters that it is drawn for, with other shapes perhaps; "" of what only marks a direction
    told: bool  # by ActualText, which half of the readers do not look at
    paint: bytes  # what gives it its color
    box: Box | None  # how far its outline reaches, in thousandths of the size; None where it draws nothing

    @property
    def end(self) -> float:
        return self.x + self.width

    @property
    def is_space(self) -> bool:
        return self.text.isspace()


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Marked content, from instruction `start` to before `end`."""

    start: int
    end: int
    mark: bytes  # the instruction that begins it
    number: int | None  # by which the structure knows it (MCID); None of what is not read aloud
    shapes: list[Shape]
    plain: bool  # whether it is upright text and nothing else


class Fonts:
    """The fonts of a page, by their names in it."""

    def __init__(self, resources: Object) -> None:
        self.fonts = resources.get("/Font", Dictionary())
        self.letters = cache(self._letters)
        self.widths = cache(self._widths)
        self.outlines = cache(lambda name: Outlines(self.fonts[name]))

    def _letters(self, name: str) -> dict[bytes, str]:
        """What each code of two bytes means (ToUnicode), as typst writes it: code by code."""
        return {
            bytes.fromhex(code.decode()): bytes.fromhex(said.decode()).decode("utf-16-be")
            for block in re.findall(
                rb"beginbfchar(.*?)endbfchar", self.fonts[name].ToUnicode.read_bytes(), re.DOTALL
            )
            for code, said in MAPPED.findall(block)
        }

    def _widths(self, name: str) -> tuple[dict[int, float], float]:
        """In thousandths of the size, and that of all others."""
        inner = self.fonts[name].DescendantFonts[0]
        found: dict[int, float] = {}
        numbers = iter(list(inner.get("/W", Array())))
        for first in numbers:
            second = next(numbers)
            if isinstance(second, Array):
                found.update({int(first) + step: float(width) for step, width in enumerate(second)})
            else:
                width = float(next(numbers))
                found.update(dict.fromkeys(range(int(first), int(second) + 1), width))
        return found, float(inner.get("/DW", 1000))

    def width(self, name: str, code: bytes) -> float:
        widths, others = self.widths(name)
        return widths.get(int.from_bytes(code), others) / 1000


def pieces_of(instructions: Sequence[Instruction], fonts: Fonts) -> Iterator[Piece]:
    depth, start, has_text = 0, 0, False
    for place, instruction in enumerate(instructions):
        operator = str(instruction.operator)
        if operator == "BT":
            has_text = True
        elif operator in ("BMC", "BDC"):
            if depth == 0:
                start, has_text = place, False
            depth += 1
        elif operator == "EMC":
            depth -= 1
            if depth == 0 and has_text:
                yield piece(instructions, start, place + 1, fonts)


def piece(instructions: Sequence[Instruction], start: int, end: int, fonts: Fonts) -> Piece:
    first = instructions[start]
    properties = first.operands[1] if len(first.operands) == 2 else None
    number = properties.get("/MCID") if isinstance(properties, Dictionary) else None
    reader = Reader(fonts)
    for instruction in instructions[start + 1 : end - 1]:
        reader.read(instruction)
    return Piece(
        start=start,
        end=end,
        mark=pikepdf.unparse_content_stream([first]),
        number=None if number is None else int(number),
        shapes=reader.shapes,
        plain=reader.plain,
    )


@dataclass
class Reader:
    """Follows the instructions of one piece."""

    fonts: Fonts
    shapes: list[Shape] = field(default_factory=list)
    plain: bool = True
    place: Matrix = field(default_factory=Matrix)
    pen: Matrix = field(default_factory=Matrix)
    font: str = ""
    size: float = 0
    paint: bytes = b""
    kept: list[tuple[Matrix, bytes]] = field(default_factory=list)
    told: list[str | None] = field(default_factory=list)  # ActualText of each mark around

    def read(self, instruction: Instruction) -> None:
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator not in TEXT:
            self.plain = False
        match operator:
            case "q":
                self.kept.append((self.place, self.paint))
            case "Q":
                self.place, self.paint = self.kept.pop()
            case "cm":
                self.place = Matrix(*map(float, operands)) @ self.place
            case "cs":
                self.paint = pikepdf.unparse_content_stream([instruction])
            case "scn":
                self.paint += b"\n" + pikepdf.unparse_content_stream([instruction])
            case "Tm":
                self.pen = Matrix(*map(float, operands))
            case "Tf":
                self.font, self.size = str(operands[0]), float(operands[1])
            case "BMC" | "BDC":
                around = operands[1] if len(operands) == 2 else None
                text = around.get("/ActualText") if isinstance(around, Dictionary) else None
                self.told.append(None if text is None else str(text))
            case "EMC":
                self.told.pop()
            case "TJ" | "Tj":
                self.show(list(operands[0]) if operator == "TJ" else operands)

    def show(self, shown: list[Object]) -> None:
        for one in shown:
            if isinstance(one, String):
                codes = bytes(one)
                for at in range(0, len(codes), 2):
                    self.draw(codes[at : at + 2])
            else:
                self.move(-float(one) / 1000)

    def draw(self, code: bytes) -> None:
        at = self.pen @ self.place
        if max(abs(at.a - 1), abs(at.b), abs(at.c), abs(at.d - 1)) > 1e-6:
            self.plain = False  # turned, or made larger
        told = next((text for text in reversed(self.told) if text is not None), None)
        text = self.fonts.letters(self.font).get(code, "") if told is None else told
        width = self.fonts.width(self.font, code)
        self.shapes.append(
            Shape(
                font=self.font,
                size=self.size,
                code=code,
                x=at.e,
                y=at.f,
                width=width * self.size,
                text=without_marks(text),
                told=told is not None,
                paint=self.paint,
                box=self.fonts.outlines(self.font).box(code),
            )
        )
        self.move(width)

    def move(self, by: float) -> None:
        self.pen = Matrix(1, 0, 0, 1, by * self.size, 0) @ self.pen
