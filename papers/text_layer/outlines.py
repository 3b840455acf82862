"""How far the shapes of a font reach: read from its outlines (TrueType: tables `head`, `loca`, `glyf`)."""

import struct
from functools import cache

import pikepdf

type Box = tuple[float, float, float, float]  # left, bottom, right, top, in thousandths of the size

# Of fonts with other outlines (CFF), in which we have Chinese, Japanese and Korean alone: what holds all of them.
ANY = (-200.0, -400.0, 1300.0, 1200.0)


class Outlines:
    def __init__(self, font: pikepdf.Object) -> None:
        """Of a font as typst embeds it, with the number of a shape for its code."""
        descriptor = font.DescendantFonts[0].FontDescriptor
        self.file = descriptor.FontFile2.read_bytes() if "/FontFile2" in descriptor else b""
        if self.file:
            count = struct.unpack_from(">H", self.file, 4)[0]
            records = (struct.unpack_from(">4sIII", self.file, 12 + 16 * n) for n in range(count))
            tables = {tag: offset for tag, _sum, offset, _length in records}
            self.em = struct.unpack_from(">H", self.file, tables[b"head"] + 18)[0]
            self.is_long = struct.unpack_from(">h", self.file, tables[b"head"] + 50)[0] == 1
            self.places, self.shapes = tables[b"loca"], tables[b"glyf"]
        self.box = cache(self._box)

    def _box(self, code: bytes) -> Box | None:
        """None of what draws nothing."""
        if not self.file:
            return ANY
        number = int.from_bytes(code)
        if self.is_long:
            start, end = struct.unpack_from(">II", self.file, self.places + 4 * number)
        else:
            start, end = (2 * half for half in struct.unpack_from(">HH", self.file, self.places + 2 * number))
        if start == end:
            return None
        left, bottom, right, top = (
            side / self.em * 1000 for side in struct.unpack_from(">hhhh", self.file, self.shapes + start + 2)
        )
        return left, bottom, right, top
