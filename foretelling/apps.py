from django.apps import AppConfig


class ForetellingConfig(AppConfig):
    name = "foretelling"

    def ready(self) -> None:
        from outbox.coming import foretells

        from .of_sessions import foretell

        foretells(foretell)
