from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Has no rows of its own: they are those of `proposals`."""

    name = "reviews"

    def ready(self) -> None:
        from desk.attention import needs_a_person

        from .attention import proposals_that_wait

        needs_a_person("proposals", proposals_that_wait)
