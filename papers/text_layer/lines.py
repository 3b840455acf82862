"""One line, written anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from .content import Shape
from .letter_fonts import EM, Letter, LetterFonts, leftward, number, rightward
from .letters import is_simple, leans
from .words import Word, Words


@dataclass(frozen=True, kw_only=True)
class Line:
    """`content` as instructions; `text` as it was put in, in the order of reading; `unread`: words that nobody put in."""

    content: str
    text: str
    unread: list[str]


def lines_of(shapes: Sequence[Shape]) -> list[list[Shape]]:
    """The shapes of a paragraph by lines, each from left to right, as far as they are drawn in one go."""
    lines: list[list[Shape]] = []
    for shape in shapes:
        if lines and abs(shape.y - lines[-1][0].y) < 0.75 * max(shape.size, lines[-1][0].size):
            lines[-1].append(shape)
        else:
            lines.append([shape])
    return [from_left(line) for line in lines]


def from_left(line: Sequence[Shape]) -> list[Shape]:
    """typst draws one direction after the other. Within one what leans stays beside what it leans on."""
    stretches: list[list[Shape]] = []
    for shape in line:
        if stretches and abs(shape.x - stretches[-1][-1].end) < shape.size:
            stretches[-1].append(shape)
        else:
            stretches.append([shape])
    return list(chain.from_iterable(sorted(stretches, key=lambda stretch: min(shape.x for shape in stretch))))


def needs_care(line: Sequence[Shape], words: Words) -> bool:
    """Whether what programs read of it is not what was put in, or may not be."""
    return any(
        ((word := words.word(shapes)) is None and not is_simple(text_of(shapes))) or (word and word.clusters)
        for shapes in divided(line)
        if not isinstance(shapes, Shape)
    )


def divided(line: Sequence[Shape]) -> Iterator[list[Shape] | Shape]:
    """Words and the spaces between them, from left to right."""
    word: list[Shape] = []
    for shape in line:
        if shape.is_space:
            if word:
                yield word
            yield shape
            word = []
        else:
            word.append(shape)
    if word:
        yield word


def text_of(shapes: Sequence[Shape]) -> str:
    return "".join(shape.text for shape in shapes)


type Part = Word | Shape


def written(line: Sequence[Shape], words: Words, fonts: LetterFonts) -> Line:
    """Its words one after the other as they are read, where a direction ends; within one as it is drawn, from the left."""
    parts = list(divided(line))
    drawn = [part for part in parts if not isinstance(part, Shape)]
    found = [words.word(shapes) for shapes in drawn]
    known = [
        word or Word(text=text_of(shapes), shapes=tuple(shapes))
        for word, shapes in zip(found, drawn, strict=True)
    ]
    unread = [
        word.text for word, there in zip(known, found, strict=True) if not there and not is_simple(word.text)
    ]
    texts = [word.text for word in known]
    order: list[int] | None = list(range(len(texts)))
    if any(word.leftward for word in known):
        order = words.order(texts)
    if order is None:
        unread.append(" ".join(texts))
        order = list(range(len(texts)))
    fonts.begin_line()
    base_lines = sorted(shape.y for shape in line)
    pen = Pen(fonts, base_lines[len(base_lines) // 2])
    words_in = iter(known)
    for stretch in stretches([part if isinstance(part, Shape) else next(words_in) for part in parts], order):
        for part, following in pairwise([*stretch, None]):
            if isinstance(part, Word):
                pen.write(part)
            elif part:
                pen.leave_room(part, before=following if isinstance(following, Word) else None)
    return Line(content=pen.content(), text=" ".join(texts[place] for place in order), unread=unread)


def stretches(parts: Sequence[Part], order: Sequence[int]) -> list[list[Part]]:
    """What is read in one direction, one stretch after the other as they are read. Spaces between two are one."""
    rank = {place: number for number, place in enumerate(order)}
    found: list[tuple[float, list[Part]]] = []
    spaces: list[Shape] = []
    last: tuple[Word, int] | None = None
    words = 0
    for part in parts:
        if isinstance(part, Shape):
            spaces.append(part)
            continue
        here = rank[words]
        words += 1
        if last and last[0].leftward == part.leftward and abs(here - last[1]) == 1:
            first, stretch = found[-1]
            found[-1] = (min(first, here), [*stretch, *spaces, part])
        else:
            if spaces:
                found.append((min(here, last[1] if last else here) + 0.5, [*spaces]))
            found.append((here, [part]))
        last, spaces = (part, here), []
    if spaces:
        found.append((len(order), [*spaces]))
    return [stretch for _first, stretch in sorted(found, key=lambda one: one[0])]


class Pen:
    """Writes one text object."""

    def __init__(self, fonts: LetterFonts, base_line: float) -> None:
        self.fonts = fonts
        self.base_line = base_line
        self.done: list[str] = []
        self.shown: list[str] = []
        self.x: float | None = None
        self.y = base_line
        self.font: tuple[str, float] | None = None
        self.paint = b""

    def write(self, word: Word) -> None:
        self.color(word.shapes[0].paint)
        if not word.clusters:
            for shape in word.shapes:
                self.show((shape.font, shape.code.hex().upper()), shape.size, shape.x, shape.y, shape.width)
            return
        size = word.shapes[0].size
        for cluster in sorted(word.clusters, key=lambda one: one.left):
            codes = leftward(cluster, self.base_line) if word.leftward else rightward(cluster, self.base_line)
            for letter, x in codes:
                at = x if letter.width or self.x is None else self.x
                self.show(self.fonts.code(letter), size, at, self.base_line, letter.width / EM * size)

    def leave_room(self, space: Shape, *, before: Word | None) -> None:
        """A space. pdf.js loses a mark that follows one at a distance, so before such a word the space takes no room."""
        narrow = bool(before and before.leftward and before.clusters and leans(before.text[-1]))
        width = 0 if narrow else space.width
        letter = Letter(text=space.text, width=round(width / space.size * EM, 3), drawing="")
        at = space.end if narrow else space.x
        self.show(self.fonts.code(letter), space.size, at, self.base_line, width)

    def color(self, paint: bytes) -> None:
        if paint != self.paint:
            self.finish()
            self.done.append(paint.decode("latin-1"))
            self.paint = paint

    def show(self, code: tuple[str, str], size: float, x: float, y: float, width: float) -> None:
        font, letter = code
        if self.x is None or abs(y - self.y) > 0.001 or abs(x - self.x) > 3 * size:
            self.finish()
            self.done.append(f"1 0 0 1 {number(x)} {number(y)} Tm")
            self.x, self.y = x, y
        if (font, size) != self.font:
            self.finish()
            self.done.append(f"{font} {number(size)} Tf")
            self.font = font, size
        if abs(x - self.x) > 0.0005:
            self.shown.append(number((self.x - x) / size * EM))
            self.x = x
        self.shown.append(f"<{letter}>")
        self.x += width

    def finish(self) -> None:
        if self.shown:
            self.done.append(f"[{' '.join(self.shown)}] TJ")
            self.shown = []

    def content(self) -> str:
        self.finish()
        return "\n".join(["q", "BT", *self.done, "ET", "Q", ""])
