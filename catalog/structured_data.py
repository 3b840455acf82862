"""An activity as search engines read it: schema.org's Course, and each session as a CourseInstance."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from .models import Activity, Session, Topic
from .session_state import places_left, takes_registrations

MODES: dict[str, str] = {
    Activity.Format.WEBINAR: "online",
    Activity.Format.ONLINE_COURSE: "online",
    Activity.Format.IN_PERSON_PROGRAM: "onsite",
}


def course(
    activity: Activity, topics: list[Topic], sessions: list[Session], speakers: list[Any], now: datetime
) -> dict[str, object]:
    """https://schema.org/Course. Only what is not called off is offered. Speakers are those who agreed to be named."""
    performers = [performer(one) for one in speakers]
    described = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": settings.SITE_URL + activity.get_absolute_url(),
        "url": settings.SITE_URL + activity.get_absolute_url(),
        "name": activity.title,
        "description": activity.summary or activity.title,
        "image": settings.SITE_URL + preview_image(activity),
        "provider": organization(activity),
        "about": [topic.name for topic in topics],
        "availableLanguage": activity.languages,
        "isAccessibleForFree": True,
        "hasCourseInstance": [
            instance(activity, session, now) | ({"performer": performers} if performers else {})
            for session in sessions
            if not session.is_cancelled
        ],
    }
    return {name: value for name, value in described.items() if value not in ("", [], None)}


def preview_image(activity: Activity) -> str:
    """For the previews of other sites, 1280×720. They all take JPEG and PNG; few take anything newer, or a drawn cover."""
    if activity.picture_key:
        return f"{activity.picture_url}1280.jpg"
    return static("img/preview.png")


def instance(activity: Activity, session: Session, now: datetime) -> dict[str, object]:
    """https://schema.org/CourseInstance, in the host's own time."""
    url = f"{settings.SITE_URL}{session.get_absolute_url()}"
    return {
        "@type": "CourseInstance",
        "@id": url,
        "name": session.label or activity.title,
        "courseMode": MODES[activity.format],
        "startDate": session.starts_at.astimezone(session.zone).isoformat(),
        "endDate": session.ends_at.astimezone(session.zone).isoformat(),
        "inLanguage": activity.languages,
        "organizer": organization(activity),
        "location": location(activity, session, url),
        "eventStatus": "https://schema.org/EventScheduled",
        "offers": {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "EUR",
            "url": settings.SITE_URL + reverse("registrations:register", args=[session.pk]),
            "availability": availability(session, now),
        },
    }


def performer(appearance: Any) -> dict[str, object]:
    """https://schema.org/Person, who speaks."""
    speaker = appearance.speaker
    described = {
        "@type": "Person",
        "name": speaker.name,
        "jobTitle": appearance.role,
        "affiliation": appearance.shown_organization,
        "url": speaker.link,
        "image": settings.SITE_URL + speaker.portrait_url if speaker.portrait_key else "",
    }
    return {name: value for name, value in described.items() if value}


def organization(activity: Activity) -> dict[str, object]:
    named: dict[str, object] = {"@type": "Organization", "name": activity.host_name}
    return named | ({"email": activity.host.email} if activity.host and activity.host.email else {})


def location(activity: Activity, session: Session, url: str) -> dict[str, object]:
    """The joining link is for participants, so what is online is located at its page."""
    if activity.format != Activity.Format.IN_PERSON_PROGRAM:
        return {"@type": "VirtualLocation", "url": url}
    city = activity.host.city if activity.host else ""
    return {"@type": "Place", "name": session.place or city, "address": session.place or city}


def availability(session: Session, now: datetime) -> str:
    if not takes_registrations(session, now):
        soon = session.registration_opens_at and session.registration_opens_at > now
        return "https://schema.org/PreOrder" if soon else "https://schema.org/SoldOut"
    return f"https://schema.org/{'SoldOut' if places_left(session) == 0 else 'InStock'}"
