from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration. It is installed only where DEMO is on; no other room knows of it."""

    name = "demo"
