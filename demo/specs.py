"""What the demonstration is made from: the specs of its activities, people, agreements and proposals, read from `content/`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

type Spec = dict[str, Any]  # a table of TOML: what may stand in it, its file shows

CONTENT = Path(__file__).parent / "content"

# The invented people and places live here (RFC 2606 keeps the name free for examples).
EXAMPLE_DOMAIN = "example.org"


@cache
def activity_specs() -> tuple[Spec, ...]:
    """Every invented activity, in the order of its slug, its earlier editions among its sessions or before it."""
    activities = [
        tomllib.loads(path.read_text("utf-8")) for path in sorted((CONTENT / "activities").glob("*.toml"))
    ]
    by_slug = {activity["slug"]: activity for activity in activities}
    for edition in read("earlier.toml")["editions"]:
        activity = by_slug[edition["activity"]]
        held = past_session(activity["sessions"][0], edition)
        if edition.get("apart"):
            before = activity | {"slug": f"{activity['slug']}-before", "sessions": [held]}
            activities.insert(activities.index(activity), before)
            activity["earlier"] = before["slug"]
        else:
            activity["sessions"].append(held)
    return tuple(activities)


def past_session(session: Spec, edition: Spec) -> Spec:
    """The session as it was held earlier: open to everyone, and over."""
    past = {name: value for name, value in session.items() if name != "label"}
    return (
        past
        | {
            "state": "held",
            "offset_days": edition["offset_days"],
            "confirmed": edition["confirmed"],
            "waiting": 0,
            "places": max(session["places"], edition["confirmed"]),
            "opens_days_before": 40,
            "closes_days_before": 2,
            "members_first_days": 0,
            "attendance": edition.get("attendance", ""),  # demo/attending.py
        }
        | {name: edition[name] for name in ("official", "city") if name in edition}
    )


@cache
def agreement_specs() -> Spec:
    return read("agreements.toml")


@cache
def proposal_specs() -> Spec:
    return read("proposals.toml")


@cache
def speaker_specs() -> dict[str, Spec]:
    """What more is told of some who speak, by their names."""
    return {spec["name"]: spec for spec in read("speakers.toml")["speakers"]}


@cache
def stale_translations() -> Spec:
    return read("stale_translations.toml")


def read(name: str) -> Spec:
    return tomllib.loads((CONTENT / name).read_text("utf-8"))


@cache
def people_specs() -> Spec:
    return read("people.toml")


def columns(field: str, texts: dict[str, str] | None) -> dict[str, str]:
    """`columns("title", {"en": …, "fr": …})` gives the columns `title_en`, `title_fr` of a translated field."""
    return {f"{field}_{language}": text.strip() for language, text in (texts or {}).items()}
