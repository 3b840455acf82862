"""Is the key that was given a key? Asked with all other checks, before each start of a new version."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def key_is_readable(**about: Any) -> list[CheckMessage]:
    if not settings.BADGE_KEY:
        return []
    from . import private_key  # what signs is loaded where something is signed

    try:
        private_key.of_the_environment()
    except private_key.KeyIsUnreadable:
        return [
            Error(
                "BADGE_KEY is not a key: no badge can be signed.",
                hint="Put there what “manage.py badge_key make” printed, whole (docs/operator.md, “The key of the badges”).",
                id="badges.E001",
            )
        ]
    return []
