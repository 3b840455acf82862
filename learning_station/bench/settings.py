"""The production settings, with two references and the switches of the measurement beside the station's own addresses."""

from learning_station.settings import *  # noqa: F403
from learning_station.settings import MIDDLEWARE

MIDDLEWARE = [
    "learning_station.bench.switches.ReferencesMiddleware",
    *(
        "learning_station.bench.switches.SwitchableKeptPages"
        if name == "kept.middleware.KeptPagesMiddleware"
        else name
        for name in MIDDLEWARE
    ),
]
