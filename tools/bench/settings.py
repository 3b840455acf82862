"""The production settings, with two references and the switches of the measurement beside the station's own addresses."""

from learning_station.settings import *  # noqa: F403
from learning_station.settings import MIDDLEWARE

MIDDLEWARE = [
    "tools.bench.switches.ReferencesMiddleware",
    *(
        "tools.bench.switches.SwitchableKeptPages"
        if name == "page_cache.middleware.PageCacheMiddleware"
        else name
        for name in MIDDLEWARE
    ),
]
