"""Addresses of the station as they stand in letters: in full, since a letter is read elsewhere."""

from django.conf import settings
from django.db.models import Model
from django.shortcuts import resolve_url


def link_to(page: str | Model, *args: object) -> str:
    """To the page of that name ("me:registration") with its arguments, or to the page of a row, in the language that is set.

    Raises `django.urls.NoReverseMatch` where there is no such page.
    """
    return settings.SITE_URL + resolve_url(page, *args)
