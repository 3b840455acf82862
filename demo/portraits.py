"""Portraits of invented speakers: drawn heads and shoulders, the same each time, that look like nobody."""

import io

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from pictures.covers import Dice

SIZE = 640
GROUNDS = ("#d5def5", "#d2e7d9", "#f6dccd", "#f3e6c4")
CLOTHES = ("#2f50b4", "#1a6f48", "#b13a14", "#5b3f6e")
SKINS = ("#8d5a3c", "#c68e63", "#e8bd98", "#5f3b28")
HAIRS = ("#241a16", "#4a2f22", "#8b8680", "#1d2233")


def portrait(name: str) -> ContentFile[bytes]:
    """As if somebody had uploaded it."""
    dice = Dice(name)
    image = Image.new("RGB", (SIZE, SIZE), dice.one_of(GROUNDS))
    pen = ImageDraw.Draw(image)
    skin, hair = dice.one_of(SKINS), dice.one_of(HAIRS)
    long_hair, wide = dice.chance(50), dice.between(104, 122)
    if long_hair:
        pen.rounded_rectangle([320 - wide - 26, 190, 320 + wide + 26, 480], 110, fill=hair)
    pen.ellipse([110, 440, 530, 860], fill=dice.one_of(CLOTHES))
    pen.rounded_rectangle([272, 350, 368, 480], 46, fill=skin)
    pen.ellipse([320 - wide, 160, 320 + wide, 430], fill=skin)
    pen.pieslice([320 - wide - 8, 140, 320 + wide + 8, 400], 180, 360, fill=hair)
    if dice.chance(40):  # glasses
        for x in (274, 366):
            pen.ellipse([x - 36, 262, x + 36, 330], outline="#20242c", width=8)
        pen.line([(310, 292), (330, 292)], fill="#20242c", width=8)
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return ContentFile(file.getvalue(), name="portrait.png")
