from django.apps import AppConfig


class CopyingConfig(AppConfig):
    name = "copying"

    def ready(self) -> None:
        from catalog.models import Activity
        from desk.history import OWN_DEEDS

        from .history import what_became_of_activity

        OWN_DEEDS[Activity] = what_became_of_activity
