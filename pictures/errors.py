"""Why a file is not taken as a picture."""

from django.utils.translation import gettext_lazy as _

from texts.refusals import Refused


class BadPicture(Refused):
    """A picture that cannot be shown as it is."""


class NoPicture(BadPicture):
    words = _("This is no picture that we can read. Save it as JPEG, PNG or WebP, and choose it again.")


class PictureTooLarge(BadPicture):
    words = _("This picture has more than %(most)d million pixels. Make it smaller, and choose it again.")

    def __init__(self, most: int):
        self.most = most // 1_000_000


class PictureTooSmall(BadPicture):
    words = _(
        "This picture has %(width)d by %(height)d pixels, and would be blurred. "
        "Choose one of at least 1280 by 720."
    )

    def __init__(self, width: int, height: int):
        self.width, self.height = width, height


class SmallPictureTooSmall(BadPicture):
    words = _(
        "This picture has %(width)d by %(height)d pixels, and would be blurred. "
        "Choose one of at least %(least_width)d by %(least_height)d."
    )

    def __init__(self, size: tuple[int, int], least: tuple[int, int]):
        self.width, self.height = size
        self.least_width, self.least_height = least


class Drawn(BadPicture):
    """An SVG is a document: it may hold scripts and fetch from elsewhere."""

    words = _("An SVG can hold more than a picture. Save it as PNG or WebP, and choose it again.")
