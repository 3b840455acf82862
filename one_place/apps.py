from django.apps import AppConfig


class OnePlaceConfig(AppConfig):
    name = "one_place"

    def ready(self) -> None:
        from merging.parts import when_people_merge

        from .merging import OF_INVITATIONS, OF_REGISTRATIONS

        when_people_merge(OF_REGISTRATIONS)
        when_people_merge(OF_INVITATIONS)
