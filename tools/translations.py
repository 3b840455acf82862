"""The interface's words in the other languages: `python -m tools.translations collect|compile|check`.

Babel reads the messages out of code and templates, so that no gettext needs to be installed. The compiled `.mo` files are
committed; `check` (part of `make check`) refuses a missing, fuzzy or ill-formed translation, and a `.mo` that is not its
`.po`.
"""

import gettext
import io
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_station.settings")

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from learning_station.library_words import OUR_ENGLISH

ROOT = Path(settings.BASE_DIR)
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.mo"
ROOMS = (
    "accounts",
    "attendance",
    "badges",
    "calendars",
    "catalog",
    "city_record",
    "copying",
    "speakers",
    "supporters",
    "credentials",
    "demo",
    "desk",
    "figures",
    "files",
    "focal_points",
    "foretelling",
    "hubs",
    "desk_files",
    "imports",
    "interaction",
    "learning_station",
    "me",
    "membership",
    "merging",
    "messaging",
    "one_place",
    "promised_hours",
    "outbox",
    "page_cache",
    "pages",
    "papers",
    "pictures",
    "planning",
    "platform_reports",
    "proposals",
    "registrations",
    "reviews",
    "sheets",
    "staff",
    "texts",
)
NOT_SHOWN = ("bench",)  # pages that only the measurement sees
KEYWORDS = {
    "_": None,
    "_now": None,  # gettext, where `_` is gettext_lazy
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def main(arguments: list[str]) -> int:
    actions = {"collect": collect, "compile": compile_all, "check": check}
    if len(arguments) != 1 or arguments[0] not in actions:
        sys.stderr.write(f"Say one of: {', '.join(actions)}.\n")
        return 2
    return actions[arguments[0]]()


def collect() -> int:
    """Bring the `.po` files up to date with code and templates. What is new stands there untranslated."""
    template = messages_in_use()
    for language, path in po_files():
        catalog = read(path, language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            write_po(out, catalog, sort_output=True, omit_header=False, include_lineno=False, width=100)
        missing = sum(not is_translated(message) for message in catalog if message.id)
        sys.stdout.write(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {missing} to translate\n")
    return 0


def compile_all() -> int:
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(compiled(our_english()))
    for language, path in po_files():
        path.with_suffix(".mo").write_bytes(compiled(read(path, language)))
    return 0


def check() -> int:
    template = messages_in_use()
    problems: list[str] = []
    if not ENGLISH.exists() or ENGLISH.read_bytes() != compiled(our_english()):
        problems.append(f"{ENGLISH.relative_to(ROOT)} is not made from learning_station/library_words.py")
    problems += [
        problem for language, path in po_files() for problem in problems_of(language, path, template)
    ]
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    if problems:
        sys.stdout.write("After `python -m tools.translations collect`, translate; then `… compile`.\n")
    return 1 if problems else 0


def problems_of(language: str, path: Path, template: Catalog) -> Iterator[str]:
    name = path.relative_to(ROOT)
    catalog = read(path, language)
    for message in template:
        if not message.id:
            continue
        there = catalog.get(message.id, message.context)
        if there is None or not is_translated(there):
            yield f"{name}: not translated: {message.id!r}"
        elif there.fuzzy:
            yield f"{name}: fuzzy: {message.id!r}"
        else:
            for error in there.check(catalog):
                yield f"{name}: {error}: {message.id!r}"
    mo = path.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(catalog):
        yield f"{mo.relative_to(ROOT)} is not made from its .po file"


def messages_in_use() -> Catalog:
    catalog = Catalog(project=settings.STATION_NAME, charset="utf-8", fuzzy=False)
    for path, source in sources():
        # Templates become lines of pseudo-code whose indentation means nothing.
        code = "\n".join(line.strip() for line in source.splitlines()) if path.suffix != ".py" else source
        messages = extract_python(io.BytesIO(code.encode()), KEYWORDS, ["Translators:"], {})
        for _line, function, texts, _comments in messages:
            if texts:  # not where a variable is translated, as the name of a language
                add(catalog, str(function), texts, str(path.relative_to(ROOT)))
    return catalog


def add(catalog: Catalog, function: str, texts: str | Sequence[str], location: str) -> None:
    parts = [texts] if isinstance(texts, str) else list(texts)
    context = parts.pop(0) if function.startswith(("pgettext", "npgettext")) else None
    singular = parts[0]
    if not singular:
        return
    plural = "ngettext" in function or "npgettext" in function
    catalog.add((singular, parts[1]) if plural else singular, locations=[(location, 0)], context=context)


def sources() -> Iterator[tuple[Path, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not {"migrations", *NOT_SHOWN} & set(path.parts):
                yield path, path.read_text("utf-8")
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"} and not set(NOT_SHOWN) & set(path.parts):
            yield path, templatize(path.read_text("utf-8"), origin=str(path))


def po_files() -> Iterator[tuple[str, Path]]:
    for language, _name in settings.LANGUAGES:
        if language != "en":
            yield language, ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def our_english() -> Catalog:
    """What other packages say at the desk, as we say it. Our own words are in English already."""
    never = datetime(2026, 1, 1, tzinfo=UTC)  # whoever makes it anew makes the same file
    catalog = Catalog(locale="en", charset="utf-8", fuzzy=False, creation_date=never, revision_date=never)
    for theirs, ours in OUR_ENGLISH.items():
        catalog.add(theirs, ours)
    return catalog


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, project=settings.STATION_NAME, charset="utf-8", fuzzy=False)
    with path.open("rb") as po:
        return read_po(po, locale=language)


def compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    # What is not translated is said in English also of one: in some languages that is not the first of the forms.
    of_one = gettext.c2py(catalog.plural_expr)(1)
    for message in catalog:
        if isinstance(message.id, (list, tuple)) and not is_translated(message):
            one, more = message.id
            message.string = tuple(one if form == of_one else more for form in range(catalog.num_plurals))
    write_mo(out, catalog)
    return out.getvalue()


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(strings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
