"""The demonstration's words, read from `content/`."""

import tomllib
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content"

# The invented people and places live here (RFC 2606 keeps the name free for examples).
EXAMPLE_DOMAIN = "example.org"


@cache
def activity_words() -> tuple[dict, ...]:
    """Every invented activity, in the order of its slug."""
    return tuple(
        tomllib.loads(path.read_text("utf-8")) for path in sorted((CONTENT / "activities").glob("*.toml"))
    )


@cache
def people_words() -> dict:
    return tomllib.loads((CONTENT / "people.toml").read_text("utf-8"))


def columns(field: str, texts: dict[str, str] | None) -> dict[str, str]:
    """`columns("title", {"en": …, "fr": …})` gives the columns `title_en`, `title_fr` of a translated field."""
    return {f"{field}_{language}": text.strip() for language, text in (texts or {}).items()}
