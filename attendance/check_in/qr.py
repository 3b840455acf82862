"""A QR code as the path of a drawing: no picture to fetch, and sharp at any size."""

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# Readers need so many empty modules around it.
QUIET = 4


def matrix(text: str) -> list[list[bool]]:
    """Dark modules, the quiet zone included. ASCII alone: of other text readers make different things."""
    made = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    made.add_data(text.encode("ascii"))
    return [[bool(module) for module in row] for row in made.get_matrix()]


def path(modules: list[list[bool]]) -> str:
    """Each run of dark modules in a row, one unit a module."""
    strokes = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                strokes.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length or 1
    return "".join(strokes)
