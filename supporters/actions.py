"""What is done with supporters besides what their form says."""

from django.core.cache import cache
from django.db import transaction

from accounts.models import User
from page_cache import new_edition
from pictures.small import key_of, size_of

from .models import Logo, Supporter
from .shown import STATION_KEY


@transaction.atomic
def set_logo(*, supporter: Supporter, picture: bytes | None, is_dark: bool = False, by: User | None) -> None:
    """A picture made by pictures/small.py in place of the one there was, or none."""
    Logo.objects.filter(supporter=supporter, is_dark=is_dark).delete()
    key = ""
    if picture:
        width, height = size_of(picture)
        key = f"{key_of(picture)}-{width}x{height}"
        Logo.objects.create(supporter=supporter, is_dark=is_dark, key=key, webp=picture)
    column = "logo_dark" if is_dark else "logo_light"
    setattr(supporter, column, key)
    supporter.save(update_fields=[column])
    after_change()


def after_change() -> None:
    """Pages show it from the commit on."""
    transaction.on_commit(lambda: cache.delete(STATION_KEY), robust=True)
    new_edition()
