"""What can be wrong with the place where uploaded documents lie."""

from django.utils.translation import gettext_lazy as _


class StorageIsAway(Exception):
    """It gives no answer, or another than it should. What was asked of it may be asked again later."""

    sentence = _(
        "Files cannot be saved at the moment: the file storage does not answer. This file was not saved. Choose it again in "
        "a few minutes."
    )
