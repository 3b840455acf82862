from django.apps import AppConfig

from . import (
    celery,  # noqa: F401 - tasks find their app; not in __init__, which the launcher imports
    french_days,
    start_checks,  # noqa: F401 - they register themselves
)


class LearningStationConfig(AppConfig):
    name = "learning_station"
    verbose_name = "Learning Station"

    def ready(self) -> None:
        french_days.install()
