"""A paper's pages, and their structure."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, String

from .content import Fonts, Instruction, Piece, pieces_of
from .letter_fonts import LetterFonts
from .letters import is_simple
from .lines import Line, lines_of, needs_care, text_of, written
from .words import Words


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """`unread`: what programs may still read wrongly. Where there is any, the paper must not claim that it can be read."""

    pdf: bytes
    unread: list[str]


def corrected(pdf: bytes, texts: Iterable[str]) -> Corrected:
    """The same pages, with their text as it was put in. The same bytes for the same."""
    texts = list(texts)
    simple = all(is_simple(text) for text in texts)
    words = Words(texts)
    unread: list[str] = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if simple and all(tells_rightly(page) for page in opened.pages):
            return Corrected(pdf=pdf, unread=[])
        tree = NumberTree(opened.Root.StructTreeRoot.ParentTree)
        changed = without_direction(opened)
        for page in opened.pages:
            one = Page(opened, page, words, tree)
            changed |= one.correct()
            unread += one.unread
        if not changed:
            return Corrected(pdf=pdf, unread=unread)
        made = io.BytesIO()
        opened.save(made, deterministic_id=True)
    return Corrected(pdf=made.getvalue(), unread=unread)


def tells_rightly(page: pikepdf.Page) -> bool:
    """Whether, in simple scripts, nothing can be wrong: no letter is drawn in pieces (ị), none told beside its shape."""
    fonts = Fonts(page.resources)
    letters = [list(fonts.letters(name).values()) for name in fonts.fonts]
    return (
        all(len(said) == len(set(said)) for said in letters)
        and b"/ActualText" not in page.obj.Contents.read_bytes()
    )


def without_direction(pdf: pikepdf.Pdf) -> bool:
    """Where pages say that they are bound on the right, PDFium turns their Latin lines and codes round, too."""
    wishes = pdf.Root.get("/ViewerPreferences", Dictionary())
    if "/Direction" not in wishes:
        return False
    del wishes["/Direction"]
    return True


class Page:
    def __init__(self, pdf: pikepdf.Pdf, page: pikepdf.Page, words: Words, tree: NumberTree) -> None:
        self.pdf, self.page, self.words = pdf, page, words
        self.elements: Object = tree[int(page.obj.StructParents)] if "/StructParents" in page.obj else Array()
        self.fonts = LetterFonts(pdf, page.resources)
        self.unread: list[str] = []

    def correct(self) -> bool:
        instructions = list(pikepdf.parse_content_stream(self.page))
        pieces = list(pieces_of(instructions, Fonts(self.page.resources)))
        self.unread += [
            text_of(piece.shapes)
            for piece in pieces
            if not piece.plain and not is_simple(text_of(piece.shapes))
        ]
        self.unread += self.texts_drawn_apart()
        content: list[bytes] = []
        done = 0
        for group in self.paragraphs([piece for piece in pieces if piece.plain and piece.shapes]):
            anew = self.anew(group)
            if anew is not None:
                content += [unparsed(instructions[done : group[0].start]), anew]
                done = group[-1].end
        if not done:
            return False
        content.append(unparsed(instructions[done:]))
        self.fonts.write()
        self.page.Contents = self.pdf.make_stream(b"\n".join(content))
        return True

    def texts_drawn_apart(self) -> list[str]:
        """Drawings within the page that have fonts of their own are not looked into."""
        drawings = self.page.resources.get("/XObject", Dictionary())
        return [
            name for name, drawing in drawings.items() if "/Font" in drawing.get("/Resources", Dictionary())
        ]

    def paragraphs(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        """Pieces that follow one another in the same element of the structure, or outside of it with the same mark."""
        groups: list[list[Piece]] = []
        for piece in pieces:
            before = groups[-1][-1] if groups else None
            if before and before.end == piece.start and self.belong_together(before, piece):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        return groups

    def belong_together(self, one: Piece, other: Piece) -> bool:
        if one.number is None or other.number is None:
            return one.number is other.number and one.mark == other.mark
        return bool(self.elements[one.number].objgen == self.elements[other.number].objgen)

    def anew(self, group: Sequence[Piece]) -> bytes | None:
        """The content of a paragraph; None where it may stay as it is."""
        lines = lines_of([shape for piece in group for shape in piece.shapes])
        if not any(needs_care(line, self.words) for line in lines):
            return None
        made = [written(line, self.words, self.fonts) for line in lines]
        numbers = [piece.number for piece in group if piece.number is not None]
        if not numbers:
            return b"".join(group[0].mark + b"\n" + line.content.encode() + b"EMC\n" for line in made)
        self.unread += [word for line in made for word in line.unread]
        if len(made) > len(numbers):
            made[len(numbers) - 1 :] = [joined(made[len(numbers) - 1 :])]
        kept = numbers[: len(made)]
        self.tell(numbers, [*zip(kept, made, strict=True)])
        return b"".join(
            f"/Span <</MCID {mark}>> BDC\n{line.content}EMC\n".encode()
            for mark, line in zip(kept, made, strict=True)
        )

    def tell(self, numbers: Sequence[int], lines: Sequence[tuple[int, Line]]) -> None:
        """In the structure, of each line: its text as it was put in, around the number of what is drawn.

        In two elements, one in the other: a reader that tells it beside what is drawn (MuPDF) does not see it there.
        """
        element = self.elements[numbers[0]]
        children = list(element.K) if isinstance(element.K, Array) else [element.K]
        place = next(place for place, child in enumerate(children) if number_of(child) in numbers)
        others = [child for child in children if number_of(child) not in numbers]
        for mark in numbers:
            self.elements[mark] = None
        told = []
        for mark, line in lines:
            last = mark == lines[-1][0]
            around = self.span(element, ActualText=String(line.text if last else f"{line.text} "))
            self.elements[mark] = self.span(around, K=mark, Pg=self.page.obj)
            around.K = self.elements[mark]
            told.append(around)
        element.K = Array([*others[:place], *told, *others[place:]])

    def span(self, parent: Object, **entries: object) -> Object:
        """An element, for the text within a line."""
        return self.pdf.make_indirect(
            Dictionary(
                {
                    "/Type": Name.StructElem,
                    "/S": Name.Span,
                    "/P": parent,
                    **{f"/{key}": value for key, value in entries.items()},
                }
            )
        )


def joined(lines: Sequence[Line]) -> Line:
    return Line(
        content="".join(line.content for line in lines),
        text=" ".join(line.text for line in lines),
        unread=[word for line in lines for word in line.unread],
    )


def number_of(child: Object) -> int | None:
    """Of marked content among an element's children; None of an element, and of a link."""
    if isinstance(child, Dictionary):
        return int(child.MCID) if "/MCID" in child else None
    return int(child)


def unparsed(instructions: Sequence[Instruction]) -> bytes:
    return pikepdf.unparse_content_stream(instructions)
