from contextlib import suppress
from functools import lru_cache
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import (
    get_language,
    get_language_bidi,
    get_language_from_path,
    get_language_info,
    override,
)


def page(request: HttpRequest) -> dict[str, object]:
    """What every page's frame shows: this page's address in the other languages, and the reading direction."""
    path, mark, query = request.get_full_path().partition("?")
    current = get_language()
    addresses = addresses_of(path, current)
    return {
        "translations": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "url": addresses[code] + mark + query,
                "absolute_url": settings.SITE_URL + addresses[code],
                "current": code == current,
            }
            for code, _name in settings.LANGUAGES
        ],
        "canonical_url": settings.SITE_URL + request.path,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "DEMO": settings.DEMO,
        "SITE_URL": settings.SITE_URL,
    }


@lru_cache(maxsize=2000)
def addresses_of(path: str, language: str) -> dict[str, str]:
    """The same page's path in each language. Remembered: working it out takes a tenth of a page's time."""
    addresses = translated(path)
    if len(set(addresses.values())) == 1:
        # No page is there. The page that says so is still read in one's own language.
        spoken = get_language_from_path(path)
        bare = path.removeprefix(f"/{spoken}") if spoken else path
        default = settings.LANGUAGE_CODE
        addresses = {code: bare if code == default else f"/{code}{bare}" for code in addresses}
    return addresses


def translated(path: str) -> dict[str, str]:
    """As Django's `translate_url`, which looks anew for each language what page this is."""
    addresses = {code: path for code, _name in settings.LANGUAGES}
    try:
        page_there = resolve(unquote(path))
    except Resolver404:
        return addresses
    for code in addresses:
        with override(code), suppress(NoReverseMatch):
            addresses[code] = reverse(page_there.view_name, args=page_there.args, kwargs=page_there.kwargs)
    return addresses
