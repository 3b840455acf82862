"""Papers as the tests read them."""

import io
import re

import pikepdf


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def fonts_of(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """The name of each font, and whether it is embedded."""
    found = {}
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            if font.Subtype == pikepdf.Name.Type3:
                continue  # it draws with the others
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            files = [key for key in inner.FontDescriptor if key.startswith("/FontFile")]
            # Without the six letters that name the subset.
            found[str(font.BaseFont)[1:].partition("+")[2]] = bool(files)
    return found


def letters_of(page: pikepdf.Page) -> list[tuple[float, float, str]]:
    """Each run of text on a page, with where it starts from the left and from the bottom, in points."""
    maps = {name: unicode_map(font) for name, font in page.Resources.Font.items()}
    lengths = {
        name: 1 if font.Subtype == pikepdf.Name.Type3 else 2 for name, font in page.Resources.Font.items()
    }
    found, font, length, matrices, matrix = [], None, 2, [], pikepdf.Matrix()
    text = pikepdf.Matrix()
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "q":
            matrices.append(matrix)
        elif operator == "Q":
            matrix = matrices.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif operator == "Tm":
            text = pikepdf.Matrix(*map(float, operands))
        elif operator == "Tf":
            font, length = maps[str(operands[0])], lengths[str(operands[0])]
        elif operator in ("Tj", "TJ"):
            pieces = operands[0] if operator == "TJ" else operands
            codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
            said = "".join(font.get(codes[n : n + length], "") for n in range(0, len(codes), length))
            place = text @ matrix
            found.append((place.e, place.f, said))
    return found


def text_of(pdf: pikepdf.Pdf) -> str:
    return " ".join(said for page in pdf.pages for _x, _y, said in letters_of(page))


def unicode_map(font: pikepdf.Object) -> dict[bytes, str]:
    """What each code of a font means (ToUnicode)."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, said in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(said).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, said in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = (int(first, 16) + step).to_bytes(2, "big")
                found[code] = chr(int(said, 16) + step)
    return found
