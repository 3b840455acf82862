"""Files for a few of the invented activities, made here: what a person who clicks gets is real."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from catalog.models import Activity
from papers import drawn

from .specs import Spec

FILES = Path(__file__).parent / "content" / "files"


def handout(name: str, activity: Activity, material: Spec, *, now: datetime) -> SimpleUploadedFile:
    """The file of that name, as if somebody had uploaded it."""
    return HANDOUTS[name](activity, material, now)


def on_paper(activity: Activity, material: Spec, now: datetime) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{activity.slug}.pdf", pdf(activity, material, now, slides=False))


def as_slides(activity: Activity, material: Spec, now: datetime) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{activity.slug}-slides.pdf", pdf(activity, material, now, slides=True))


def recording(activity: Activity, material: Spec, now: datetime) -> SimpleUploadedFile:
    """Twelve seconds that say they are invented."""
    return SimpleUploadedFile(f"{activity.slug}.webm", (FILES / "recording.webm").read_bytes())


HANDOUTS: dict[str, Callable[[Activity, Spec, datetime], SimpleUploadedFile]] = {
    "handout": on_paper,
    "slides": as_slides,
    "recording": recording,
}


def pdf(activity: Activity, material: Spec, now: datetime, *, slides: bool) -> bytes:
    language = material["language"]
    with translation.override(language):
        return drawn(
            "demo/papers/handout.typ",
            {
                "slides": slides,
                "activity": activity.title,
                "host": activity.host_name,
                "summary": activity.summary,
                "parts": parts_of(activity.description),
            },
            title=material["title"].get(language, material["title"]["en"]),
            author=activity.host_name,
            now=now,
        )


def parts_of(description: str) -> list[dict[str, object]]:
    """What is said of the activity, under its headings: “**Who should come**”, then a text or a list."""
    parts: list[dict[str, object]] = []
    heading = ""
    for block in description.strip().split("\n\n"):
        if block.startswith("**"):
            heading = block.strip("*")
        elif block.startswith("- "):
            items = [line.removeprefix("- ") for line in block.splitlines()]
            parts.append({"heading": heading, "text": "", "items": items})
        else:
            parts.append({"heading": heading, "text": block, "items": []})
    return parts
