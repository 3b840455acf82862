"""What can be wrong with the place where uploaded documents lie."""

from django.utils.translation import gettext_lazy as _


class StorageIsAway(Exception):
    """It gives no answer, or another than it should. What was asked of it may be asked again later."""

    sentence = _(
        "Files cannot be kept just now: the place where they lie does not answer. Nothing was saved of this one. Choose it "
        "again in a few minutes."
    )
