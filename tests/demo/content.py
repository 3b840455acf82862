"""The demonstration's content as its files have it, and what every text in it has to hold."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "demo" / "content"
DATA = ROOT / "data"
LANGUAGES = ("en", "fr", "es")
REGIONS = {
    "africa": "Africa",
    "asia-pacific": "Asia-Pacific",
    "europe": "Europe",
    "latin-america-caribbean": "Latin America and the Caribbean",
    "north-america": "North America",
}
STATES = {
    "open",
    "nearly_full",
    "full_with_waiting",
    "tomorrow",
    "running_now",
    "not_yet_open",
    "closed",
    "cancelled",
    "self_paced",
    "invited",
    "members_only",
    "members_first",
}
FORMATS = {"webinar", "online_course", "in_person_program"}
WORKING_LANGUAGES = {"en", "fr", "es", "ar", "fa", "ko", "zh"}


def read(path: Path) -> dict:
    with path.open("rb") as file:
        return tomllib.load(file)


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HOSTS = {row["slug"]: row for row in rows("hosts")}
TOPICS = {row["slug"] for row in rows("topics")}
MEMBERS = {row["name"]: row for row in rows("members")}
PAPERS = {path.stem: read(path) for path in sorted((CONTENT / "activities").glob("*.toml"))}
PEOPLE = read(CONTENT / "people.toml")
SESSIONS = [(paper, session) for paper in PAPERS.values() for session in paper["sessions"]]
each_activity = pytest.mark.parametrize("slug", PAPERS)


def assert_in_three_languages(text: dict[str, str], *, longest: int = 10_000) -> None:
    assert tuple(text) == LANGUAGES
    for translation in text.values():
        assert translation.strip()
        assert len(translation) <= longest, translation


def assert_well_set(text: dict[str, str]) -> None:
    """Typographic apostrophes everywhere, no-break spaces before French double punctuation."""
    for language, translation in text.items():
        assert "'" not in translation, (language, translation)
    assert not re.search(r" [;:?!»]|« |\w[;?!](\s|$)", text["fr"]), text["fr"]
