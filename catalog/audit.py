"""What of the catalog is written down when it changes. What the actions work out by themselves is not."""

from django.conf import settings

from desk.audit import record

from .models import Activity, Material, Meeting, Session, Speaker, Topic


def record_changes() -> None:
    record(Topic)
    shown = [f"description_html_{code}" for code, _name in settings.CONTENT_LANGUAGES]
    record(Activity, without=["ends_at", "search_vector", *shown], many=["topics"])
    record(
        Session,
        without=["sequence", "places_taken", "waiting_count", "listed_at", "closes_at", "promised"],
    )
    record(Meeting, without=["promised"])
    record(Speaker)
    record(Material)
