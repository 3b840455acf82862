from django.apps import AppConfig


class PromisedHoursConfig(AppConfig):
    name = "promised_hours"
