import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

DATA = settings.BASE_DIR / "data"


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def texts_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def in_each_language(field: str, texts: dict[str, str]) -> dict[str, str]:
    """`{"en": "Water", "fr": "Eau"}` for `name` becomes the columns `name_en`, `name_fr`."""
    return {f"{field}_{language}": text.strip() for language, text in texts.items() if text}
