from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_bidi, get_language_info


def page(request: HttpRequest) -> dict:
    """What every page's frame shows: this page's address in the other languages, and the reading direction."""
    here = request.get_full_path()
    current = get_language()
    return {
        "translations": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "url": translate_url(here, code),
                "absolute_url": settings.SITE_URL + translate_url(request.path, code),
                "current": code == current,
            }
            for code, _name in settings.LANGUAGES
        ],
        "canonical_url": settings.SITE_URL + request.path,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "DEMO": settings.DEMO,
        "SITE_URL": settings.SITE_URL,
    }
