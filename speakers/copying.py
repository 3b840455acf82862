"""Of an activity that is held again: the same people speak, in the same roles."""

from copying.parts import Copied
from copying.rows import again


def copy_who_speaks(copied: Copied) -> None:
    for appearance in copied.source.speakers.all():
        again(appearance, activity=copied.draft).save(force_insert=True)
