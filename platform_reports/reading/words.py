"""Words that stand in cells, in many languages: `values.toml` and `months.toml`."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def values() -> dict[str, frozenset[str]]:
    words = tomllib.loads((FOLDER / "values.toml").read_text(encoding="utf-8"))
    return {key: frozenset(said) for key, said in words.items()}


@cache
def month_names() -> dict[str, int]:
    languages = tomllib.loads((FOLDER / "months.toml").read_text(encoding="utf-8"))
    return {
        name: number
        for months in languages.values()
        for number, names in enumerate(months, 1)
        for name in names.split()
    }
